package io.github.layerc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.layerc.data.Dataset;
import io.github.layerc.data.TrainingState;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchesTest {

    /** The permutations are those of NumPy's {@code RandomState(3)}. */
    @Test
    void cutsEveryEpochIntoSlices() {
        assertThat(steps(new Batches(7, 3, 3), 7))
                .containsExactly("[4, 6, 5]", "[3, 1, 0]", "[2]", "[6, 4, 1]", "[2, 3, 5]", "[0]", "[6, 1, 3]");
        assertThat(steps(new Batches(7, 6, 3), 3)).containsExactly("[4, 6, 5, 3, 1, 0]", "[2]", "[6, 4, 1, 2, 3, 5]");
        assertThat(steps(new Batches(3, 1, 3), 4)).hasSize(4).allMatch(rows -> rows.length() == 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, Integer.MAX_VALUE})
    void takesAllSamplesInOrderWhereTheyAreOneBatch(int batch) {
        assertThat(steps(new Batches(7, batch, 3), 2)).containsExactly("all", "all");
    }

    /** The batches after any number of steps are those of other batches with the state of then. */
    @ParameterizedTest
    @CsvSource({"7, 3", "7, 0", "1, 1", "8, 4"})
    void goOnWhereOthersWere(int count, int batch) {
        for (int before = 0; before < 8; before++) {
            Batches whole = new Batches(count, batch, 3);
            steps(whole, before);
            Batches resumed = new Batches(count, batch, 99);
            resumed.restore(whole.state());
            assertThat(resumed.isEndOfEpoch()).isEqualTo(whole.isEndOfEpoch());
            assertThat(resumed.nextRows()).isEqualTo(whole.nextRows());
            assertThat(steps(resumed, 9)).isEqualTo(steps(whole, 9));
        }
    }

    @Test
    void refusesTheStateOfOtherSamples() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batches(7, 3, 3).restore(new Batches(8, 3, 3).state()))
                .withMessage("batches must be of 7 samples, with batch 3: rows=8");
    }

    /** Looking at the next batch does not change what follows. */
    @Test
    void nextRowsStayTheNext() {
        Batches batches = new Batches(7, 3, 3);
        assertThat(batches.nextRows()).containsExactly(4, 6, 5);
        assertThat(steps(batches, 2)).containsExactly("[4, 6, 5]", "[3, 1, 0]");
        assertThat(batches.isEndOfEpoch()).isFalse();
        assertThat(batches.nextRows()).containsExactly(2);
        assertThat(steps(batches, 1)).containsExactly("[2]");
        assertThat(batches.isEndOfEpoch()).isTrue();
        assertThat(new Batches(3, 0, 3).nextRows()).containsExactly(0, 1, 2);
    }

    private static List<String> steps(Batches batches, int count) {
        List<String> steps = new ArrayList<>();
        try (Training training = recording(steps)) {
            for (int i = 0; i < count; i++) {
                assertThat(batches.step(training, 0.25)).isEqualTo(steps.size());
            }
        }
        return steps;
    }

    private static Training recording(List<String> steps) {
        return new Training() {
            @Override
            public int count() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double step(double learningRate) {
                assertThat(learningRate).isEqualTo(0.25);
                steps.add("all");
                return steps.size();
            }

            @Override
            public double step(int[] rows, int from, int to, double learningRate) {
                assertThat(learningRate).isEqualTo(0.25);
                steps.add(Arrays.toString(Arrays.copyOfRange(rows, from, to)));
                return steps.size();
            }

            @Override
            public double gradients(int[] rows, int from, int to, double[] out) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void apply(double[] gradients, double learningRate) {
                throw new UnsupportedOperationException();
            }

            @Override
            public TrainingState state() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void restore(TrainingState state) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void useAverage(boolean wanted) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Form form() {
                throw new UnsupportedOperationException();
            }

            @Override
            public String formReason() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Evaluation evaluate(Dataset data) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
    }
}
