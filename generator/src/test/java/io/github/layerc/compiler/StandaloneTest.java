package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.emit.alone.Entries;
import io.github.layerc.emit.alone.TrainedParameters;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;

/** A class that stands alone predicts what the class with the runtime does, bit for bit, and is a part of no more than the JDK. */
class StandaloneTest {
    private static final List<Integer> UNITS = List.of(13, 1, 17, 3, 33, 7, 16, 100, 4, 31, 8);

    /** All that a class may ask for besides itself. Strings are joined by a method handle, which Android's compiler rewrites. */
    private static final Set<String> ALLOWED = Set.of(
            "java/io/IOException",
            "java/io/InputStream",
            "java/io/UncheckedIOException",
            "java/lang/Class",
            "java/lang/Double",
            "java/lang/Float",
            "java/lang/IllegalArgumentException",
            "java/lang/IllegalStateException",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Math",
            "java/lang/Object",
            "java/lang/String",
            "java/lang/System",
            "java/lang/Throwable",
            "java/lang/invoke/MethodHandles",
            "java/lang/invoke/MethodHandles$Lookup",
            "java/lang/invoke/StringConcatFactory",
            "java/nio/ByteBuffer",
            "java/nio/DoubleBuffer",
            "java/nio/FloatBuffer",
            "java/util/Arrays",
            "java/util/zip/CRC32");

