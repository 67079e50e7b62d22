package io.github.layerc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Optimizer;
import io.github.layerc.network.TrainingSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The formulas themselves are tested with whole trainings; here, what happens at the ends of a range and to zeros. */
final class FloatUpdateTest {

    @ParameterizedTest
    @EnumSource
    void touchesItsRangeOnlyAndKeepsZeros(Optimizer optimizer) {
        FloatUpdate update = new FloatUpdate(new TrainingSettings(optimizer, 1, 1));
        for (int from = 0; from < 4; from++) {
            for (int to = from; to <= 9; to++) {
                float[] parameters = {1, 2, 3, 4, 0, 6, 7, 8, 9};
                float[] gradients = {7, 7, 7, 7, 7, 7, 7, 7, 7};
                float[] velocity = {1, 1, 1, 1, 0, 1, 1, 1, 1};
                double penalty = update.prepare(parameters, gradients, from, to, 0.5);
                double squares = 0;
                for (int i = 0; i < 9; i++) {
                    boolean inside = i >= from && i < to;
                    squares += inside ? parameters[i] * parameters[i] : 0;
                    assertThat(gradients[i]).isEqualTo(inside ? parameters[i] / 2 : 7);
                }
                assertThat(penalty).isEqualTo(squares / 4);

                update.apply(parameters, gradients, velocity, from, to, 0.25);
                for (int i = 0; i < 9; i++) {
                    boolean changes = i >= from && i < to && i != 4;
                    float before = i == 4 ? 0 : i + 1;
                    assertThat(parameters[i] != before).isEqualTo(changes);
                    boolean accelerates = changes && optimizer.hasMomentum();
                    assertThat(velocity[i] != (i == 4 ? 0 : 1)).isEqualTo(accelerates);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutDecayGradientsStartAtZero(Optimizer optimizer) {
        FloatUpdate update = new FloatUpdate(new TrainingSettings(optimizer, 1, 1));
        float[] gradients = {7, Float.NaN, 7};
        assertThat(update.prepare(new float[] {1, 2, 3}, gradients, 0, 2, 0)).isZero();
        assertThat(gradients).containsExactly(0, 0, 7);
    }
}
