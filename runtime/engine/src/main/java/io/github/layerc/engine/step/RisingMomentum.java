package io.github.layerc.engine.step;

/**
 * The momentum of {@link io.github.layerc.network.Optimizer#nadam nadam}, which rises to {@code beta1} from half of it: {@code mu(t) = beta1 (1 - 0.5 *
 * 0.96^(t / 250))}, {@code t} from 1, and the product of all up to a step. It remembers the last product; where a step does not follow the last one it multiplies
 * from the start, so that a training that goes on somewhere has the bits of one that never stopped.
 */
final class RisingMomentum {
    /** Of 1 a product that is smaller leaves 1: it is not multiplied any more. */
    private static final double NOTHING = 0x1p-60;

    private final double beta1;
    private int last;
    private double lastProduct = 1;

    RisingMomentum(double beta1) {
        this.beta1 = beta1;
    }

    double at(int step) {
        return beta1 * (1 - 0.5 * Math.pow(0.96, step * 0.004));
    }

    /** {@code mu(1) * ... * mu(step)}, or any number below {@value #NOTHING} where that is. */
    double product(int step) {
        if (step < last) {
            last = 0;
            lastProduct = 1;
        }
        while (last < step && lastProduct > NOTHING) {
            last++;
            lastProduct *= at(last);
        }
        last = step;
        return lastProduct;
    }
}
