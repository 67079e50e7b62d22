package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Precision;
import io.github.layerc.spec.SpecReader;
import io.github.layerc.table.Column;
import io.github.layerc.table.ColumnKind;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import io.github.layerc.table.TableEngine;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows with types: what they predict against the same row as inputs of the network, transformed in double. */
class RowsTest {
    static final String FLOWERS = """
            network: Flowers
            package: p
            precision: %s
            input:
              columns:
                - {name: sepal length (cm), transform: standardize}
                - {name: 2nd width, transform: log1p_standardize, missing: mean}
                - {name: Color, values: [red, deep green, 3], missing: indicator}
                - {name: size, values: [small, large], transform: ordinal, missing: {kind: constant, value: large}}
                - {name: wild, kind: boolean, missing: indicator}
                - {name: cut, transform: robust, missing: median}
                - {name: "pixel_{0..1}_{0..3}", transform: {kind: scale, factor: 0.5}, missing: mean}
                - {name: shade, values: [dark, light], missing: {kind: constant, value: light}}
            output: {label: species, classes: [Iris-setosa, Iris-virginica, 7]}
            layers:
              - {units: 10, activation: tanh%s}
              - {units: 3, activation: softmax}
            loss: categorical_cross_entropy
            """;

    static final String FLOWERS_USED = """
            package p;
            import io.github.layerc.table.TableEngine;
            import java.util.function.BiFunction;
            public final class Use implements BiFunction<TableEngine, double[], double[]> {
                @Override
                public double[] apply(TableEngine engine, double[] r) {
                    Flowers net = (Flowers) engine;
                    var pixels = new %1$s[8];
                    for (int i = 0; i < 8; i++) pixels[i] = (%1$s) r[6 + i];
                    Flowers.Row row = new Flowers.Row((%1$s) r[0], (%1$s) r[1],
                            Double.isNaN(r[2]) ? null : Flowers.Color.values()[(int) r[2]],
                            Double.isNaN(r[3]) ? null : Flowers.Size.values()[(int) r[3]],
                            Double.isNaN(r[4]) ? null : r[4] == 1, (%1$s) r[5], pixels,
                            Double.isNaN(r[14]) ? null : Flowers.Shade.values()[(int) r[14]]);
                    var probabilities = net.probabilities(row);
                    return new double[] {probabilities[0], probabilities[1], probabilities[2],
                            net.classify(row) == Flowers.Label.IRIS_SETOSA ? 0
                                    : net.classify(row) == Flowers.Label.IRIS_VIRGINICA ? 1
                                    : net.classify(row) == Flowers.Label.of("7") ? 2 : -1};
                }
            }
            """;

    static final String PRICE = """
            network: Price
            package: p
            precision: %s
            input: {columns: [{name: area, transform: robust}, {name: class}]}
            output: {targets: [{name: price, transform: log1p}, {name: days to sell, transform: standardize}]}
            layers: [{units: 4, activation: tanh}, {units: 2, activation: identity}]
            loss: mean_squared_error
            """;

    static final String PRICE_USED = """
            package p;
            import io.github.layerc.table.TableEngine;
            import java.util.function.BiFunction;
            public final class Use implements BiFunction<TableEngine, double[], double[]> {
                @Override
                public double[] apply(TableEngine engine, double[] r) {
                    Price.Prediction prediction = ((Price) engine).predict(new Price.Row((%1$s) r[0], (%1$s) r[1]));
                    return new double[] {prediction.price(), prediction.daysToSell()};
                }
            }
            """;

    static final String SPAM = """
            network: Spam
            package: p
            input: {columns: [{name: links, transform: standardize}, {name: words, transform: min_max}]}
            output: {label: spam, classes: ["false", "true"]}
            layers: [{units: 5, activation: relu}, {units: 1, activation: %s}]
            loss: %s
            """;

    static final String SPAM_USED = """
            package p;
            import io.github.layerc.table.TableEngine;
            import java.util.function.BiFunction;
            public final class Use implements BiFunction<TableEngine, double[], double[]> {
                private Spam.Row last = new Spam.Row(1, 2);
                @Override
                public double[] apply(TableEngine engine, double[] r) {
                    if (r.length == 0) {
                        for (int i = 0; i < 1000; i++) ((Spam) engine).classify(last);
                        return r;
                    }
                    last = new Spam.Row((float) r[0], (float) r[1]);
                    return new double[] {((Spam) engine).classify(last) == Spam.Label.TRUE ? 1 : 0};
                }
            }
            """;

    static Stream<Arguments> flowers() {
        return Stream.of("", ", normalization: layer_norm", ", normalization: batch_norm")
                .flatMap(normalization -> Stream.of(Precision.values())
                        .flatMap(precision -> Stream.of(Target.values())
                                .map(target -> Arguments.of(normalization, precision, target))));
    }

