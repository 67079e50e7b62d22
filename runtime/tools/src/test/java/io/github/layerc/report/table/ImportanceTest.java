package io.github.layerc.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.report.table.Importance.Drop;
import io.github.layerc.table.Column;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Line;
import io.github.layerc.table.Missing;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImportanceTest {
    private static Fitted fitted(Table table) {
        double[] fill = table.columns().stream()
                .mapToDouble(column -> column.optional() ? 0 : Double.NaN)
                .toArray();
        return new Fitted(
                table,
                fill,
                table.columns().stream().map(column -> Line.IDENTITY).toArray(Line[]::new),
                table.targets().stream().map(target -> new Line(100, 7)).toArray(Line[]::new));
    }

    /** Noise, a category of three inputs and an indicator, which alone decides, and more noise. */
    private static Table.Builder columns() {
        return Table.builder()
                .column(Column.number("noise"))
                .column(Column.category("colour", "red", "green", "blue").with(Missing.INDICATOR))
                .column(Column.number("other noise"));
    }

    /** Each row has one of the four inputs of the category. */
    private static double[] samples(int count) {
        Random random = new Random(2);
        double[] samples = new double[count * 6];
        for (int s = 0; s < count; s++) {
            samples[s * 6] = random.nextGaussian();
            samples[s * 6 + 1 + s % 4] = 1;
            samples[s * 6 + 5] = random.nextGaussian();
        }
        return samples;
    }

    private static Importance regression(int count, double... parameters) {
        Table table = columns().target("y", Transform.STANDARDIZE).build();
        Network network = Network.builder("", "N")
                .input(Input.flat(6))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(Precision.DOUBLE)
                .build();
        double[] targets = new double[count];
        for (int s = 0; s < count; s++) {
            targets[s] = s % 4;
        }
        try (Engine engine = Interpreter.create(network, 64)) {
            engine.setParametersFromDouble(parameters);
            return Importance.of(engine, Dataset.of(samples(count), 6, targets, 1), fitted(table));
        }
    }

    /** Of shuffled values, the mean square of the residual is twice the variance: R2 falls from 1 to -1. */
    @Test
    void findsTheOnlyColumnThatMattersOfARegression() {
        Importance importance = regression(400, 0, 0, 1, 2, 3, 0, 0);

        assertThat(importance.score()).isEqualTo("R2");
        assertThat(importance.base()).isCloseTo(1, within(1e-12));
        assertThat(importance.drops()).extracting(Drop::column).containsExactly("colour", "noise", "other noise");
        Drop colour = importance.drops().get(0);
        assertThat(colour.mean()).isCloseTo(2, within(0.15));
        assertThat(colour.deviation()).isBetween(0.001, 0.2);
        for (Drop noise : importance.drops().subList(1, 3)) {
            assertThat(noise.mean()).isZero();
            assertThat(noise.deviation()).isZero();
        }
    }

    /** Noise that the network does read makes it worse as it is: shuffling changes nothing on average. */
    @Test
    void aColumnOfNoiseThatIsReadIsWorthAboutNothing() {
        Importance importance = regression(400, 0.1, 0, 1, 2, 3, 0, 0);
        Drop noise = importance.drops().stream()
                .filter(drop -> drop.column().equals("noise"))
                .findFirst()
                .orElseThrow();
        assertThat(noise.mean()).isCloseTo(0, within(0.01));
    }

    @Test
    void findsTheOnlyColumnThatMattersForClasses() {
        Table table = columns().label("class", "no", "yes").build();
        Network network = Network.builder("", "N")
                .input(Input.flat(6))
                .layer(1, Activation.SIGMOID)
                .build();
        int[] labels = new int[400];
        for (int s = 0; s < labels.length; s++) {
            labels[s] = s % 4 > 1 ? 1 : 0;
        }
        try (Engine engine = Interpreter.create(network, 64)) {
            engine.setParametersFromDouble(new double[] {0, -9, -9, 9, 9, 0, 0});
            Importance importance = Importance.of(engine, Dataset.of(samples(400), 6, labels, 1), fitted(table));

            assertThat(importance.score()).isEqualTo("accuracy");
            assertThat(importance.base()).isEqualTo(1);
            assertThat(importance.drops().get(0).column()).isEqualTo("colour");
            assertThat(importance.drops().get(0).mean()).isCloseTo(0.5, within(0.05));
            assertThat(importance.drops().get(1).mean()).isZero();
        }
    }

    @Test
    void takesSomeOfManyRowsAlwaysTheSame() {
        Importance importance = regression(5000, 0, 0, 1, 2, 3, 0, 0);
        assertThat(importance.rows()).isEqualTo(2000);
        assertThat(importance.allRows()).isEqualTo(5000);
        assertThat(regression(5000, 0, 0, 1, 2, 3, 0, 0)).isEqualTo(importance);
    }

    /** Each column takes 5 shuffles of 100 rows and 24,017 products for each, which leaves 1,665 of them. */
    @Test
    void takesSomeOfManyColumnsOfALargeNetwork() {
        Table table = Table.builder()
                .columns(Column.numbers("x_{1..3000}", Transform.NONE, Missing.ERROR))
                .target("y", Transform.NONE)
                .build();
        Network network = Network.builder("", "N")
                .input(Input.flat(3000))
                .layer(8, Activation.RELU)
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
        try (Engine engine = Interpreter.create(network, 64)) {
            engine.initialize();
            Dataset test = Dataset.of(new Random(1).doubles(3 * 3000).toArray(), 3000, new double[] {1, 2, 3}, 1);
            Importance importance = Importance.of(engine, test, fitted(table));
            assertThat(importance.allColumns()).isEqualTo(3000);
            assertThat(importance.drops()).hasSize(1665);
        }
    }

    @Test
    void measuresNothingWhereAScoreIsNoNumber() {
        assertThat(regression(400, 1e300, 0, 0, 0, 0, 0, 0).drops()).isEmpty();
        assertThat(regression(1, 0, 0, 1, 2, 3, 0, 0).drops()).isEmpty();
        assertThat(List.of(regression(2, 0, 0, 1, 2, 3, 0, 0).drops().size())).containsExactly(3);
    }
}
