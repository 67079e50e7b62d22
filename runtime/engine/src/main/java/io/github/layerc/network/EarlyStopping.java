package io.github.layerc.network;

import java.util.Locale;

/**
 * Ends a training that gets no better. After every epoch - with all samples in a batch that is every update - the monitored value of the parameters as they then are
 * is compared with the best one so far; after {@code patience} epochs in a row without a better one the training ends. Whether it ended early or not, it
 * leaves the parameters that were best.
 *
 * @param patience epochs, at least 1
 * @param minDelta a value is better only if it is so by more than this, at least 0 and finite
 */
public record EarlyStopping(Monitor monitor, int patience, double minDelta) {

    /** What is monitored. A cost is the mean loss, without a penalty. */
    public enum Monitor {
        /** Of the training samples. */
        COST(false, true),
        VALIDATION_COST(true, true),
        /** Only where outputs are classes. */
        VALIDATION_ACCURACY(true, false);

        private final boolean needsValidation;
        private final boolean isCost;

        Monitor(boolean needsValidation, boolean isCost) {
            this.needsValidation = needsValidation;
            this.isCost = isCost;
        }

        /** As in the spec: {@code validation_cost}. */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is of samples that the training does not see. */
        public boolean needsValidation() {
            return needsValidation;
        }

        /** Whether it is a cost, of which less is better, and not an accuracy. */
        public boolean isCost() {
            return isCost;
        }
    }

    /** The validation cost, 10 epochs, and any difference counts. */
    public static final EarlyStopping DEFAULT = new EarlyStopping(Monitor.VALIDATION_COST, 10, 0);

    public EarlyStopping {
        if (patience < 1) {
            throw new IllegalArgumentException("patience must be at least 1: patience=" + patience);
        }
        if (!(minDelta >= 0 && Double.isFinite(minDelta))) {
            throw new IllegalArgumentException("min_delta must be at least 0 and finite: min_delta=" + minDelta);
        }
    }

    /** Whether a value is better than the best one so far. NaN never is, and everything is better than NaN. */
    public boolean isBetter(double value, double best) {
        if (Double.isNaN(value) || Double.isNaN(best)) {
            return !Double.isNaN(value);
        }
        return monitor.isCost ? value < best - minDelta : value > best + minDelta;
    }
}
