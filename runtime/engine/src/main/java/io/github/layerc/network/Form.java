package io.github.layerc.network;

import java.util.Locale;

/** How the first layer is trained: the results are the same, rounding aside. */
public enum Form {
    /** What a cost model finds faster. */
    AUTO,
    /** By products with the samples, in every step. */
    DIRECT,
    /**
     * By products with the Gram matrix of the samples, {@code X X^T}, made once: for few samples of many inputs. For optimizers whose update is
     * {@linkplain Optimizer#linear() linear} only, and gradients that are not clipped.
     */
    GRAM;

    /** The word in the spec. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a training can have this form.
     *
     * @param linear whether its updates are linear in gradients and weights: see {@link TrainingSettings#linearIn}
     */
    public boolean accepts(boolean linear) {
        return this != GRAM || linear;
    }
}