    private static Network everyActivation(Precision precision) {
        Network.Builder builder = Network.builder("some.place", "Net").input(Input.flat(30));
        int i = 0;
        for (Activation activation : Activation.all()) {
            if (activation.elementwise()) {
                builder.layer(UNITS.get(i++ % UNITS.size()), activation);
            }
        }
        return builder.layer(7, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .precision(precision)
                .build();
    }

    private static Network normalized(Precision precision) {
        return Network.builder("some.place", "Net")
                .input(new Input(List.of(9, 11), new Scale(1, 255)))
                .layer(40, Activation.RELU)
                .normalization(Normalization.BATCH_NORM)
                .dropout(0.25)
                .layer(65, Activation.GELU)
                .normalization(Normalization.LAYER_NORM)
                .layer(12, Activation.IDENTITY)
                .normalization(Normalization.batchNorm(0.5, 0.001))
                .layer(5, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(precision)
                .threads(2)
                .build();
    }

    private static Network tiny() {
        return Network.builder("", "Net")
                .input(Input.flat(1))
                .layer(1, Activation.SIGMOID)
                .build();
    }

    private static Network wide() {
        return Network.builder("some.place", "Net")
                .input(Input.flat(300))
                .layer(128, Activation.LEAKY_RELU)
                .layer(1, Activation.SIGMOID)
                .build();
    }

    /** So many layers share kernels. */
    private static Network deep() {
        Network.Builder builder = Network.builder("some.place", "Net").input(Input.flat(6));
        for (int layer = 0; layer < 130; layer++) {
            builder.layer(9, Activation.TANH);
        }
        return builder.layer(2, Activation.SIGMOID).precision(Precision.DOUBLE).build();
    }

    static Stream<Network> networks() {
        return Stream.of(
                everyActivation(Precision.FLOAT),
                everyActivation(Precision.DOUBLE),
                normalized(Precision.FLOAT),
                normalized(Precision.DOUBLE),
                tiny(),
                wide(),
                deep());
    }

    /** As after a training: no running variance is negative, no bias 0. */
    private static double[] trained(Network network) {
        Random random = new Random(3);
        double[] parameters = network.initializer().draw(network);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = network.precision().rounded(parameters[i] + 0.05 * random.nextDouble());
        }
        return parameters;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void predictsTheSameBits(Network network) {
        double[] parameters = trained(network);
        Generated generated =
                new Generated(network.withThreads(1).withTraining(TrainingSettings.DEFAULT.withForm(Form.DIRECT)));
        int count = 300;
        double[] samples = new Random(1)
                .doubles((long) count * network.inputs(), -2, 2)
                .map(network.precision()::rounded)
                .toArray();
        for (Target target : Target.values()) {
            Standalone alone = new Standalone(network, target, Entries.PREDICT, parameters);
            requireSame(alone, generated, target, parameters, samples, 1, 1);
            requireSame(alone, generated, target, parameters, samples, 300, 300);
            for (int some : List.of(1, 20)) {
                requireSame(alone, generated, target, parameters, samples, 7, some);
            }
        }
    }

    private static void requireSame(
            Standalone alone,
            Generated generated,
            Target target,
            double[] parameters,
            double[] samples,
            int batch,
            int count) {
        try (Engine engine = generated.create(batch, target)) {
            engine.setParametersFromDouble(parameters);
            assertThat(alone.create(batch).predict(samples, count))
                    .as("%s, batch %d, count %d", target, batch, count)
                    .isEqualTo(predict(engine, samples, count));
        }
    }

    private static double[] predict(Engine engine, double[] samples, int count) {
        return engine instanceof FloatEngine floats
                ? Problem.widen(floats.predict(Problem.narrow(samples), count))
                : ((DoubleEngine) engine).predict(samples, count);
    }

    @Test
    void carriesFewParametersInItsTextAndManyInAResource() {
        Network few = tiny();
        StandaloneClass text =
                new Standalone(few, Target.SCALAR, Entries.PREDICT, new double[] {0.1f, -1e-20f}).compiled();
        assertThat(text.resources()).isEmpty();
        assertThat(text.source().text())
                .contains("            // W1 [1]\n            0.1f,\n            // b1 [1]\n            -1E-20f,\n");
        Network many = wide();
        StandaloneClass beside = new Standalone(many, Target.SCALAR, Entries.PREDICT, trained(many)).compiled();
        assertThat(beside.resources()).containsOnlyKeys("Net.parameters");
        assertThat(beside.resources().get("Net.parameters")).hasSize(4 * many.parameterCount());
        assertThat(beside.source().text()).contains("{@code Net.parameters}").doesNotContain("CANONICAL");
    }

    /** 8 KB are 2048 floats. */
    @Test
    void textEndsWhereTheResourceBegins() {
        assertThat(inText(2047)).isTrue();
        assertThat(inText(2048)).isFalse();
    }

    private static boolean inText(int parameters) {
        Network network = Network.builder("some.place", "Net")
                .input(Input.flat(parameters - 1))
                .layer(1, Activation.SIGMOID)
                .build();
        return new TrainedParameters(network, new double[parameters]).inText();
    }

    @Test
    void refusesAResourceThatIsNotItsOwn() {
        Network network = wide();
        StandaloneClass compiled = new Standalone(network, Target.SCALAR, Entries.PREDICT, trained(network)).compiled();
        byte[] right = compiled.resources().get("Net.parameters");
        byte[] flipped = right.clone();
        flipped[1000] ^= 4;
        assertThatIllegalStateException()
                .isThrownBy(() -> new Standalone(network, compiled, Map.of()).create(1))
                .withMessage(
                        "some.place.Net: expected its parameters in a resource beside the class: resource=Net.parameters");
        assertThat(damage(network, compiled, Arrays.copyOf(right, 99)))
                .isEqualTo("Net.parameters: damaged parameters: expected 154628 bytes, found 99");
        assertThat(damage(network, compiled, Arrays.copyOf(right, right.length + 1)))
                .isEqualTo("Net.parameters: damaged parameters: expected 154628 bytes, found more");
        assertThat(damage(network, compiled, flipped))
                .matches(
                        "Net\\.parameters: damaged parameters, or those of another class: expected the CRC-32 \\p{XDigit}+,"
                                + " found \\p{XDigit}+");
    }

    private static String damage(Network network, StandaloneClass compiled, byte[] resource) {
        Standalone alone = new Standalone(network, compiled, Map.of("Net.parameters", resource));
        return assertThatIllegalStateException()
                .isThrownBy(() -> alone.create(1))
                .actual()
                .getMessage();
    }

    /** A model that was trained in double may go into a class in float, as it may into an engine. */
    @Test
    void roundsParametersOfAnotherPrecision() {
        Network network = normalized(Precision.FLOAT);
        double[] wide = network.initializer().draw(network);
        double[] narrow = Problem.widen(Problem.narrow(wide));
        assertThat(wide).isNotEqualTo(narrow);
        assertThat(new Standalone(network, Target.SCALAR, Entries.PREDICT, wide)
                        .compiled()
                        .resources())
                .usingRecursiveComparison()
                .isEqualTo(new Standalone(network, Target.SCALAR, Entries.PREDICT, narrow)
                        .compiled()
                        .resources());
        wide[7] = 1e39;
        assertThatThrownBy(() -> new Standalone(network, Target.SCALAR, Entries.PREDICT, wide))
                .isInstanceOf(CompileException.class)
                .hasMessage("network Net: parameters must be finite in float: parameters[7]=1.0E39");
    }

    @Test
    void refusesWhatItsArraysCannotHold() {
        Standalone alone = new Standalone(tiny(), Target.SCALAR, Entries.TRAIN, new double[] {1, 0}).create(2);
        double[] one = {1};
        assertThat(objection(() -> alone.create(0))).isEqualTo("batch must be from 1 to 33038145: batch=0");
        alone.create(2);
        assertThat(objection(() -> alone.predict(one, -1))).isEqualTo("count must be at least 0: count=-1");
        assertThat(objection(() -> alone.predict(one, 2))).isEqualTo("samples must hold 2 x 1 values: length=1");
        assertThat(objection(() -> alone.cost(one, new double[0], 1)))
                .isEqualTo("targets must hold 1 x 1 values: length=0");
        assertThat(objection(() -> alone.step(one, one, 0, 1))).isEqualTo("count must be at least 1: count=0");
        assertThat(objection(() -> alone.step(one, one, 1, 0)))
                .isEqualTo("learning rate must be positive and finite: learningRate=0.0");
        assertThat(objection(() -> alone.setParameters(one))).isEqualTo("network Net has 2 parameters: length=1");
        assertThat(objection(() -> alone.setParameters(new double[] {0, Double.NaN})))
                .isEqualTo("parameters must be finite: parameters[1]=NaN");
    }

    private static String objection(ThrowingCallable call) {
        return assertThatIllegalArgumentException().isThrownBy(call).actual().getMessage();
    }

    @ParameterizedTest
    @EnumSource(Entries.class)
    void plainJavaAsksForLittleOfTheJdk(Entries entries) {
        Set<String> found = new TreeSet<>();
        for (Network network : List.of(everyActivation(Precision.DOUBLE), wide())) {
            Standalone alone = new Standalone(network, Target.SCALAR, entries, trained(network));
            alone.compiled().classFiles().values().forEach(bytes -> found.addAll(classesOf(bytes)));
        }
        found.removeIf(name -> name.startsWith("some/place/Net") || name.startsWith("["));
        assertThat(ALLOWED).containsAll(found);
        // it would see others
        assertThat(found).contains("java/lang/Math", "java/nio/FloatBuffer");
    }

    /** The classes in the constant pool, and those in its descriptors. */
    private static Set<String> classesOf(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        char[] characters = new char[reader.getMaxStringLength()];
        Set<String> names = new HashSet<>();
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i);
            // 7 is the tag of a class, which stands before its content
            if (at > 0 && classFile[at - 1] == 7) {
                names.add(reader.readUTF8(at, characters));
            }
        }
        return names;
    }

    /** A spec refuses names of {@code java.lang}; those of all others that the class asks for may be its own. */
    @ParameterizedTest
    @ValueSource(strings = {"Arrays", "ByteBuffer", "CRC32", "InputStream", "UncheckedIOException"})
    void hasTheNameOfWhatItAsksFor(String name) {
        Network network = Network.builder("some.place", name)
                .input(Input.flat(3000))
                .layer(1, Activation.SIGMOID)
                .build();
        Standalone alone = new Standalone(network, Target.SCALAR, Entries.TRAIN, trained(network));
        assertThat(alone.create(1).predict(new double[3000], 1)).hasSize(1);
    }

    @Test
    void saysWhereItComesFrom() {
        String text = new Standalone(tiny(), Target.SCALAR, Entries.PREDICT, new double[] {1, 0})
                .compiled()
                .source()
                .text();
        assertThat(text)
                .startsWith("// Code generated by layerc from test.yaml. Do not edit.\n")
                .contains("Made by a test.", "javac --release 17 Net.java")
                .doesNotContain("io.github.layerc", "@bytes", "@Generated");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }
}
