package io.github.layerc.spark.training.shard;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Sums over rows, in double: gradients or parameters, losses, and how many rows there were. They are added in the order of the partitions. */
public final class Sums implements Serializable {
    private static final long serialVersionUID = 1;

    private final int place;
    private final double[] vector;
    private double losses;
    private long rows;
    private double validationLosses;
    private long validationRows;

    /** @param place among those that they are added with */
    public Sums(int place, int size) {
        this.place = place;
        this.vector = new double[size];
    }

    public int place() {
        return place;
    }

    /** The sum itself, not a copy. */
    public double[] vector() {
        return vector;
    }

    public double losses() {
        return losses;
    }

    /** How many there were, those of weight 0 included. */
    public long rows() {
        return rows;
    }

    /** The mean loss of the rows for validation, NaN without any. */
    public double validationCost() {
        return validationRows == 0 ? Double.NaN : validationLosses / validationRows;
    }

    /**
     * Adds a mean over rows.
     *
     * @param weight of each of them
     */
    public void add(double weight, long count, double meanLoss, IntToDoubleFunction mean) {
        double factor = weight * count;
        for (int i = 0; i < vector.length; i++) {
            vector[i] += factor * mean.applyAsDouble(i);
        }
        losses += factor * meanLoss;
        rows += count;
    }

    /** Counts rows that add nothing. */
    void count(long more) {
        rows += more;
    }

    public void addValidation(double sum, long count) {
        validationLosses += sum;
        validationRows += count;
    }

    private void add(Sums other) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] += other.vector[i];
        }
        losses += other.losses;
        rows += other.rows;
        addValidation(other.validationLosses, other.validationRows);
    }

    /** The sum of all, in the order of their places whatever theirs is. */
    static Sums of(int place, List<Sums> all, int size) {
        Sums sum = new Sums(place, size);
        all.stream().sorted(Comparator.comparingInt(Sums::place)).forEach(sum::add);
        return sum;
    }
}
