package io.github.layerc.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Penalty;
import io.github.layerc.network.TrainingSettings;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The formulas themselves are tested with whole trainings; here, what happens at the ends of a range and to zeros. */
final class FloatUpdateTest {

    static Stream<Optimizer> elementWise() {
        return Optimizer.all().stream().filter(optimizer -> !optimizer.searches());
    }

    @ParameterizedTest
    @MethodSource("elementWise")
    void touchesItsRangeOnlyAndKeepsElementsApart(Optimizer optimizer) {
        FloatUpdate update = new FloatUpdate(new TrainingSettings(optimizer, 1, 1));
        for (int from = 0; from < 4; from++) {
            for (int to = from; to <= 9; to++) {
                float[] parameters = {1, 2, 3, 4, 0, 6, 7, 8, 9};
                float[] gradients = {7, 7, 7, 7, 7, 7, 7, 7, 7};
                float[][] slots = new float[optimizer.slots().size()][];
                Arrays.setAll(slots, slot -> new float[] {3, 3, 3, 3, 0, 3, 3, 3, 3});
                update.prepare(parameters, gradients, from, to, new Penalty(0, 0.5));
                for (int i = 0; i < 9; i++) {
                    boolean inside = i >= from && i < to;
                    assertThat(gradients[i]).isEqualTo(inside ? parameters[i] / 2 : 7);
                }

                update.apply(parameters, gradients, slots, 3, from, to, 0.25);
                for (int i = 0; i < 9; i++) {
                    boolean changes = i >= from && i < to && i != 4;
                    float before = i == 4 ? 0 : i + 1;
                    assertThat(parameters[i] != before).isEqualTo(changes);
                    for (float[] slot : slots) {
                        assertThat(slot[i] != (i == 4 ? 0 : 3)).isEqualTo(changes);
                    }
                }
            }
        }
    }

    /** The sign of a zero is 0, whatever its own. */
    @Test
    void gradientsOfAPenaltyHaveTheSignOfTheWeight() {
        FloatUpdate update = new FloatUpdate(TrainingSettings.DEFAULT);
        float[] gradients = {7, 7, 7, 7, 7, 7};
        update.prepare(new float[] {9, 2, -4, 0, -0f, 9}, gradients, 1, 5, new Penalty(0.5, 0.25));
        assertThat(gradients).containsExactly(7, 1, -1.5f, 0, -0f, 7);
    }

    @Test
    void sumsSquaresAndMagnitudesOfEveryLength() {
        float[] values = {3, 1, -2, 3, -4, 5, 6, 7, 8, 9};
        double squares = 0;
        double magnitudes = 0;
        for (int to = 1; to < values.length; to++) {
            assertThat(FloatUpdate.sumOfSquares(values, 1, to)).isEqualTo(squares);
            assertThat(FloatUpdate.sumOfMagnitudes(values, 1, to)).isEqualTo(magnitudes);
            squares += values[to] * values[to];
            magnitudes += Math.abs(values[to]);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.layerc.network.Optimizer#all")
    void withoutDecayGradientsStartAtZero(Optimizer optimizer) {
        FloatUpdate update = new FloatUpdate(new TrainingSettings(optimizer, 1, 1));
        float[] gradients = {7, Float.NaN, 7};
        update.prepare(new float[] {1, 2, 3}, gradients, 0, 2, Penalty.NONE);
        assertThat(gradients).containsExactly(0, 0, 7);
    }

    /** Decay is apart from the update, since its caller knows which parameters are weights. */
    @ParameterizedTest
    @MethodSource("io.github.layerc.network.Optimizer#all")
    void decaysWithinItsRange(Optimizer optimizer) {
        FloatUpdate update = new FloatUpdate(new TrainingSettings(optimizer, 1, 1));
        float[] weights = {1, 2, 3, 4};
        update.decay(weights, 1, 3, 0.5);
        float share = (float) (0.5 * optimizer.weightDecay());
        assertThat(weights).containsExactly(1, 2 - share * 2, 3 - share * 3, 4);
        assertThat(optimizer.weightDecay()).isEqualTo(optimizer.keyword().equals("adamw") ? 0.01 : 0);
    }
}
