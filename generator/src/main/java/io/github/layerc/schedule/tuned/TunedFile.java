package io.github.layerc.schedule.tuned;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.schedule.Candidates;
import io.github.layerc.schedule.Keywords;
import io.github.layerc.schedule.ScheduleText;
import io.github.layerc.schedule.ThresholdsText;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The file beside a spec with schedules that were measured, {@code cat4.tuned} beside {@code cat4.yaml}:
 *
 * <pre>
 * layerc schedules 1
 * network CatNet4 12288 relu:20 relu:7 relu:5 sigmoid:1 binary_cross_entropy
 * space 1
 *
 * target vector float
 * machine amd64, 32 vector registers of 64 bytes, L1 32 KiB, L2 1024 KiB
 * java 17.0.15+6
 * lanes 16
 * batch 209
 * layout unit-major
 * weights unit-rows unit-rows unit-rows unit-rows
 * thresholds wholeLayer=2048
 * kernel forward1 form=tile lanes=reduction mr=3 nr=4 kc=1152 mc=204 ratio=0.931
 * kernel gramUpdate1 form=tile lanes=columns mr=7 nr=2 ratio=0.942
 * </pre>
 *
 * <p>One such part for every target and precision; {@code thresholds} lists those that are not the usual ones. The line {@code network} has what schedules depend on: another initializer or learning rate
 * leaves them valid. Lines that start with {@code #} and empty lines count for nothing.
 */
public final class TunedFile {
    static final String HEADER = "layerc schedules ";
    static final int FORMAT = 1;

    /** Starts the line that is left out where all thresholds are the usual ones. */
    static final String THRESHOLDS = "thresholds";

    private TunedFile() {}

    /**
     * What is in a file.
     *
     * @param schedules none where there is an error or a notice
     * @param notice why a file that is in order is not used, empty where it is
     * @param errors what is wrong with the file
     */
    public record Content(TunedSchedules schedules, String notice, List<LineError> errors) {
        public Content {
            errors = List.copyOf(errors);
        }
    }

    /**
     * What is wrong with a line.
     *
     * @param line from 1
     */
    public record LineError(int line, String message) {}

    /** The file that belongs to a spec. */
    public static Path beside(Path spec) {
        String name = spec.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return spec.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".tuned");
    }

    /** Reads the text of a file for a network. */
    public static Content read(String text, Network network) {
        return new TunedReader(text, network).read();
    }

    /** The text of a file for a network. */
    public static String write(TunedSchedules schedules, Network network) {
        StringBuilder text = new StringBuilder(HEADER + FORMAT + "\n");
        text.append("network ").append(shape(network)).append('\n');
        text.append("space ").append(Candidates.VERSION).append('\n');
        for (Tuning tuning : schedules.tunings()) {
            Tuning.Origin origin = tuning.origin();
            text.append("\ntarget ").append(tuning.target().keyword());
            text.append(' ').append(tuning.precision().keyword()).append('\n');
            text.append("machine ").append(origin.machine()).append('\n');
            text.append("java ").append(origin.jdk()).append('\n');
            text.append("lanes ").append(origin.lanes()).append('\n');
            text.append("batch ").append(origin.batch()).append('\n');
            text.append("layout ")
                    .append(Keywords.of(tuning.storage().layout()))
                    .append('\n');
            text.append("weights");
            tuning.storage().weights().forEach(each -> text.append(' ').append(Keywords.of(each)));
            text.append('\n');
            String thresholds = ThresholdsText.of(tuning.thresholds());
            if (!thresholds.isEmpty()) {
                text.append(THRESHOLDS).append(' ').append(thresholds).append('\n');
            }
            for (Map.Entry<String, Tuning.Choice> kernel : tuning.kernels().entrySet()) {
                text.append("kernel ").append(kernel.getKey()).append(' ');
                text.append(ScheduleText.of(kernel.getValue().schedule()));
                text.append(String.format(
                                Locale.ROOT, " ratio=%.3f%n", kernel.getValue().ratio())
                        .replace("\r", ""));
            }
        }
        return text.toString();
    }

    /** What schedules depend on. */
    static String shape(Network network) {
        StringBuilder shape = new StringBuilder(network.name() + " " + network.inputs());
        for (Layer layer : network.layers()) {
            shape.append(' ').append(layer.activation().keyword()).append(':').append(layer.units());
        }
        return shape.append(' ').append(network.loss().keyword()).toString();
    }
}
