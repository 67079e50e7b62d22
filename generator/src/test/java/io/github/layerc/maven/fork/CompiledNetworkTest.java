package io.github.layerc.maven.fork;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.layerc.compiler.Options;
import io.github.layerc.generation.NamedSpec;
import io.github.layerc.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledNetworkTest {
    private static final String SPEC = """
            network: Net
            package: p
            input: {shape: [2, 3], scale: 1/255}
            layers:
              - {units: 3, activation: tanh}
              - {units: 1, activation: sigmoid}
            loss: binary_cross_entropy
            precision: double
            initializer: {kind: normal, scale: 0.01, seed: 3}
            training: {optimizer: momentum, learning_rate: 0.1, iterations: 7}
            """;

    @TempDir
    Path classes;

    @Test
    void takesAClassOfTheSameNetwork() throws IOException {
        compile(SPEC);
        NamedSpec commented = spec("# with a comment\n" + SPEC);
        assertThatCode(() -> CompiledNetwork.require(commented, classes, "train"))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAClassThatIsOlderThanItsSpec() throws IOException {
        compile(SPEC);
        for (String other : new String[] {
            SPEC.replace("units: 3", "units: 4"),
            SPEC.replace("seed: 3", "seed: 4"),
            SPEC.replace("learning_rate: 0.1", "learning_rate: 0.2")
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CompiledNetwork.require(spec(other), classes, "train"))
                    .withMessage("networks/net.yaml: changed since class p.Net was compiled: "
                            + "run mvn compile first, or layerc:train behind it in one build");
        }
    }

    @Test
    void refusesAClassThatIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompiledNetwork.require(spec(SPEC), classes, "compare"))
                .withMessage("class p.Net is not compiled: "
                        + "run mvn compile first, or layerc:compare behind it in one build");
    }

    /** The program that runs it says which version it expects. */
    @Test
    void leavesAClassThatDoesNotLinkToTheProgramThatRunsIt() throws IOException {
        Path file = classes.resolve("p/Net.class");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1, 2, 3});
        assertThatCode(() -> CompiledNetwork.require(spec(SPEC), classes, "train"))
                .doesNotThrowAnyException();
    }

    private void compile(String text) throws IOException {
        ClassFolder.write(classes, spec(text).compile(Options.DEFAULT).classFiles());
    }

    private NamedSpec spec(String text) {
        return new NamedSpec(
                classes.resolve("net.yaml"), "networks/net.yaml", SpecReader.read("networks/net.yaml", text));
    }
}
