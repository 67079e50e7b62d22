package io.github.layerc.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Precision;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a table makes of rows, what it learns of them, and what it refuses. */
class TableTest {
    private static final double NONE = Double.NaN;

    private static double[] features(Column column, double value) {
        Fitted fitted = Table.builder().column(column).build().fit(new double[][] {{0, 1, 1, NONE}}, new double[0][]);
        double[] features = new double[column.features()];
        fitted.features(new double[] {value}, features, 0);
        return features;
    }

    static Stream<Arguments> rows() {
        Column colour = Column.category("colour", "red", "green", "blue");
        Column truth = Column.bool("truth");
        return Stream.of(
                Arguments.of(colour, 1, new double[] {0, 1, 0}),
                Arguments.of(colour, NONE, new double[] {NONE, NONE, NONE}),
                Arguments.of(colour.with(Missing.INDICATOR), 2, new double[] {0, 0, 1, 0}),
                Arguments.of(colour.with(Missing.INDICATOR), NONE, new double[] {0, 0, 0, 1}),
                Arguments.of(colour.with(Missing.constant(2)), NONE, new double[] {0, 0, 1}),
                Arguments.of(colour.with(Transform.ORDINAL), 2, new double[] {2}),
                Arguments.of(colour.with(Transform.ORDINAL).with(Missing.INDICATOR), NONE, new double[] {0, 1}),
                Arguments.of(truth, 1, new double[] {1}),
                Arguments.of(truth, NONE, new double[] {NONE}),
                Arguments.of(truth.with(Missing.constant(1)), NONE, new double[] {1}),
                Arguments.of(truth.with(Missing.INDICATOR), NONE, new double[] {0, 1}),
                Arguments.of(Column.number("n").with(Missing.MEAN), NONE, new double[] {2.0 / 3}),
                Arguments.of(Column.number("n").with(Missing.MEDIAN), NONE, new double[] {1}));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void makesInputsOfValues(Column column, double value, double[] expected) {
        assertThat(features(column, value)).containsExactly(expected);
        assertThat(column.featureNames()).hasSize(expected.length);
    }

    @Test
    void namesItsInputs() {
        Table table = Table.builder()
                .column(Column.category("colour", "red", "green").with(Missing.INDICATOR))
                .columns(Column.numbers("x{0..1}", Transform.NONE, Missing.ERROR))
                .build();

        assertThat(table.featureNames()).containsExactly("colour=red", "colour=green", "colour is missing", "x0", "x1");
        assertThat(table.features()).isEqualTo(5);
    }

    @Test
    void expandsRangesTheLastOneTheFastest() {
        assertThat(ColumnNames.of("a_{0..1}_{9..10}b")).containsExactly("a_0_9b", "a_0_10b", "a_1_9b", "a_1_10b");
        assertThat(ColumnNames.group("a_{0..1}_{9..10}b")).isEqualTo("a b");
        assertThat(ColumnNames.of("{2..1}")).isEmpty();
        assertThat(ColumnNames.of("{0..99999}")).hasSize(ColumnNames.MOST);
        assertThat(ColumnNames.of("{0..100000}")).isEmpty();
    }

    @Test
    void undoesTheTransformationOfATarget() {
        for (Transform transform : Transform.all()) {
            if (!transform.goesWithTargets()) {
                continue;
            }
            Table table = Table.builder()
                    .column(Column.number("x"))
                    .target("y", transform)
                    .build();
            Fitted fitted = table.fit(new double[][] {{1, 2}}, new double[][] {{3, 8, 40}});

            assertThat(fitted.undo(0, fitted.target(0, 17.5)))
                    .as(transform.text())
                    .isCloseTo(17.5, Offset.offset(1e-12));
        }
    }

    static Stream<Arguments> refused() {
        Column number = Column.number("n");
        Table.Builder table = Table.builder();
        return Stream.of(
                refused("a column must have a name: name=", () -> Column.number("")),
                refused(
                        "column c: 2 or more categories go with kind category: categories=[a]",
                        () -> Column.category("c", "a")),
                refused(
                        "column c: categories must be different: categories=[a, a]",
                        () -> Column.category("c", "a", "a")),
                refused(
                        "column n: a number cannot have: transform=one_hot, missing=error",
                        () -> number.with(Transform.ONE_HOT)),
                refused(
                        "column c: a category cannot have: transform=one_hot, missing=mean",
                        () -> Column.category("c", "a", "b").with(Missing.MEAN)),
                refused(
                        "column c: constant is no value of the column: value=2.0",
                        () -> Column.category("c", "a", "b").with(Missing.constant(2))),
                refused(
                        "column n: constant is no value of the column: value=-1.0",
                        () -> number.with(Transform.LOG1P).with(Missing.constant(-1))),
                refused("factor must be finite and not zero: factor=0.0", () -> Transform.scale(0)),
                refused("value must be finite: value=NaN", () -> Missing.constant(NONE)),
                refused(
                        "label l: classes must be two or more, and different: classes=[a]",
                        () -> new Label("l", List.of("a"))),
                refused("target t cannot have: transform=one_hot", () -> new Target("t", Transform.ONE_HOT)),
                refused("a table must have a column: columns=[]", table::build),
                refused(
                        "columns must have different names: name=n",
                        () -> Table.builder().column(number).column(number).build()),
                refused(
                        "columns must have different names: name=n",
                        () -> Table.builder()
                                .column(number)
                                .target("n", Transform.NONE)
                                .build()),
                refused(
                        "a table has a label or targets: label=l, targets=[Target[name=t, transform=none]]",
                        () -> Table.builder()
                                .column(number)
                                .label("l", "a", "b")
                                .target("t", Transform.NONE)
                                .build()),
                refused(
                        "a column goes with group and time: kind=time, column=",
                        () -> Split.of(Split.Kind.TIME, 0.1, 1)),
                refused(
                        "share of the test must be above 0 and below 1: test=1.0",
                        () -> Split.of(Split.Kind.RANDOM, 1, 1)),
                refused(
                        "column n: no value in the training rows: expected one or more: found 2 rows without",
                        () -> Table.builder()
                                .column(number.with(Missing.MEAN))
                                .build()
                                .fit(new double[][] {{NONE, NONE}}, new double[0][])),
                refused(
                        "column n: min_max: center and scale must be finite, scale not 0: center=-1.7E308, scale=Infinity",
                        () -> Table.builder()
                                .column(number.with(Transform.MIN_MAX))
                                .build()
                                .fit(new double[][] {{-1.7e308, 1.7e308}}, new double[0][])));
    }

    private static Arguments refused(String message, Supplier<?> what) {
        return Arguments.of(message, what);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesInOneLine(String message, Supplier<?> what) {
        assertThatThrownBy(what::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesANetworkOfOtherInputsOrOutputs() {
        Table table = Table.builder()
                .column(Column.number("n"))
                .label("l", "a", "b", "c")
                .build();

        table.requireFits(network(1, 3));
        assertThatThrownBy(() -> table.requireFits(network(2, 3)))
                .hasMessage("network N does not fit the table: inputs=2 of 1, outputs=3 of 3, loss=hinge");
        assertThatThrownBy(() -> table.requireFits(network(1, 2)))
                .hasMessage("network N does not fit the table: inputs=1 of 1, outputs=2 of 3, loss=hinge");
    }

    @Test
    void keepsTheSignOfAnOutputThatIsZero() {
        assertThat(Line.IDENTITY.undo(-0.0)).isEqualTo(-0.0);
        assertThat(new Line(0, 2).undo(-0.0)).isEqualTo(-0.0);
        assertThat(new Line(3, 2).undo(-0.0)).isEqualTo(3);
    }

    @Test
    void foldsIntoItsOwnNetworkAlone() {
        Fitted fitted = Table.builder()
                .column(Column.number("n").with(Transform.STANDARDIZE))
                .label("l", "a", "b")
                .build()
                .fit(new double[][] {{1, 5}}, new double[0][]);
        double[] parameters = {4, -2, 0.5, 1};

        fitted.foldInto(network(1, 2), parameters);

        assertThat(parameters).containsExactly(2, -1, -5.5, 4);
        assertThatThrownBy(() -> fitted.foldInto(network(2, 2), new double[6]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network N does not fit the table: inputs=2 of 1, outputs=2 of 2, loss=hinge");
        assertThatThrownBy(() -> fitted.foldInto(network(1, 2), new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network N has 4 parameters: length=3");
        Network normalised = Network.builder("", "N")
                .input(Input.flat(1))
                .layer(2, Activation.IDENTITY)
                .normalization(Normalization.LAYER_NORM)
                .layer(2, Activation.IDENTITY)
                .loss(Loss.HINGE)
                .build();
        assertThatThrownBy(() -> fitted.foldInto(normalised, new double[normalised.parameterCount()]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network N: layer 1 must have no normalization: normalization=layer_norm");
    }

    @Test
    void refusesFillValuesThatAPrecisionHasNot() {
        Fitted fitted = Table.builder()
                .column(Column.number("n"))
                .column(Column.number("m").with(Missing.constant(-1e39)))
                .build()
                .fit(new double[][] {{1, 2}, {1, 2}}, new double[0][]);

        fitted.requireFits(Precision.DOUBLE);
        assertThatThrownBy(() -> fitted.requireFits(Precision.FLOAT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column m: fill value must be finite in float: fill=-1.0E39");
    }

    private static Network network(int inputs, int outputs) {
        return Network.builder("", "N")
                .input(Input.flat(inputs))
                .layer(outputs, Activation.IDENTITY)
                .loss(Loss.HINGE)
                .build();
    }
}
