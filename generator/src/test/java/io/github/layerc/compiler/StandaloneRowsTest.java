package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.compiler.StandaloneCompiler.Request;
import io.github.layerc.engine.Target;
import io.github.layerc.spec.Spec;
import io.github.layerc.spec.SpecReader;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.TableEngine;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static final String PETS = """
            network: Pets
            package: p
            input:
              columns:
                - {name: age}
                - {name: kind, values: [cat, dog]}
                - {name: coat colour, values: [red, grey, black], transform: ordinal}
                - {name: tame, kind: boolean}
            output: {label: adopted, classes: ["no", "yes"]}
            layers: [{units: 4, activation: tanh}, {units: 1, activation: sigmoid}]
            loss: binary_cross_entropy
            """;

    /** Behind the values of a row there may be the length of the array for probabilities. */
    private static final String PETS_USED = """
            package p;
            import io.github.layerc.table.TableEngine;
            import java.util.function.BiFunction;
            public final class Use implements BiFunction<TableEngine, double[], double[]> {
                @Override
                public double[] apply(TableEngine engine, double[] r) {
                    Pets net = (Pets) engine;
                    Pets.Row row = new Pets.Row((float) r[0],
                            Double.isNaN(r[1]) ? null : Pets.Kind.values()[(int) r[1]],
                            Double.isNaN(r[2]) ? null : Pets.CoatColour.values()[(int) r[2]], r[3] == 1);
                    float[] out = new float[r.length > 4 ? (int) r[4] : 2];
                    net.probabilities(row, out);
                    return new double[] {out[0], out[1], net.classify(row).ordinal()};
                }
            }
            """;

    private static final String WIDE = """
            network: Wide
            package: p
            input: {columns: [%s]}
            output: {targets: [y]}
            layers: [{units: 1, activation: %s}]
            loss: mean_squared_error
            """;

    private static final String ZERO = """
            network: Zero
            package: p
            input: {columns: [{name: x}]}
            output: {targets: [{name: y%s}]}
            layers: [{units: 1, activation: leaky_relu}]
            loss: mean_squared_error
            """;

    private static final String ZERO_USED = """
            package p;
            import io.github.layerc.table.TableEngine;
            import java.util.function.BiFunction;
            public final class Use implements BiFunction<TableEngine, double[], double[]> {
                @Override
                public double[] apply(TableEngine engine, double[] r) {
                    return new double[] {((Zero) engine).predict(new Zero.Row((float) r[0]))};
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
                Arguments.of(PETS, PETS_USED, Target.SCALAR),
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
    void refusesRowsThatLackValues() {
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

    private static Alone pets() {
        Spec read = SpecReader.read("t.yaml", PETS);
        double[] parameters = read.network().initializer().draw(read.network());
        Fitted fitted = RowsTest.fitted(read.table().orElseThrow(), new Random(5));
        return new Alone(PETS, PETS_USED, Target.SCALAR, parameters, fitted);
    }

    @Test
    void namesTheCategoryThatARowLacks() {
        Alone alone = pets();

        assertThat(alone.use(3, 1, 2, 0)).hasSize(3);
        requireRefused(alone, "network Pets: column age must have a value: value=NaN", Double.NaN, Double.NaN, 1, 0);
        requireRefused(alone, "network Pets: column kind must have a value: value=NaN", 3, Double.NaN, 1, 0);
        requireRefused(alone, "network Pets: column coat colour must have a value: value=NaN", 3, 1, Double.NaN, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void takesProbabilitiesOfAllClassesAlone(int length) {
        requireRefused(pets(), "out must have 2 values: length=" + length, 3, 1, 2, 0, length);
    }

    private static void requireRefused(Alone alone, String message, double... row) {
        assertThatThrownBy(() -> alone.use(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    /** Both keep their own row on its way through the network. */
    @Test
    void sharesWithAnInstanceForAnotherThread() throws ReflectiveOperationException {
        Alone alone = pets();
        Object first = alone.instance;
        Object second = first.getClass().getMethod("share").invoke(first);

        assertThat(second).isNotSameAs(first);
        Field rows = first.getClass().getDeclaredField("rows");
        rows.setAccessible(true);
        assertThat(rows.get(second)).isNotSameAs(rows.get(first));
        double[] row = {3, 1, 2, 0};
        assertThat(alone.use.apply(second, row)).isEqualTo(alone.use(row));
    }

    /** The slope of the activation lets the smallest number vanish, but for its sign, which a sum with 0 would lose. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", transform: log1p", ", transform: {kind: scale, factor: 0.5}"})
    void keepsTheSignOfATargetThatIsZero(String transform) {
        String spec = ZERO.formatted(transform);
        UsedTable used = new UsedTable(spec, ZERO_USED);
        try (TableEngine engine = used.create(1, Target.SCALAR)) {
            engine.setFitted(RowsTest.fitted(engine.table(), new Random(5)));
            engine.setParametersFromDouble(new double[] {0, -Float.MIN_VALUE});
            Alone alone = new Alone(spec, ZERO_USED, Target.SCALAR, engine.parametersAsDouble(), engine.fitted());

            assertThat(alone.use(1)).isEqualTo(used.use(engine, 1)).containsExactly(-0.0);
        }
    }

    @Test
    void doesNoArithmeticForATargetAsItIs() {
        assertThat(compile(ZERO.formatted(""), Target.SCALAR, false).source().text())
                .contains("return rows.output(0);");
        assertThat(compile(ZERO.formatted(", transform: log1p"), Target.SCALAR, false)
                        .source()
                        .text())
                .contains("return (float) (Math.expm1(rows.output(0)));");
        assertThat(compile(ZERO.formatted(", transform: {kind: scale, factor: 4}"), Target.SCALAR, false)
                        .source()
                        .text())
                .contains("return (float) (rows.output(0) * 0.25);");
    }

    @Test
    void leavesOutCentersAndScalesThatDoNothing() {
        String spec = """
                network: Centers
                package: p
                input: {columns: [{name: x%s}, {name: z}]}
                output: {targets: [y]}
                layers: [{units: 2, activation: tanh, normalization: layer_norm}, {units: 1, activation: identity}]
                loss: mean_squared_error
                """;

        assertThat(compile(spec.formatted(""), Target.SCALAR, false).source().text())
                .doesNotContain("CentersCenters", "CentersScales");
        assertThat(compile(spec.formatted(", transform: standardize"), Target.SCALAR, false)
                        .source()
                        .text())
                .contains("(features[f] - CentersCenters.VALUES[f]) / CentersScales.VALUES[f]");
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
    void refusesMoreColumnsThanARecordHas() {
        String columns = IntStream.range(0, 255).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));

        assertThatThrownBy(() -> compile(WIDE.formatted(columns, "identity"), Target.SCALAR, false))
                .isInstanceOf(CompileException.class)
                .hasMessage(
                        "network Wide: a row has more columns than a constructor of Java can have arguments: expected patterns of names such as x{0..99}, which are one array each: columns=255");
    }

    /** As many as the class with the runtime takes. */
    @Test
    void takesManyPatterns() {
        String columns = IntStream.range(0, 250)
                .mapToObj(i -> "{name: \"c" + i + "_{1..2}\", transform: log1p, missing: mean}")
                .collect(Collectors.joining(", "));

        assertThat(compile(WIDE.formatted(columns, "identity"), Target.SCALAR, false)
                        .classFiles())
                .containsKey("p.Wide$WideRows");
    }

    /** Fill values, centers and scales: each has its own array. */
    @Test
    void takesThousandsOfColumnsBeforeANormalisedLayer() {
        String columns = "{name: \"c{1..4200}\", transform: standardize, missing: mean}";

        assertThat(compile(
                                WIDE.formatted(
                                        columns,
                                        "identity, normalization: layer_norm}, {units: 1, activation: identity"),
                                Target.SCALAR,
                                false)
                        .classFiles())
                .containsKeys("p.Wide$WideRows$WideFill1", "p.Wide$WideRows$WideCenters");
    }

    @Test
    void refusesMoreFillValuesThanAClassHolds() {
        String spec = WIDE.formatted("{name: \"c{0..9999}\", missing: mean}", "identity");

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