    @ParameterizedTest
    @MethodSource("flowers")
    void predictWhatTheirInputsDo(String normalization, Precision precision, Target target) {
        UsedTable used = new UsedTable(
                FLOWERS.formatted(precision.keyword(), normalization), FLOWERS_USED.formatted(precision.keyword()));
        Random random = new Random(5);
        try (TableEngine engine = used.create(3, target)) {
            engine.setFitted(fitted(engine.table(), random));
            for (int draw = 0; draw < 2; draw++) {
                // parameters that change between rows change what the rows predict
                double[] parameters = engine.network().initializer().draw(engine.network());
                for (int i = 0; i < parameters.length; i++) {
                    parameters[i] += 0.1 * random.nextDouble();
                }
                engine.setParametersFromDouble(parameters);
                for (int i = 0; i < 20; i++) {
                    double[] row = row(engine.table(), random, i > 0);
                    double[] expected = expected(engine, row);
                    double[] found = used.use(engine, row);
                    for (int u = 0; u < 3; u++) {
                        assertThat(found[u]).isCloseTo(expected[u], within(precision));
                        assertThat(found[(int) found[3]]).isGreaterThanOrEqualTo(found[u]);
                    }
                }
            }
        }
    }

    /** Rows of a size about 10, so that a float, and what the first layer takes over, is right to some 1e-5. */
    private static Offset<Double> within(Precision precision) {
        return Offset.offset(precision == Precision.FLOAT ? 2e-5 : 1e-13);
    }

    static Fitted fitted(Table table, Random random) {
        double[][] rows =
                IntStream.range(0, 30).mapToObj(i -> row(table, random, true)).toArray(double[][]::new);
        double[][] values = new double[table.columns().size()][rows.length];
        for (int c = 0; c < values.length; c++) {
            for (int r = 0; r < rows.length; r++) {
                values[c][r] = rows[r][c];
            }
        }
        double[][] targets = table.targets().stream()
                .map(target ->
                        IntStream.range(0, 30).mapToDouble(i -> 3 + i % 7).toArray())
                .toArray(double[][]::new);
        return table.fit(values, targets);
    }

    static double[] row(Table table, Random random, boolean gaps) {
        return table.columns().stream()
                .mapToDouble(column ->
                        gaps && column.optional() && random.nextInt(4) == 0 ? Double.NaN : value(column, random))
                .toArray();
    }

    private static double value(Column column, Random random) {
        if (column.kind() == ColumnKind.NUMBER) {
            return (float) (5 + 4 * random.nextDouble());
        }
        return random.nextInt(Math.max(2, column.categories().size()));
    }

    /** Outputs of the inputs, transformed in double, in the units of their targets. */
    private static double[] expected(TableEngine engine, double... row) {
        double[] features = new double[engine.network().inputs()];
        engine.fitted().features(row, features, 0);
        double[] outputs = engine.predict(Dataset.of(features, features.length));
        for (int t = 0; t < engine.table().targets().size(); t++) {
            outputs[t] = engine.fitted().undo(t, outputs[t]);
        }
        return outputs;
    }

    @ParameterizedTest
    @MethodSource("io.github.layerc.network.Precision#values")
    void predictTargetsInTheirOwnUnits(Precision precision) {
        UsedTable used = new UsedTable(PRICE.formatted(precision.keyword()), PRICE_USED.formatted(precision.keyword()));
        Random random = new Random(6);
        try (TableEngine engine = used.create(1, Target.SCALAR)) {
            engine.setFitted(fitted(engine.table(), random));
            engine.initialize();
            double[] row = row(engine.table(), random, false);
            double[] expected = expected(engine, row);
            double[] found = used.use(engine, row);

            assertThat(found[0]).isCloseTo(expected[0], within(precision));
            assertThat(found[1]).isCloseTo(expected[1], within(precision));
        }
    }

    static Stream<Arguments> binary() {
        return Stream.of(Arguments.of("sigmoid", "binary_cross_entropy"), Arguments.of("identity", "hinge"));
    }

    @ParameterizedTest
    @MethodSource("binary")
    void tellTwoClassesByOneOutput(String activation, String loss) {
        UsedTable used = new UsedTable(SPAM.formatted(activation, loss), SPAM_USED);
        Random random = new Random(7);
        try (TableEngine engine = used.create(1, Target.VECTOR)) {
            engine.setFitted(fitted(engine.table(), random));
            engine.initialize();
            double threshold = engine.network().loss().targets().threshold();
            int ones = 0;
            for (int i = 0; i < 40; i++) {
                double[] row = row(engine.table(), random, false);
                int expected = expected(engine, row)[0] > threshold ? 1 : 0;
                assertThat(used.use(engine, row)[0]).isEqualTo(expected);
                ones += expected;
            }
            assertThat(ones).as("both classes are there").isBetween(1, 39);
        }
    }

