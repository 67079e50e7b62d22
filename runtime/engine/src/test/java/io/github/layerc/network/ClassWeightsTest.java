package io.github.layerc.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassWeightsTest {
    /** {@code compute_class_weight("balanced", classes=np.unique(y), y=y)} of scikit-learn, with a class that no sample is of. */
    @Test
    void balancedAreThoseOfScikitLearn() {
        assertThat(ClassWeights.BALANCED.of(new int[] {1, 3, 0, 4})).containsExactly(8 / 3.0, 8 / 9.0, 0, 8 / 12.0);
        assertThat(ClassWeights.of(2, 0).of(new int[] {1, 3})).containsExactly(2, 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.POSITIVE_INFINITY, Double.NaN})
    void refusesWhatIsNoWeight(double weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassWeights.of(1, weight))
                .withMessage("class 1: weight must be at least 0 and finite: weight=" + weight);
    }

    @Test
    void refusesWhatLeavesNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassWeights.of(0, 0))
                .withMessage("class weights must have one above 0: weights=[0.0, 0.0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassWeights.of(1))
                .withMessage("class weights must be of 2 classes or more: classes=1");
    }

    @Test
    void isTextAsInASpec() {
        assertThat(ClassWeights.of(0.5, 3)).hasToString("[0.5, 3.0]");
        assertThat(ClassWeights.BALANCED).hasToString("balanced");
    }
}
