package io.github.layerc.engine.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class RisingMomentumTest {

    @Test
    void risesFromHalf() {
        RisingMomentum momentum = new RisingMomentum(0.9);
        assertThat(momentum.at(0)).isEqualTo(0.45);
        assertThat(momentum.at(250)).isCloseTo(0.9 * 0.52, within(1e-15));
        assertThat(momentum.at(1_000_000)).isEqualTo(0.9);
    }

    /** In the same bits, whatever step it was asked for before: a training may go on from a checkpoint, or start anew. */
    @Test
    void productIsThatOfAllStepsInAnyOrder() {
        RisingMomentum whole = new RisingMomentum(0.9);
        double[] products = new double[50];
        double expected = 1;
        for (int step = 1; step < products.length; step++) {
            expected *= whole.at(step);
            products[step] = whole.product(step);
            assertThat(products[step]).isEqualTo(expected).isEqualTo(whole.product(step));
        }
        RisingMomentum other = new RisingMomentum(0.9);
        for (int step : new int[] {17, 18, 3, 49, 1}) {
            assertThat(other.product(step)).isEqualTo(products[step]);
        }
    }

    /** A product that makes no difference is not multiplied any more: a step after very many comes at once. */
    @Test
    void productVanishes() {
        RisingMomentum momentum = new RisingMomentum(0.9);
        assertThat(1 - momentum.product(Integer.MAX_VALUE)).isEqualTo(1);
        assertThat(momentum.product(2)).isEqualTo(momentum.at(1) * momentum.at(2));
        assertThat(new RisingMomentum(0).product(5)).isZero();
    }
}
