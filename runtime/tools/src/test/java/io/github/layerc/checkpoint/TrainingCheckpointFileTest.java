package io.github.layerc.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.data.TrainingState;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.Form;
import io.github.layerc.training.Accuracy;
import io.github.layerc.training.History;
import io.github.layerc.training.TrainingCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingCheckpointFileTest {
    private static final double[] START = {0.1, 0.25, -0.0, 1e-300};
    private static final Map<String, String> RUN = new LinkedHashMap<>();

    static {
        RUN.put("network", "Net\n\u00e9");
        RUN.put("batch", "64");
    }

    @TempDir
    private Path folder;

    private TrainingCheckpointFile file;

    @BeforeEach
    void file() {
        file = file(START);
    }

    private TrainingCheckpointFile file(double[] start) {
        return new TrainingCheckpointFile(
                folder.resolve("training.checkpoint"), new TrainingCheckpointFile.Start(start));
    }

    private static TrainingCheckpoint checkpoint(int iterations, boolean stopsEarly) {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        arrays.put("of_the_start", Arrays.copyOf(START, 3));
        arrays.put("floats", new double[] {0.5, (float) 0.1, -0.0, Float.MAX_VALUE});
        arrays.put("doubles", new double[] {0.1, Double.MIN_VALUE});
        arrays.put("steps", new double[] {17});
        TrainingState state = new TrainingState(Form.GRAM, arrays);
        History.Test regression = new History.Test(0.1, Optional.empty());
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("roc_auc", Double.NaN);
        metrics.put("f1", 0.1);
        History.Test classes = new History.Test(1.5, Optional.of(new Accuracy(3, 7)), metrics);
        return new TrainingCheckpoint(
                iterations,
                0.1,
                state,
                Map.of("rows", new double[] {2, 0, 1}, "random", new double[] {-2147483648.0}),
                List.of(
                        new History.Entry(0, 0.7),
                        new History.Entry(1, 0.6, Optional.of(regression), Optional.of(classes), Optional.of(0.01))),
                stopsEarly
                        ? Optional.of(new TrainingCheckpoint.Best(EarlyStopping.Monitor.COST, 3, 0.1, 4, state))
                        : Optional.empty(),
                Map.of("reduced_after", new double[] {3, 5}, "best", new double[] {Double.NaN}));
    }

    private static void requireSame(TrainingState found, TrainingState expected) {
        assertThat(found.form()).isEqualTo(expected.form());
        assertThat(found.arrays().keySet())
                .containsExactlyElementsOf(expected.arrays().keySet());
        found.arrays().forEach((name, array) -> {
            assertThat(Arrays.stream(array).mapToObj(Double::doubleToRawLongBits))
                    .as(name)
                    .containsExactlyElementsOf(Arrays.stream(expected.arrays().get(name))
                            .mapToObj(Double::doubleToRawLongBits)
                            .toList());
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsWhatItWrote(boolean stopsEarly) {
        TrainingCheckpoint written = checkpoint(8, stopsEarly);
        file.write(RUN, written);
        TrainingCheckpoint read = file.read(RUN);

        assertThat(read.iterations()).isEqualTo(8);
        assertThat(read.seconds()).isEqualTo(0.1);
        assertThat(read.history()).isEqualTo(written.history());
        assertThat(new History(read.history()).csv()).isEqualTo(new History(written.history()).csv());
        requireSame(read.training(), written.training());
        assertThat(read.batches().get("rows")).containsExactly(2, 0, 1);
        assertThat(read.batches().get("random")).containsExactly(-2147483648.0);
        assertThat(read.rates().get("reduced_after")).containsExactly(3, 5);
        assertThat(read.rates().get("best")).containsExactly(Double.NaN);
        assertThat(read.best().isPresent()).isEqualTo(stopsEarly);
        read.best().ifPresent(best -> {
            assertThat(best.monitor()).isEqualTo(EarlyStopping.Monitor.COST);
            assertThat(best.iterations()).isEqualTo(3);
            assertThat(best.value()).isEqualTo(0.1);
            assertThat(best.epochsSince()).isEqualTo(4);
            requireSame(best.training(), written.training());
        });
    }

    /** Each size of a buffer is grown past. */
    @Test
    void holdsLargeArrays() {
        double[] large = new double[200_000];
        Arrays.setAll(large, i -> i + 0.1);
        double[] floats = new double[100_000];
        Arrays.setAll(floats, i -> (float) (i + 0.1));
        floats[7] = -0.0;
        TrainingState state = new TrainingState(Form.DIRECT, Map.of("parameters", large, "velocity", floats));
        file.write(RUN, new TrainingCheckpoint(1, 1, state, Map.of(), List.of(), Optional.empty(), Map.of()));
        assertThat(file.path().toFile().length()).isBetween(2_000_000L, 2_100_000L);
        requireSame(file.read(RUN).training(), state);
    }

    @Test
    void refusesWhatIsDamagedAnywhere() throws IOException {
        file.write(RUN, checkpoint(8, true));
        byte[] whole = Files.readAllBytes(file.path());
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 4;
            Files.write(file.path(), flipped);
            assertThatThrownBy(() -> file.read(RUN))
                    .as("byte %d", i)
                    .isInstanceOf(DataException.class)
                    .hasMessageMatching(
                            "\\S+/training.checkpoint: (damaged checkpoint: expected contents with the CRC-32 at its end: found "
                                    + "others|not a checkpoint of a training: expected a file that starts with layerc training "
                                    + "checkpoint 3: found another)");
            Files.write(file.path(), Arrays.copyOf(whole, i));
            assertThatThrownBy(() -> file.read(RUN)).isInstanceOf(DataException.class);
        }
        Files.write(file.path(), whole);
        assertThat(file.read(RUN).iterations()).isEqualTo(8);
    }

    @Test
    void refusesTheCheckpointOfAnotherTraining() {
        file.write(RUN, checkpoint(8, true));
        Map<String, String> other = new LinkedHashMap<>(RUN);
        other.put("batch", "32");
        assertThatThrownBy(() -> file.read(other))
                .hasMessage(file.path() + ": checkpoint of another training: batch: expected 32: found 64");
        Map<String, String> more = new LinkedHashMap<>(RUN);
        more.put("l2", "0.5");
        assertThatThrownBy(() -> file.read(more))
                .hasMessage(file.path() + ": checkpoint of another training: l2: expected 0.5: found nothing");
    }

    @Test
    void refusesTheCheckpointOfATrainingWithAnotherStart() {
        file.write(RUN, checkpoint(8, false));
        for (double[] other : new double[][] {{0.1}, {0.1, 0.25, 0.0, 1e-300}}) {
            assertThatThrownBy(() -> file(other).read(RUN))
                    .hasMessage(file.path() + ": checkpoint of another training: of_the_start: expected the parameters "
                            + "that this training starts from: found others");
        }
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> file.read(RUN))
                .hasMessage(
                        file.path()
                                + ": no checkpoint: expected one of a training with -Dlayerc.checkpointEvery, or that was stopped: found none");
    }

    /** A kill between two operations leaves the old file, the new one, or something unfinished beside the old one. */
    @Test
    void isWrittenAnewWhateverAKillHasLeft() throws IOException {
        file.write(RUN, checkpoint(8, false));
        Path unfinished = folder.resolve("training.checkpoint.new");
        assertThat(unfinished).doesNotExist();
        Files.write(unfinished, new byte[100_000]);
        assertThat(file.read(RUN).iterations()).isEqualTo(8);
        file.write(RUN, checkpoint(9, false));
        assertThat(file.read(RUN).iterations()).isEqualTo(9);
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void refusesAFolderInItsPlace() throws IOException {
        Files.createDirectory(file.path());
        assertThatThrownBy(() -> file.write(RUN, checkpoint(8, false)))
                .hasMessage(file.path()
                        + ": cannot write this file: expected a file or nothing of this name: found a folder");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        TrainingCheckpointFile lost = new TrainingCheckpointFile(
                folder.resolve("none/training.checkpoint"), new TrainingCheckpointFile.Start(START));
        assertThatThrownBy(() -> lost.write(RUN, checkpoint(8, false)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(lost.path() + ": cannot write this file: expected a writable folder: found ");
    }

    @Test
    void leavesTheFolderAsItIsWhereItPractises() throws IOException {
        file.rehearse(RUN, checkpoint(8, false));
        assertThat(folder).isEmptyDirectory();
        file.write(RUN, checkpoint(8, false));
        byte[] before = Files.readAllBytes(file.path());
        file.rehearse(RUN, checkpoint(9, true));
        assertThat(folder).isDirectoryContaining("glob:**training.checkpoint");
        assertThat(Files.readAllBytes(file.path())).isEqualTo(before);
    }

    /** One is written where the last one was, and one of another length is longer or shorter. */
    @Test
    void writesOneAfterTheOther() {
        for (boolean stopsEarly : new boolean[] {true, false, true}) {
            file.write(RUN, checkpoint(8, stopsEarly));
            assertThat(file.read(RUN).best().isPresent()).isEqualTo(stopsEarly);
        }
    }
}
