package io.github.layerc.spark;

import java.io.Serializable;

/**
 * How a model was trained.
 *
 * @param strategy {@code full_batch} or {@code averaging}; empty where the model was not trained here
 * @param reason why that one, in a line
 * @param droppedRows rows that could not be read and were left out
 */
public record TrainingSummary(String strategy, String reason, long droppedRows, History history)
        implements Serializable {
    /** Of a model that was not trained here. */
    public static final TrainingSummary NONE =
            new TrainingSummary("", "", 0, new History(new double[0], new double[0]));

    /** Costs, one for each iteration of full batches or each round of averaging, before its update. Two are never compared. */
    public static final class History implements Serializable {
        private static final long serialVersionUID = 1;

        private final double[] objective;
        private final double[] validation;

        /** @param validation of the rows that were kept for it; none where there are none */
        public History(double[] objective, double[] validation) {
            this.objective = objective.clone();
            this.validation = validation.clone();
        }
    }

    /** The cost that is minimised, penalty included: one for each iteration or round, before its update. */
    public double[] objectiveHistory() {
        return history.objective.clone();
    }

    /** The mean loss of the rows that were kept for validation, at the same times; none without such rows. */
    public double[] validationHistory() {
        return history.validation.clone();
    }
}
