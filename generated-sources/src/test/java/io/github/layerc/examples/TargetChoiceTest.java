package io.github.layerc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which target a generated class takes in JVMs started with other flags, and what it says. */
class TargetChoiceTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    @Test
    void vectorWhereTheModuleIsThere() throws Exception {
        assertThat(run(List.of(MODULE)))
                .contains("generated-vector ")
                .containsPattern("Xor: target vector, registers of \\d+ bits");
    }

    /** Also proves that nothing on the scalar path links the module. */
    @Test
    void scalarWithoutTheModuleAndTheFlagThatIsMissing() throws Exception {
        assertThat(run(List.of()))
                .contains("generated-scalar ")
                .contains("Xor: target scalar: no module jdk.incubator.vector: start java with --add-modules"
                        + " jdk.incubator.vector");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:TieredStopAtLevel=1", "-Xint"})
    void scalarWhereC2DoesNotCompile(String flag) throws Exception {
        assertThat(run(List.of(MODULE, flag)))
                .contains("generated-scalar ")
                .contains("Xor: target scalar: this JVM does not compile with C2");
    }

    @Test
    void vectorByNameIsRefusedWithoutTheModule() throws Exception {
        assertThat(run(List.of(), "vector"))
                .contains(
                        "refused: Xor: target vector is not to be had: no module jdk.incubator.vector: start java with"
                                + " --add-modules jdk.incubator.vector");
    }

    @Test
    void targetsAgree() throws Exception {
        double scalar = output(run(List.of(MODULE), "scalar"));
        double vector = output(run(List.of(MODULE), "vector"));
        assertThat(vector).isCloseTo(scalar, within(1e-6));
    }

    private static double output(String text) {
        return text.lines()
                .filter(line -> line.startsWith("generated-"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static String run(List<String> flags, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ShowTarget.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