    @Test
    void doNotAllocate() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        UsedTable used = new UsedTable(SPAM.formatted("sigmoid", "binary_cross_entropy"), SPAM_USED);
        try (TableEngine engine = used.create(1, Target.SCALAR)) {
            engine.setFitted(fitted(engine.table(), new Random(8)));
            engine.initialize();
            long least = Long.MAX_VALUE;
            for (int window = 0; window < 5; window++) {
                long before = threads.getThreadAllocatedBytes(thread);
                used.use(engine);
                least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
            }
            // of 1000 rows
            assertThat(least).isLessThan(1000);
        }
    }

    @Test
    void refuseARowWithoutAValueThatMustBeThere() {
        UsedTable used = new UsedTable(SPAM.formatted("sigmoid", "binary_cross_entropy"), SPAM_USED);
        try (TableEngine engine = used.create(1, Target.SCALAR)) {
            assertThatThrownBy(() -> used.use(engine, 1, 2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("network Spam knows no training rows yet: load a model or call setFitted");
            engine.setFitted(fitted(engine.table(), new Random(8)));
            assertThatThrownBy(() -> used.use(engine, 1, 2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Spam");
            engine.initialize();
            assertThatThrownBy(() -> used.use(engine, 1, Double.NaN))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("network Spam: column words must have a value: value=NaN");
        }
    }

    @Test
    void refuseWhatAnotherTableLearned() {
        UsedTable used = new UsedTable(SPAM.formatted("sigmoid", "binary_cross_entropy"), SPAM_USED);
        Table other = Table.builder()
                .column(Column.number("links"))
                .label("spam", "a", "b")
                .build();
        try (TableEngine engine = used.create(1, Target.SCALAR)) {
            assertThatThrownBy(() -> engine.setFitted(other.fit(new double[][] {{1}}, new double[0][])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("network Spam has another table: columns=1");
        }
    }

    /** What a user sees who renames a column in the spec, and not in the program. */
    @Test
    void aRenamedColumnIsAnErrorOfTheCompiler() {
        String renamed = PRICE.formatted("float").replace("days to sell", "days until sold");

        assertThatThrownBy(() -> new UsedTable(renamed, PRICE_USED.formatted("float")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("cannot find symbol")
                .hasMessageContaining("daysToSell()");
    }

    @Test
    void everyNameThatAColumnCanHaveCompiles() {
        Compilation compilation = Compiler.compile(SpecReader.read("t.yaml", odd()), Options.DEFAULT);

        assertThat(compilation.classFiles()).containsKey("p.Odd$Label");
    }

    /** A spec whose columns have names that Java, or the class itself, has too. */
    static String odd() {
        String[] names = {
            "Row",
            "Label",
            "Odd",
            "string",
            "Object",
            "target",
            "network",
            "int",
            "class",
            "1",
            "?",
            "\u00e9t\u00e9",
            "a b",
            "a_b",
            "a-b",
            "A B",
            "get class",
            "hash code",
            "record",
            "var",
            "OddVector",
            "odd scalar",
            "odd choice",
            "float instance",
            "list",
            "*/",
            "{@code",
            "</pre>",
            "$",
            "\\u000a",
            "Override",
            "Table",
            "fitted",
            "rows",
            "features",
            "NaN",
            "float",
            "Math",
            "prediction"
        };
        StringBuilder columns = new StringBuilder();
        for (String name : names) {
            columns.append("    - {name: '")
                    .append(name)
                    .append("', values: ['")
                    .append(name)
                    .append("', yes, 'x y', x_y]}\n");
        }
        return """
                network: Odd
                package: p
                input:
                  columns:
                %soutput: {label: odd label, classes: ["*/", "@", "1", "A", "a"]}
                layers: [{units: 5, activation: softmax}]
                loss: categorical_cross_entropy
                """.formatted(columns);
    }

    @Test
    void refusesMoreColumnsThanAConstructorTakes() {
        String wide = """
                network: Wide
                input: {columns: [%s]}
                output: {targets: [y]}
                layers: [{units: 1, activation: identity}]
                loss: mean_squared_error
                precision: %s
                """;
        String names =
                String.join(", ", IntStream.range(0, 254).mapToObj(i -> "c" + i).toList());

        Compilation most = Compiler.compile(SpecReader.read("w.yaml", wide.formatted(names, "float")), Options.DEFAULT);
        assertThat(most.classFiles()).containsKey("Wide$Row");
        assertThatThrownBy(() ->
                        Compiler.compile(SpecReader.read("w.yaml", wide.formatted(names, "double")), Options.DEFAULT))
                .isInstanceOf(CompileException.class)
                .hasMessage(
                        "network Wide: a row has more columns than a constructor of Java can have arguments: expected"
                                + " patterns of names such as x{0..99}, which are one array each: columns=254");
        Compilation grouped = Compiler.compile(
                SpecReader.read("w.yaml", wide.formatted("{name: 'c{0..9999}'}", "double")), Options.DEFAULT);
        assertThat(grouped.classFiles()).containsKey("Wide$Row");
    }
}
