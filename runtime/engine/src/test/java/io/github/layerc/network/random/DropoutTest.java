package io.github.layerc.network.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
    private static final int MANY = 100_000;

    /** Five deviations of a share among so many. */
    private static double bound(double rate) {
        return 5 * Math.sqrt(rate * (1 - rate) / MANY);
    }

    private static double share(IntPredicate kept) {
        return IntStream.range(0, MANY).filter(kept.negate()).count() / (double) MANY;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.2, 0.5, 0.9})
    void leavesOutTheShareAlongEveryAxis(double rate) {
        int dropped = Dropout.dropped(rate);
        long key = Dropout.key(1, 0);
        assertThat(share(unit -> Dropout.keeps(key, 1, 0, unit, dropped))).isCloseTo(rate, within(bound(rate)));
        assertThat(share(sample -> Dropout.keeps(key, 1, sample, 0, dropped))).isCloseTo(rate, within(bound(rate)));
        assertThat(share(layer -> Dropout.keeps(key, layer, 0, 0, dropped))).isCloseTo(rate, within(bound(rate)));
        assertThat(share(update -> Dropout.keeps(Dropout.key(1, update), 1, 0, 0, dropped)))
                .isCloseTo(rate, within(bound(rate)));
        assertThat(share(seed -> Dropout.keeps(Dropout.key(seed, 0), 1, 0, 0, dropped)))
                .isCloseTo(rate, within(bound(rate)));
    }

    /** Neighbours, and the same place in the next update, are left out independently of each other. */
    @Test
    void placesDoNotDependOnEachOther() {
        int dropped = Dropout.dropped(0.5);
        long key = Dropout.key(1, 3);
        long next = Dropout.key(1, 4);
        IntPredicate here = i -> Dropout.keeps(key, 1, i / 100, i % 100, dropped);
        assertThat(share(i -> here.test(i) == Dropout.keeps(key, 1, i / 100, i % 100 + 1, dropped)))
                .isCloseTo(0.5, within(bound(0.5)));
        assertThat(share(i -> here.test(i) == Dropout.keeps(key, 1, i / 100 + 1, i % 100, dropped)))
                .isCloseTo(0.5, within(bound(0.5)));
        assertThat(share(i -> here.test(i) == Dropout.keeps(key, 2, i / 100, i % 100, dropped)))
                .isCloseTo(0.5, within(bound(0.5)));
        assertThat(share(i -> here.test(i) == Dropout.keeps(next, 1, i / 100, i % 100, dropped)))
                .isCloseTo(0.5, within(bound(0.5)));
    }

    @Test
    void keepsTheMean() {
        for (double rate : new double[] {0.1, 0.5, 0.75}) {
            int dropped = Dropout.dropped(rate);
            assertThat(Dropout.scale(dropped) * (1 - rate)).isCloseTo(1, within(1e-7));
        }
        assertThat(Dropout.scale(Dropout.dropped(0.5))).isEqualTo(2);
    }

    @Test
    void leavesOutNothingWithoutAKey() {
        assertThat(share(unit -> Dropout.keeps(Dropout.NONE, 1, 0, unit, Dropout.dropped(0.9))))
                .isZero();
        assertThat(IntStream.range(0, MANY).mapToLong(update -> Dropout.key(0, update)))
                .doesNotContain(Dropout.NONE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 0.99999999999, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesARateThatLeavesNothing(double rate) {
        Network.Builder builder =
                Network.builder("", "Net").input(Input.flat(2)).layer(3, Activation.RELU);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.dropout(rate))
                .withMessage("layer 1: dropout must be at least 0 and below 1: dropout=" + rate);
    }

    @Test
    void refusesOutputsThatAreLeftOut() {
        Network.Builder builder = Network.builder("", "Net")
                .input(Input.flat(2))
                .layer(1, Activation.SIGMOID)
                .dropout(0.5);
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessage("layer 1: dropout is for layers before the output only: dropout=0.5");
    }
}
