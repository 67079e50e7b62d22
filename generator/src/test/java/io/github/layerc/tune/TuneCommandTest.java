package io.github.layerc.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Candidates;
import io.github.layerc.schedule.Products;
import io.github.layerc.schedule.tuned.TunedFile;
import io.github.layerc.schedule.tuned.Tuning;
import io.github.layerc.spec.SpecReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class TuneCommandTest {
    private static final long TICK = 110_000_000;

    @TempDir
    Path folder;

    private Path spec;

    /** With all that a training can do besides, which schedules have nothing to do with. */
    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(folder.resolve("net.yaml"), """
                network: Net
                input: {shape: [33]}
                layers:
                  - {units: 7, activation: relu, normalization: batch_norm, dropout: 0.3, l1: 0.2}
                  - {units: 1, activation: sigmoid}
                loss: {kind: binary_cross_entropy, label_smoothing: 0.1}
                training: {optimizer: adam, l2: 0.1, batch: 4, clip: norm}
                """);
    }

    @Test
    void writesAFileForBothTargetsThatIsReadBack() throws IOException {
        String vector = run("spec=" + spec, "target=vector", "batch=5", "seconds=2");
        assertThat(vector)
                .startsWith("Net [33, 7, 1], float, target vector, batch 5, Java "
                        + Runtime.version().feature())
                .contains("forward1: form=tile", "weightGradient1: form=tile")
                .endsWith("wrote net.tuned" + System.lineSeparator())
                .doesNotContain("wrong");
        run("spec=" + spec, "target=scalar", "precision=double", "batch=2", "seconds=2");

        Network network = SpecReader.read(spec).network();
        TunedFile.Content content = TunedFile.read(Files.readString(folder.resolve("net.tuned")), network);
        assertThat(content.errors()).isEmpty();
        assertThat(content.notice()).isEmpty();
        Tuning tuning = content.schedules().of(Target.VECTOR, Precision.FLOAT).orElseThrow();
        assertThat(tuning.origin().batch()).isEqualTo(5);
        assertThat(tuning.kernels())
                .containsOnlyKeys(
                        Products.of(network, tuning.storage().layout()).keySet());
        assertThat(tuning.kernels().values()).allMatch(choice -> choice.ratio() == 1 || choice.ratio() < Found.CLEARLY);
        assertThat(content.schedules().of(Target.SCALAR, Precision.DOUBLE)).isPresent();
    }

    /** What is no longer for the spec is replaced as a whole. */
    @Test
    void doesNotKeepWhatWasMadeForAnotherSpec() throws IOException {
        Files.writeString(
                folder.resolve("net.tuned"),
                "layerc schedules 1\nnetwork Net 33 relu:7 sigmoid:1 binary_cross_entropy\nspace " + Candidates.VERSION
                        + "\n\ntarget scalar float\n");
        Files.writeString(spec, "network: Net\nlayer_dims: [33, 8, 1]\n");
        String console = run("spec=" + spec, "target=scalar", "precision=double", "batch=2", "seconds=2");
        // gradient descent and 33 inputs: the class has a Gram form, the one with adam has none
        assertThat(console).contains("gramUpdate1: form=rows").doesNotContain("wrong");
        assertThat(folder.resolve("net.tuned"))
                .content()
                .contains("network Net 33 relu:8", "space " + Candidates.VERSION, "target scalar double")
                .contains("kernel gramUpdate1 form=rows lanes=none mr=8 nr=")
                .doesNotContain("target scalar float");
    }

    /** The heuristic's schedules would look like measured ones, and take the place of those. */
    @Test
    void writesNothingWhereNothingWasTried() throws IOException {
        Path file = folder.resolve("net.tuned");
        String expected = "no file is written: there was no time to try a schedule: expected more than 1.0E-6 s:"
                + " layerc.tune.seconds" + System.lineSeparator();
        assertThat(run("spec=" + spec, "target=scalar", "batch=2", "seconds=0.000001"))
                .endsWith(expected);
        assertThat(file).doesNotExist();
        Files.writeString(file, "kept");
        assertThat(run("spec=" + spec, "target=scalar", "batch=2", "seconds=0.000001"))
                .endsWith(expected);
        assertThat(file).hasContent("kept");
    }

    @Test
    void refusesSettingsThatItCannotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("spec=" + spec, "batch=0"))
                .withMessage("batch must be at least 1: batch=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("spec=" + spec, "seconds=soon"))
                .withMessage("expected a number: seconds=soon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("spec=" + spec, "seconds=0"))
                .withMessage("seconds must be above 0 and at most 86400: seconds=0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("spec=" + spec, "speed=1"))
                .withMessageStartingWith("expected one of network, spec, output,");
        assertThatIllegalArgumentException().isThrownBy(() -> run("batch=1")).withMessageStartingWith("expected spec=");
    }

    /** By a clock that a question moves on, so that a slow machine tries as many candidates as a fast one. */
    private static String run(String... arguments) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AtomicLong clock = new AtomicLong();
        TuneCommand.run(arguments, new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> clock.addAndGet(TICK));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
