package io.github.layerc.tune;

import io.github.layerc.compiler.CompileException;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.VectorSupport;
import io.github.layerc.network.Network;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.tuned.TunedFile;
import io.github.layerc.schedule.tuned.TunedSchedules;
import io.github.layerc.schedule.tuned.Tuning;
import io.github.layerc.spec.SpecReader;
import io.github.layerc.spec.text.SpecException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What {@code layerc:tune} runs: measures schedules of a network for one target on this machine and this JVM, and
 * writes the winners to the file beside the spec; where there was no time to measure any, it says so and leaves the
 * file as it is. Arguments are {@code key=value}, see {@link TuneSettings}.
 */
public final class TuneCommand {
    private final TuneSettings settings;
    private final PrintStream console;
    private final LongSupplier clock;

    private TuneCommand(TuneSettings settings, PrintStream console, LongSupplier clock) {
        this.settings = settings;
        this.console = console;
        this.clock = clock;
    }

    /** Ends the JVM: with 0, or with 1 and one line that says why; a bug of our own ends in a stack trace. */
    public static void main(String[] arguments) {
        int exitCode = 0;
        try {
            run(arguments, System.out, System::nanoTime);
        } catch (IllegalArgumentException | IllegalStateException | SpecException | CompileException | IOException e) {
            System.err.println("tune: " + e.getMessage());
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    /**
     * As {@link #main}, in this JVM.
     *
     * @param clock nanoseconds, by which the tuner knows when to end
     */
    static void run(String[] arguments, PrintStream console, LongSupplier clock) throws IOException {
        new TuneCommand(TuneSettings.parse(arguments), console, clock).run();
    }

    private void run() throws IOException {
        Network spec = SpecReader.read(settings.spec()).network();
        Network network = settings.precision() == null ? spec : spec.withPrecision(settings.precision());
        Target target = target(network);
        Machine host = Machine.of(Machine.HOST);
        Tuning.Origin origin = new Tuning.Origin(
                System.getProperty("os.arch") + ", " + host.numbers(),
                javaVersion(),
                target == Target.VECTOR ? host.lanes(network.precision()) : 1,
                settings.batch());
        console.println(network.name() + " " + network.layerDims() + ", "
                + network.precision().keyword() + ", target " + target.keyword() + ", batch " + origin.batch()
                + ", Java " + origin.jdk());
        console.println(origin.machine() + "; the heuristic's machine is " + settings.machine());
        Tuner tuner = new Tuner(
                network, target, Machine.of(settings.machine()), host, origin, settings.seconds(), console, clock);
        Tuning tuning = tuner.tune();
        if (tuner.tried() == 0) {
            console.println("no file is written: "
                    + (tuner.leftOut()
                            ? "there was no time to try a schedule: expected more than " + settings.seconds()
                                    + " s: layerc.tune.seconds"
                            : "there is no other schedule to try"));
        } else {
            write(network, tuning);
        }
    }

    private Target target(Network network) {
        if (settings.target() != null) {
            VectorSupport.require(network.name(), settings.target());
            return settings.target();
        }
        return VectorSupport.choose(network.name());
    }

    /** The version without what a distribution adds. */
    private static String javaVersion() {
        Runtime.Version version = Runtime.version();
        return version.version().stream().map(String::valueOf).collect(Collectors.joining("."))
                + version.build().map(build -> "+" + build).orElse("");
    }

    /** What the file says of other targets and precisions stays, as long as it is for this spec. */
    private void write(Network network, Tuning tuning) throws IOException {
        Path file = TunedFile.beside(settings.spec());
        TunedSchedules known = Files.exists(file)
                ? TunedFile.read(Files.readString(file), network).schedules()
                : TunedSchedules.NONE;
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, TunedFile.write(known.with(tuning), network));
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        console.println("wrote " + file.getFileName());
    }
}
