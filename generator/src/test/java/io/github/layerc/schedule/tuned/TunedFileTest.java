package io.github.layerc.schedule.tuned;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Candidates;
import io.github.layerc.schedule.Heuristic;
import io.github.layerc.schedule.Layout;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.Products;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Schedule.Lanes;
import io.github.layerc.schedule.Storage;
import io.github.layerc.schedule.Thresholds;
import io.github.layerc.schedule.WeightLayout;
import io.github.layerc.schedule.tuned.TunedFile.Content;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TunedFileTest {
    private static final Network NETWORK = Network.builder("p", "Net")
            .input(Input.flat(300))
            .layer(20, Activation.RELU)
            .layer(7, Activation.SIGMOID)
            .layer(1, Activation.SIGMOID)
            .build();

    private static final String HEAD = """
            layerc schedules 1
            network Net 300 relu:20 sigmoid:7 sigmoid:1 binary_cross_entropy
            space 5
            """;

    private static final String PART = """
            target vector float
            machine amd64, 16 vector registers of 32 bytes, L1 32 KiB, L2 512 KiB
            java 17.0.15+6
            lanes 8
            batch 209
            layout unit-major
            weights unit-rows unit-rows unit-rows
            """;

    private static final String PADDED = PART.replace("unit-major", "padded-sample-major");

    private static final String SCALAR =
            PART.replace("target vector", "target scalar").replace("unit-major", "sample-major");

    private static final String FORWARD =
            "kernel forward1 form=tile lanes=reduction mr=3 nr=4 kc=128 mc=60 ratio=0.931\n";
    private static final String GRAM = "kernel gramUpdate1 form=tile lanes=columns mr=7 nr=2 ratio=0.9\n";
    private static final String GRAM_ROWS = "kernel gramUpdate1 form=rows lanes=none mr=20 nr=4 block=256 ratio=0.9\n";
    private static final String ROWS = "kernel forward1 form=rows lanes=none mr=4 nr=4 block=64 ratio=1\n";

    @Test
    void liesBesideTheSpec() {
        assertThat(TunedFile.beside(Path.of("a/cat4.yaml"))).isEqualTo(Path.of("a/cat4.tuned"));
        assertThat(TunedFile.beside(Path.of("v1.2.yaml"))).isEqualTo(Path.of("v1.2.tuned"));
    }

    @Test
    void readsWhatItWrites() {
        TunedSchedules schedules = TunedSchedules.NONE;
        for (Target target : Target.values()) {
            for (Precision precision : Precision.values()) {
                for (Storage storage : new Candidates(target, precision, Machine.AVX512).storages(NETWORK)) {
                    schedules = schedules.with(tuning(target, precision, storage));
                    Content content = TunedFile.read(TunedFile.write(schedules, NETWORK), NETWORK);
                    assertThat(content).isEqualTo(new Content(schedules, "", List.of()));
                }
            }
        }
        assertThat(schedules.tunings()).hasSize(4);
    }

    private static Tuning tuning(Target target, Precision precision, Storage storage) {
        Candidates candidates = new Candidates(target, precision, Machine.AVX512);
        Map<String, Tuning.Choice> kernels = new TreeMap<>();
        Products.of(NETWORK, storage.layout()).forEach((name, product) -> {
            List<Schedule> tiles = candidates.tiles(product, storage);
            kernels.put(name, new Tuning.Choice(tiles.get(tiles.size() - 1), 0.875));
        });
        List<Schedule> gram = candidates.gramTiles(20);
        kernels.put(Products.GRAM_UPDATE, new Tuning.Choice(gram.get(gram.size() - 1), 0.75));
        Tuning.Origin origin = new Tuning.Origin(Machine.AVX512.numbers(), "25.0.3", 16, 64);
        Tuning tuning = new Tuning(target, precision, origin, storage, new TreeMap<>(kernels));
        // one part with the line and one without
        return target == Target.VECTOR
                ? tuning.withThresholds(
                        Thresholds.USUAL.with("wholeLayer", 2048).with("fewOutputs", 1))
                : tuning;
    }

    @Test
    void commentsAndEmptyLinesCountForNothing() {
        Content content =
                TunedFile.read("# by hand\n\n" + HEAD + "\n" + PART + "# the first layer\n  " + FORWARD, NETWORK);
        assertThat(content.errors()).isEmpty();
        Tuning tuning = content.schedules().of(Target.VECTOR, Precision.FLOAT).orElseThrow();
        assertThat(tuning.kernels())
                .containsExactly(Map.entry(
                        "forward1",
                        new Tuning.Choice(
                                Schedule.tile(Lanes.REDUCTION, 3, 4, 0).withBlocks(128, 60), 0.931)));
        assertThat(tuning.storage())
                .isEqualTo(new Storage(Layout.UNIT_MAJOR, Collections.nCopies(3, WeightLayout.UNIT_ROWS)));
        assertThat(content.schedules().of(Target.SCALAR, Precision.FLOAT)).isEmpty();
    }

    /** Schedules outlive the settings of the training, so the line stays valid where the class has no Gram form any more. */
    @Test
    void keepsTheGramFormWhateverTheTraining() {
        for (Form form : Form.values()) {
            Network network = NETWORK.withTraining(NETWORK.training().withForm(form));
            Content content = TunedFile.read(HEAD + PART + GRAM + SCALAR + GRAM_ROWS, network);
            assertThat(content.errors()).isEmpty();
            assertThat(content.schedules()
                            .scheduler(Target.VECTOR, Precision.FLOAT, Machine.GENERIC)
                            .gram(20))
                    .isEqualTo(Schedule.tile(Lanes.COLUMNS, 7, 2, 0));
            assertThat(content.schedules()
                            .scheduler(Target.SCALAR, Precision.FLOAT, Machine.GENERIC)
                            .gram(20))
                    .isEqualTo(new Schedule.Rows(20, 4, 256));
        }
        TunedSchedules without = TunedFile.read(HEAD + PART, NETWORK).schedules();
        assertThat(without.scheduler(Target.VECTOR, Precision.FLOAT, Machine.GENERIC)
                        .gram(20))
                .isEqualTo(new Heuristic(Target.VECTOR, Precision.FLOAT, Machine.GENERIC).gram(20));
    }

    static Stream<Arguments> stale() {
        return Stream.of(
                Arguments.of(
                        HEAD.replace("schedules 1", "schedules 2") + "whatever",
                        "made by another generator: expected layerc schedules 1, found layerc schedules 2"),
                Arguments.of(
                        HEAD.replace("relu:20", "relu:21") + "whatever",
                        "made for another spec: expected Net 300 relu:20 sigmoid:7 sigmoid:1 binary_cross_entropy,"
                                + " found Net 300 relu:21 sigmoid:7 sigmoid:1 binary_cross_entropy"),
                Arguments.of(
                        HEAD.replace("space 5", "space 0") + "whatever",
                        "made by another generator: expected schedule space 5, found 0"));
    }

    /** What another version wrote behind the head need not be understood. */
    @ParameterizedTest
    @MethodSource("stale")
    void ignoresWhatWasMadeForSomethingElse(String text, String notice) {
        assertThat(TunedFile.read(text, NETWORK)).isEqualTo(new Content(TunedSchedules.NONE, notice, List.of()));
    }

    static Stream<Arguments> malformed() {
        String kernels = "expected one of forward1, forward2, forward3, weightGradient3, inputGradient3,"
                + " weightGradient2, inputGradient2, weightGradient1, forwardPanels1, weightGradientStrips1, gramUpdate1: kernel=";
        return Stream.of(
                head("", "1: expected a line that starts with layerc, found the end of the file"),
                head("network: Net\n", "1: expected layerc and its value: network: Net"),
                head("layerc schedule 1\n", "1: expected layerc schedules 1: layerc schedule 1"),
                head("layerc schedules 1\n", "1: expected a line that starts with network, found the end of the file"),
                head(HEAD.replace("space 5", "space one"), "3: expected a whole number from 0 on: space=one"),
                head(HEAD + "kernel forward1\n", "4: expected target and its value: kernel forward1"),
                head(
                        HEAD + PART.replace("vector float", "gpu float"),
                        "4: expected scalar or vector, then float or double: target=gpu float"),
                head(
                        HEAD + PART.replace("vector float", "vector"),
                        "4: expected scalar or vector, then float or double: target=vector"),
                head(HEAD + PART.replace("lanes 8", "lanes 0"), "7: expected a whole number from 1 on: lanes=0"),
                head(
                        HEAD + PART.replace("batch 209", "batch many"),
                        "8: expected a whole number from 1 on: batch=many"),
                head(
                        HEAD + PART.replace("unit-major", "rows"),
                        "9: expected one of sample-major, padded-sample-major, unit-major: layout=rows"),
                head(
                        HEAD + PART.replace("unit-major", "sample-major"),
                        "9: expected padded-sample-major or unit-major for target vector: layout=sample-major"),
                head(
                        HEAD + PART.replace("target vector", "target scalar"),
                        "9: expected sample-major for target scalar: layout=unit-major"),
                head(
                        HEAD + PART.replace("unit-rows unit-rows unit-rows", "unit-rows"),
                        "10: expected one layout for each of 3 layers: weights=1"),
                head(
                        HEAD + PART.replace("weights unit-rows", "weights columns"),
                        "10: expected one of unit-rows, input-rows, input-panels-2, input-panels-4: weights=columns"),
                head(
                        HEAD + PART.replace("weights unit-rows", "weights input-rows"),
                        "10: weights [inputs][units] need padded rows of units: layout=unit-major"),
                head(HEAD + PART + PART, "11: expected one part for a target and precision: target=vector float"),
                kernel("kernel forward9 form=tile lanes=columns mr=1 nr=1 ratio=1", kernels + "forward9"),
                kernel("kernel inputGradient1 form=tile lanes=columns mr=1 nr=1 ratio=1", kernels + "inputGradient1"),
                kernel(FORWARD.replace(" ratio=0.931", ""), "expected ratio=0.123 at the end: mc=60"),
                kernel(FORWARD.replace("0.931", "fast"), "expected ratio=0.123 at the end: ratio=fast"),
                kernel(
                        FORWARD.replace("form=tile ", ""),
                        "expected form=, lanes=, mr= and nr=: lanes=reduction mr=3 nr=4 kc=128 mc=60"),
                kernel(FORWARD.replace("form=tile", "form=tiles"), "expected one of tile, rows: form=tiles"),
                kernel(
                        FORWARD.replace("reduction", "inputs"),
                        "expected one of none, reduction, columns: lanes=inputs"),
                kernel(FORWARD.replace("mr=3", "mr=3 mr=3"), "expected each word once: mr=3"),
                kernel(FORWARD.replace("mr=3", "form=tile mr=3"), "expected each word once: form=tile"),
                kernel(FORWARD.replace("mr=3", "mr=x"), "expected a whole number: mr=x"),
                kernel(
                        FORWARD.replace("mc=60", "threads=2"),
                        "expected one of form, lanes, mr, nr, kc, block, mc, few, ratio: threads=2"),
                kernel(FORWARD.replace("kc=128", "block=128"), "expected kc with form=tile: block=128"),
                kernel(FORWARD.replace("form=tile", "form=rows"), "expected block with form=rows: kc=128"),
                kernel(ROWS.replace("block=64", "mc=60"), "expected block with form=rows: mc=60"),
                kernel(ROWS.replace("block=64", "few=8"), "expected block with form=rows: few=8"),
                kernel(ROWS.replace("none", "columns"), "expected none with form=rows: lanes=columns"),
                kernel("thresholds wholeLayer=x", "thresholds: expected a name, = and a whole number: wholeLayer=x"),
                kernel("thresholds wholeLayer", "thresholds: expected a name, = and a whole number: wholeLayer"),
                kernel("thresholds wholeLayer=0", "thresholds: expected a number from 1 on: wholeLayer=0"),
                kernel("thresholds mostParts=6", "thresholds: expected a power of two: mostParts=6"),
                kernel("thresholds fewUnits=1 fewUnits=2", "thresholds: expected each word once: fewUnits=2"),
                kernel(
                        "thresholds layers=1",
                        "thresholds: expected one of "
                                + String.join(", ", Thresholds.USUAL.byName().keySet()) + ": layers=1"),
                kernel(
                        FORWARD + "thresholds wholeLayer=2048",
                        "12: expected target and its value: thresholds wholeLayer=2048"),
                kernel(FORWARD + FORWARD, "12: expected each kernel once: kernel=forward1"),
                kernel(
                        FORWARD.replace("lanes=reduction", "lanes=columns"),
                        "forward1: expected form=tile lanes=reduction: form=tile, lanes=columns, few=0"),
                kernel(
                        FORWARD.replace("mc=60", "mc=60 few=8"),
                        "forward1: expected form=tile lanes=reduction: form=tile, lanes=reduction, few=8"),
                kernel(FORWARD.replace("mr=3", "mr=0"), "forward1: expected a number from 1 to 8: mr=0"),
                kernel(FORWARD.replace("nr=4", "nr=9"), "forward1: expected a number from 1 to 8: nr=9"),
                kernel(
                        FORWARD.replace("mr=3 nr=4", "mr=8 nr=5"),
                        "forward1: expected at most 32 accumulators: mr=8, nr=5"),
                kernel(
                        FORWARD.replace("kc=128", "kc=100"),
                        "forward1: expected 0, or a multiple of 64 below 300: kc=100"),
                kernel(
                        FORWARD.replace("kc=128", "kc=320"),
                        "forward1: expected 0, or a multiple of 64 below 300: kc=320"),
                kernel(
                        FORWARD.replace("kc=128", "kc=-64"),
                        "forward1: expected 0, or a multiple of 64 below 300: kc=-64"),
                kernel(FORWARD.replace(" mc=60", ""), "forward1: expected a number from 1 to 65536: mc=0"),
                kernel(FORWARD.replace(" kc=128", ""), "forward1: expected 0: mc=60"),
                kernel(
                        "kernel forward2 form=tile lanes=columns mr=8 nr=1 ratio=1",
                        "forward2: expected a number from 1 to 7: mr=8"),
                kernel(
                        "kernel weightGradient1 form=tile lanes=columns mr=4 nr=2 kc=64 ratio=1",
                        "weightGradient1: expected 0: kc=64"),
                head(
                        HEAD + PADDED.replace("unit-rows unit-rows unit-rows", "unit-rows input-rows input-rows")
                                + "kernel inputGradient2 form=tile lanes=columns mr=4 nr=2 ratio=1\n",
                        "11: inputGradient2: expected form=tile lanes=columns few above 0 or form=tile lanes=reduction:"
                                + " form=tile, lanes=columns, few=0"),
                head(
                        HEAD + PADDED.replace("unit-rows unit-rows unit-rows", "input-panels-2 input-rows input-rows")
                                + "kernel forward1 form=tile lanes=columns mr=4 nr=3 ratio=1\n",
                        "11: forward1: expected a divisor of 2, the vectors of a panel: nr=3"),
                head(
                        HEAD + SCALAR + "kernel weightGradient1 form=rows lanes=none mr=4 nr=4 block=301 ratio=1\n",
                        "11: weightGradient1: expected a number from 1 to 300: block=301"),
                head(
                        HEAD + PART + "kernel forward2 form=rows lanes=none mr=4 nr=4 block=100 ratio=1\n",
                        "11: forward2: expected a multiple of 64 up to 65536: block=100"));
    }

    /** The Gram form of a first layer of 20 units. */
    static Stream<Arguments> malformedInGramForm() {
        return Stream.of(
                kernel(
                        GRAM.replace("form=tile lanes=columns", "form=rows lanes=none"),
                        "gramUpdate1: expected form=tile lanes=columns: form=rows, lanes=none, few=0"),
                kernel(
                        GRAM.replace("columns", "reduction"),
                        "gramUpdate1: expected form=tile lanes=columns: form=tile, lanes=reduction, few=0"),
                kernel(GRAM.replace("mr=7", "mr=0"), "gramUpdate1: expected a number from 1 to 8: mr=0"),
                kernel(GRAM.replace("mr=7", "mr=9"), "gramUpdate1: expected a number from 1 to 8: mr=9"),
                kernel(
                        GRAM.replace("nr=2", "nr=3"),
                        "gramUpdate1: expected a divisor of 2, the vectors that rows are padded for: nr=3"),
                kernel(
                        GRAM.replace("nr=2", "nr=0"),
                        "gramUpdate1: expected a divisor of 2, the vectors that rows are padded for: nr=0"),
                kernel(GRAM.replace("nr=2", "nr=2 kc=64"), "gramUpdate1: expected 0: kc=64"),
                kernel(GRAM.replace("nr=2", "nr=2 mc=64"), "gramUpdate1: expected 0: mc=64"),
                kernel(GRAM + GRAM, "12: expected each kernel once: kernel=gramUpdate1"),
                head(
                        HEAD + SCALAR + GRAM,
                        "11: gramUpdate1: expected form=rows lanes=none: form=tile, lanes=columns, few=0"),
                head(
                        HEAD + SCALAR + GRAM_ROWS.replace("mr=20", "mr=21"),
                        "11: gramUpdate1: expected a number from 1 to 20: mr=21"),
                head(
                        HEAD + SCALAR + GRAM_ROWS.replace("nr=4", "nr=9"),
                        "11: gramUpdate1: expected a number from 1 to 8: nr=9"),
                head(
                        HEAD + SCALAR + GRAM_ROWS.replace("block=256", "block=65536"),
                        "11: gramUpdate1: expected a number from 1 to 52428: block=65536"),
                head(
                        HEAD + SCALAR + GRAM_ROWS.replace(" block=256", ""),
                        "11: gramUpdate1: expected a number from 1 to 52428: block=0"));
    }

    private static Arguments head(String text, String... errors) {
        return Arguments.of(text, List.of(errors));
    }

    /** A kernel in line 11; the number of another line stands in front of its message. */
    private static Arguments kernel(String line, String error) {
        return Arguments.of(HEAD + PART + line, List.of(error.matches("[0-9]+: .*") ? error : "11: " + error));
    }

    @ParameterizedTest
    @MethodSource({"malformed", "malformedInGramForm"})
    void saysWhereWhatWasExpectedAndWhatWasFound(String text, List<String> errors) {
        Content content = TunedFile.read(text, NETWORK);
        assertThat(content.errors())
                .extracting(each -> each.line() + ": " + each.message())
                .isEqualTo(errors);
        assertThat(content.schedules()).isEqualTo(TunedSchedules.NONE);
        assertThat(content.notice()).isEmpty();
    }

    @Test
    void reportsAllKernelsAtOnce() {
        String two = FORWARD.replace("mr=3", "mr=0") + "kernel forward2 form=tile lanes=none mr=1 nr=1 ratio=1\n";
        assertThat(TunedFile.read(HEAD + PART + two, NETWORK).errors()).hasSize(2);
    }
}
