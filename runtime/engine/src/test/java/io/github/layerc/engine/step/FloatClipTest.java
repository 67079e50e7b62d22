package io.github.layerc.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clipped steps are tested with whole trainings; here, what lies between the rows, and numbers that are not finite. */
final class FloatClipTest {
    private static final float NAN = Float.NaN;

    /** Two layers: W1 of 2 rows of 2, a column of padding, and b1 of 2; W2 of one row of 2, and b2 of 1 before the end of the padding. */
    private static float[] clipped(Clip clip, float... gradients) {
        int[] places = {0, 6, 9, 12, 14};
        int[] weightRows = {0, 2, 3, 2, 9, 2, 3, 1};
        new FloatClip(clip, places, weightRows, layers(false)).apply(gradients);
        return gradients;
    }

    private static List<Layer> layers(boolean normalized) {
        Network.Builder network =
                Network.builder("", "Net").input(Input.flat(2)).layer(2, Activation.TANH);
        if (normalized) {
            network.normalization(Normalization.BATCH_NORM);
        }
        return network.layer(1, Activation.SIGMOID).build().layers();
    }

    /** Behind the bias of two units, each with a column of padding, gamma, and a running mean and variance without gradients. */
    @Test
    void gammaIsAnArrayOfItsOwn() {
        float[] gradients = {0, 0, NAN, 0, 0, NAN, 6, 8, NAN, 3, 4, NAN, 0, 0, NAN, 0, 0, NAN, 0, 0, NAN, -1, NAN};
        int[] places = {0, 6, 18, 21, 23};
        int[] weightRows = {0, 2, 3, 2, 18, 2, 3, 1};
        float[] each = gradients.clone();
        new FloatClip(Clip.norm(2.5), places, weightRows, layers(true)).apply(each);
        assertThat(Arrays.copyOfRange(each, 6, 12)).containsExactly(1.5f, 2, NAN, 1.5f, 2, NAN);
        double norm = Math.sqrt(100 + 25 + 1);
        float[] half = gradients.clone();
        new FloatClip(Clip.globalNorm(norm / 2), places, weightRows, layers(true)).apply(half);
        assertThat(Arrays.copyOfRange(half, 6, 12)).containsExactly(3, 4, NAN, 1.5f, 2, NAN);
    }

    private static float[] gradients() {
        return new float[] {3, 0, NAN, 0, 4, NAN, 6, 8, NAN, 0, 0, NAN, -1, NAN};
    }

    @Test
    void normsAreThoseOfEachMatrixAndBias() {
        assertThat(clipped(Clip.norm(2.5), gradients()))
                .containsExactly(1.5f, 0, NAN, 0, 2, NAN, 1.5f, 2, NAN, 0, 0, NAN, -1, NAN);
        assertThat(clipped(Clip.norm(5), gradients()))
                .containsExactly(3, 0, NAN, 0, 4, NAN, 3, 4, NAN, 0, 0, NAN, -1, NAN);
    }

    @Test
    void globalNormIsThatOfAllTogether() {
        double norm = Math.sqrt(25 + 100 + 1);
        float[] half = clipped(Clip.globalNorm(norm / 2), gradients());
        assertThat(half).containsExactly(1.5f, 0, NAN, 0, 2, NAN, 3, 4, NAN, 0, 0, NAN, -0.5f, NAN);
        assertThat(clipped(Clip.globalNorm(norm * 1.001), gradients())).containsExactly(gradients());
    }

    @Test
    void valuesAreThoseOfEachElement() {
        assertThat(clipped(Clip.value(0.5), gradients()))
                .containsExactly(0.5f, 0, NAN, 0, 0.5f, NAN, 0.5f, 0.5f, NAN, 0, 0, NAN, -0.5f, NAN);
    }

    /** Otherwise a training that has diverged would go on with a gradient of 0. */
    @Test
    void normsThatAreNotFiniteClipNothing() {
        for (float value : new float[] {NAN, Float.POSITIVE_INFINITY}) {
            float[] gradients = gradients();
            gradients[1] = value;
            assertThat(clipped(Clip.globalNorm(1), gradients.clone())).containsExactly(gradients);
            float[] each = clipped(Clip.norm(1), gradients.clone());
            assertThat(each).startsWith(3, value, NAN, 0, 4).contains(0.6f, 0.8f);
        }
    }
}
