package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.compiler.StandaloneCompiler.Request;
import io.github.layerc.engine.Target;
import io.github.layerc.spec.Spec;
import io.github.layerc.spec.SpecReader;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.TableEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A class that stands alone predicts of a row what the class with the runtime does, bit for bit, for the same program. */
class StandaloneRowsTest {
    private static final String COUNTS = """
            network: Counts
            package: p
            precision: %s
            input:
              columns:
                - {name: k (kg)}
                - {name: "n {1..4}", transform: log1p}
                - {name: "m {1..3}", transform: log1p_standardize, missing: median}
            output: {targets: [{name: y, transform: log1p_standardize}]}
            layers: [{units: 6, activation: relu%s}, {units: 1, activation: identity}]
            loss: mean_squared_error
            """;

    private static final String COUNTS_USED = """
            package p;
            import io.github.layerc.table.TableEngine;
            import java.util.function.BiFunction;
            public final class Use implements BiFunction<TableEngine, double[], double[]> {
                @Override
                public double[] apply(TableEngine engine, double[] r) {
                    var n = new %1$s[r.length - 4];
                    for (int i = 0; i < n.length; i++) n[i] = (%1$s) r[1 + i];
                    var m = new %1$s[3];
                    for (int i = 0; i < 3; i++) m[i] = (%1$s) r[1 + n.length + i];
                    return new double[] {((Counts) engine).predict(new Counts.Row((%1$s) r[0], n, m))};
                }
            }
            """;

    static Stream<Arguments> tables() {
        return Stream.of(
                arguments(RowsTest.FLOWERS, RowsTest.FLOWERS_USED, "float", "", Target.SCALAR),
                arguments(
                        RowsTest.FLOWERS,
                        RowsTest.FLOWERS_USED,
                        "double",
                        ", normalization: layer_norm",
                        Target.VECTOR),
                arguments(RowsTest.PRICE, RowsTest.PRICE_USED, "float", "", Target.VECTOR),
                arguments(COUNTS, COUNTS_USED, "float", ", normalization: batch_norm", Target.SCALAR),
                arguments(COUNTS, COUNTS_USED, "double", "", Target.SCALAR),
                Arguments.of(
                        RowsTest.SPAM.formatted("sigmoid", "binary_cross_entropy"), RowsTest.SPAM_USED, Target.SCALAR));
    }

    private static Arguments arguments(
            String spec, String program, String precision, String normalization, Target target) {
        return Arguments.of(spec.formatted(precision, normalization), program.formatted(precision), target);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void predictsTheSameBits(String spec, String program, Target target) {
        UsedTable used = new UsedTable(spec, program);
        Random random = new Random(5);
        try (TableEngine engine = used.create(1, target)) {
            Fitted fitted = RowsTest.fitted(engine.table(), random);
            engine.setFitted(fitted);
            engine.initialize();
            Alone alone = new Alone(spec, program, target, engine.parametersAsDouble(), fitted);
            for (int i = 0; i < 20; i++) {
                double[] row = RowsTest.row(engine.table(), random, true);
                assertThat(alone.use(row)).isEqualTo(used.use(engine, row));
            }
        }
    }

    @Test
    void refusesRowsAsTheClassWithTheRuntimeDoes() {
        String spec = COUNTS.formatted("float", "");
        Spec read = SpecReader.read("t.yaml", spec);
        double[] parameters = read.network().initializer().draw(read.network());
        Fitted fitted = RowsTest.fitted(read.table().orElseThrow(), new Random(5));
        Alone alone = new Alone(spec, COUNTS_USED.formatted("float"), Target.SCALAR, parameters, fitted);

        assertThatThrownBy(() -> alone.use(0, 1, Double.NaN, 3, 4, 5, 6, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network Counts: column 2 of n {1..4} must have a value: value=NaN");
        assertThatThrownBy(() -> alone.use(0, 1, 2, 3, 5, 6, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("n must have 4 values: length=3");
        assertThatThrownBy(() -> alone.use(Double.NaN, 1, 2, 3, 4, 5, 6, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network Counts: column k (kg) must have a value: value=NaN");
    }

    @Test
    void everyNameThatAColumnCanHaveCompiles() {
        StandaloneClass odd = compile(RowsTest.odd(), Target.SCALAR, false);

        assertThat(odd.classFiles()).containsKeys("p.Odd$Label", "p.Odd$OddRows");
        assertThat(odd.source().text()).doesNotContain("io.github.layerc");
    }

    @Test
    void refusesToTrain() {
        assertThatThrownBy(() -> compile(COUNTS.formatted("float", ""), Target.SCALAR, true))
                .isInstanceOf(CompileException.class)
                .hasMessage(
                        "network Counts: a class that stands alone cannot train with this, only predict: columns=8");
    }

    @Test
    void refusesMoreFillValuesThanAClassHolds() {
        String spec = """
                network: Wide
                input: {columns: [{name: "c{0..9999}", missing: mean}]}
                output: {targets: [y]}
                layers: [{units: 1, activation: identity}]
                loss: mean_squared_error
                """;

        assertThatThrownBy(() -> compile(spec, Target.SCALAR, false))
                .isInstanceOf(CompileException.class)
                .hasMessageStartingWith("the network is too large for the files of Java classes: code too large");
    }

    private static StandaloneClass compile(String spec, Target target, boolean trains) {
        Spec read = SpecReader.read("t.yaml", spec);
        Fitted fitted = RowsTest.fitted(read.table().orElseThrow(), new Random(5));
        return compile(read, target, trains, read.network().initializer().draw(read.network()), fitted);
    }

    private static StandaloneClass compile(
            Spec spec, Target target, boolean trains, double[] parameters, Fitted fitted) {
        return StandaloneCompiler.compile(
                spec.network(),
                "t.yaml",
                Options.DEFAULT,
                new Request(target, trains),
                parameters,
                Optional.of(fitted),
                List.of("Made by a test."));
    }

    /** A class that stands alone and the program of another one, where there is nothing but the JDK. */
    private static final class Alone {
        private final Object instance;
        private final BiFunction<Object, double[], double[]> use;

        @SuppressWarnings("unchecked")
        Alone(String spec, String program, Target target, double[] parameters, Fitted fitted) {
            Spec read = SpecReader.read("t.yaml", spec);
            StandaloneClass alone = compile(read, target, false, parameters, fitted);
            String own = program.replace("import io.github.layerc.table.TableEngine;", "")
                    .replace("TableEngine", "Object");
            Map<String, byte[]> classes =
                    MemoryCompiler.compile(List.of(alone.source(), new SourceFile("p/Use.java", own)));
            ClassLoader loader = new ClassLoader(ClassLoader.getPlatformClassLoader()) {
                @Override
                protected Class<?> findClass(String name) throws ClassNotFoundException {
                    byte[] bytes = classes.get(name);
                    if (bytes == null) {
                        throw new ClassNotFoundException(name);
                    }
                    return defineClass(name, bytes, 0, bytes.length);
                }
            };
            try {
                instance = loader.loadClass(read.network().className())
                        .getMethod("create")
                        .invoke(null);
                use = (BiFunction<Object, double[], double[]>)
                        loader.loadClass("p.Use").getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("p.Use", e);
            }
        }

        double[] use(double... row) {
            return use.apply(instance, row);
        }
    }
}
