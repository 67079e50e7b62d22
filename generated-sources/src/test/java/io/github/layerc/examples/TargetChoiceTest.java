package io.github.layerc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** Each of them makes the Vector API slower than plain Java by far, and says nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -XX:-UseFMA             | no fused multiply-add: this processor has none, or it is hidden, as -XX:-UseFMA or -XX:UseAVX=0 do
                    -XX:UseAVX=0            | no fused multiply-add: this processor has none, or it is hidden, as -XX:-UseFMA or -XX:UseAVX=0 do
                    -XX:MaxVectorSize=8     | vector registers have fewer than 128 bits: 64
                    -XX:TieredStopAtLevel=3 | this JVM does not compile it well: expected option TieredStopAtLevel=4: found 3
                    -XX:TieredStopAtLevel=2 | this JVM does not compile it well: expected option TieredStopAtLevel=4: found 2
                    -XX:TieredStopAtLevel=0 | this JVM does not compile it well: expected option UseCompiler=true: found false
                    -XX:-UseCompiler        | this JVM does not compile it well: expected option UseCompiler=true: found false
                    -XX:-Inline             | this JVM does not compile it well: expected option Inline=true: found false
                    -XX:-EnableVectorSupport | this JVM does not compile it well: expected option EnableVectorSupport=true: found false
                    -XX:-EnableVectorReboxing | this JVM does not compile it well: expected option EnableVectorReboxing=true: found false
                    """)
    void scalarWhereTheJvmCompilesVectorsBadly(String flag, String reason) throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "flags of x86");
        List<String> flags = List.of(MODULE, "-XX:+UnlockExperimentalVMOptions", flag);
        assertThat(run(flags)).contains("generated-scalar ").containsOnlyOnce("Xor: target scalar: " + reason + "\n");
    }

    @Test
    void vectorByNameIsRefusedWithoutMultiplyAdd() throws Exception {
        assertThat(run(List.of(MODULE, "-XX:-UseFMA"), "vector"))
                .contains("refused: Xor: target vector is not to be had: no fused multiply-add: ");
        assertThat(run(List.of(MODULE, "-XX:-UseFMA"), "scalar")).contains("generated-scalar ");
    }

    /** The goals' own flags, older processors, and what only looks like an objection. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:-TieredCompilation",
                "-XX:TieredStopAtLevel=4",
                "-XX:UseAVX=2",
                "-XX:MaxVectorSize=16",
                "-XX:-UseSuperWord",
                "-XX:CompileThresholdScaling=0.1"
            })
    void vectorWhereFlagsDoNoHarm(String flag) throws Exception {
        assertThat(run(List.of(MODULE, "-XX:+UnlockExperimentalVMOptions", "-XX:+IgnoreUnrecognizedVMOptions", flag)))
                .contains("generated-vector ");
    }

    /** A program that is cut down to the modules it needs cannot ask for options, but it still finds out about multiply-add. */
    @Test
    void needsNoModuleToFindOut() throws Exception {
        List<String> modules = List.of(MODULE, "--limit-modules=java.logging,jdk.incubator.vector");
        assertThat(run(modules)).contains("generated-vector ");
        List<String> without = new ArrayList<>(modules);
        without.add("-XX:-UseFMA");
        assertThat(run(without)).contains("Xor: target scalar: no fused multiply-add");
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
