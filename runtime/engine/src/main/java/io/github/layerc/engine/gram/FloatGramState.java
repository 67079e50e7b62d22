package io.github.layerc.engine.gram;

import io.github.layerc.engine.kernels.FloatGramBatch;
import io.github.layerc.engine.search.Vectors;
import io.github.layerc.engine.step.StatePart;
import java.util.Arrays;
import java.util.List;

/**
 * What a training in Gram form updates, for {@code n} bound samples: coefficients {@code C [units][n]}, pre-activations {@code Z1 [units][n]}, and
 * the factor {@code w} of the first weights.
 *
 * <p>These numbers are in double in both precisions: they are sums of thousands of updates, each of which would be rounded to float. Kernels read
 * and write the network's precision, in rows that start alike, so that loops over them can be vectors. They add what steps change to rows of their
 * own, which go into the doubles after {@value #STEPS} steps: a conversion at each step takes longer than everything else that is done to them.
 * Until then the changes are small beside what they will be added to, and their sum is off by a few of their own roundings only.
 */
final class FloatGramState {
    /** Steps whose changes are added up before they go into the doubles. */
    static final int STEPS = 16;

    private final int units;
    private final int count;

    /** Coefficients, pre-activations without those changes, and w. */
    private final double[] sums;

    private final float[][] coefficientChanges;
    private final float[][] preActivationChanges;

    /** The pre-activations of {@link #sums}, rounded. */
    private final float[][] rounded;

    /** The same with the changes: what the next step starts from. */
    private final float[][] preActivations;

    /** Z1(0) and the sum of the squares of W1(0), for lengths and inner products of weights: nothing where they do not decay. */
    private double[] firstPreActivations = {};

    private double squaresOfFirst;

    /** Steps whose changes are not in {@link #sums}. */
    private int steps;

    FloatGramState(int units, int count) {
        this.units = units;
        this.count = count;
        this.sums = new double[Math.multiplyExact(2 * units, count) + 1];
        this.coefficientChanges = rows(units, count);
        this.preActivationChanges = rows(units, count);
        this.rounded = rows(units, count);
        this.preActivations = rows(units, count);
    }

    /** Rows that are padded with zeros to a multiple of {@link FloatGramBatch#ROW_BYTES}. */
    static float[][] rows(int number, int count) {
        return new float[number][padded(count)];
    }

    /** Length of such rows. */
    static int padded(int count) {
        int elements = FloatGramBatch.ROW_BYTES / Float.BYTES;
        return (count + elements - 1) / elements * elements;
    }

    /** Starts from no coefficients and the pre-activations of the weights W1(0). */
    void start(double[][] firstPreActivations) {
        Arrays.fill(sums, 0);
        for (int u = 0; u < units; u++) {
            System.arraycopy(firstPreActivations[u], 0, sums, (units + u) * count, count);
            Arrays.fill(coefficientChanges[u], 0);
            Arrays.fill(preActivationChanges[u], 0);
        }
        sums[sums.length - 1] = 1;
        // else the changes of the first steps would go into the doubles earlier than in another training, and end in
        // other bits
        steps = 0;
        round();
    }

    /** Coefficients, pre-activations and w, one after the other, in double: to be changed between {@link #add} and {@link #round} only. */
    double[] sums() {
        return sums;
    }

    /** Adds deltas of all samples, {@code [units]} rows, to their coefficients. */
    void addDeltas(float[][] deltas, float factor) {
        for (int u = 0; u < units; u++) {
            add(coefficientChanges[u], deltas[u], factor, count);
        }
    }

    /** Adds deltas of some samples to theirs. */
    void addDeltas(float[][] deltas, float factor, int[] rows, int from, int number) {
        for (int u = 0; u < units; u++) {
            for (int s = 0; s < number; s++) {
                coefficientChanges[u][rows[from + s]] += factor * deltas[u][s];
            }
        }
    }

    private static void add(float[] coefficients, float[] deltas, float factor, int count) {
        for (int j = 0; j < count; j++) {
            coefficients[j] += factor * deltas[j];
        }
    }

    /** Where kernels add changes of the pre-activations. */
    float[][] preActivationChanges() {
        return preActivationChanges;
    }

    /** The pre-activations that a step starts from. */
    float[][] preActivations() {
        return preActivations;
    }

    /** Takes what kernels have added for a step. */
    void advance() {
        steps++;
        if (steps >= STEPS) {
            add();
            round();
            return;
        }
        addChanges();
    }

    private void addChanges() {
        for (int u = 0; u < units; u++) {
            add(rounded[u], preActivationChanges[u], preActivations[u]);
        }
    }

    private static void add(float[] a, float[] b, float[] out) {
        for (int j = 0; j < out.length; j++) {
            out[j] = a[j] + b[j];
        }
    }

    /** Moves the changes of the last steps into the doubles; {@link #round} is to follow. */
    void add() {
        moveChanges(sums);
    }

    /**
     * Adds the changes to numbers that are laid out like {@link #sums}, and sets them to 0.
     *
     * @param into the sums, or gradients
     */
    void moveChanges(double[] into) {
        for (int u = 0; u < units; u++) {
            move(coefficientChanges[u], into, u * count, count);
            move(preActivationChanges[u], into, (units + u) * count, count);
        }
        steps = 0;
    }

    private static void move(float[] changes, double[] into, int at, int count) {
        for (int j = 0; j < count; j++) {
            into[at + j] += changes[j];
        }
        Arrays.fill(changes, 0);
    }

    /** Lets the next step start from the doubles. */
    void round() {
        for (int u = 0; u < units; u++) {
            int at = (units + u) * count;
            for (int j = 0; j < count; j++) {
                rounded[u][j] = (float) sums[at + j];
            }
            System.arraycopy(rounded[u], 0, preActivations[u], 0, count);
        }
    }

    /** The coefficients {@code [units][count]} with the changes of the last steps, which stay where they are; allocates. */
    double[] coefficients() {
        double[] coefficients = Arrays.copyOf(sums, units * count);
        for (int u = 0; u < units; u++) {
            for (int j = 0; j < count; j++) {
                coefficients[u * count + j] += coefficientChanges[u][j];
            }
        }
        return coefficients;
    }

    /** All that the next step depends on. */
    List<StatePart> parts() {
        return List.of(
                new StatePart(
                        "gram_sums",
                        sums.length,
                        sums::clone,
                        array -> System.arraycopy(array, 0, sums, 0, sums.length)),
                changes("coefficient_changes", coefficientChanges),
                changes("pre_activation_changes", preActivationChanges),
                StatePart.number("changed_steps", () -> steps, value -> steps = value));
    }

    /** Rows without what pads them. */
    private StatePart changes(String name, float[][] rows) {
        return new StatePart(
                name,
                units * count,
                () -> {
                    double[] wide = new double[units * count];
                    for (int u = 0; u < units; u++) {
                        StatePart.widen(rows[u], 0, wide, u * count, count);
                    }
                    return wide;
                },
                wide -> {
                    for (int i = 0; i < wide.length; i++) {
                        rows[i / count][i % count] = (float) wide[i];
                    }
                });
    }

    /** Called when the parts have been written. */
    void restored() {
        round();
        if (steps > 0) {
            addChanges();
        }
    }

    /** The factor w. */
    double factor() {
        return sums[sums.length - 1];
    }

    /** Takes W1(0), and Z1(0) in rows, where weights decay: {@link #squares} is to have them. */
    void keepFirst(float[] firstWeights, double[][] rows) {
        if (firstPreActivations.length == 0) {
            firstPreActivations = new double[units * count];
        }
        for (int u = 0; u < units; u++) {
            System.arraycopy(rows[u], 0, firstPreActivations, u * count, count);
        }
        squaresOfFirst = 0;
        for (double weight : firstWeights) {
            squaresOfFirst += weight * weight;
        }
    }

    /** {@code |w W1(0) + C X|^2}, which is {@code w^2 |W1(0)|^2 + sum of C (w Z1(0) + Z1)}. */
    double squares() {
        double w = factor();
        double sum = w * w * squaresOfFirst;
        int size = units * count;
        for (int i = 0; i < size; i++) {
            sum += sums[i] * (w * firstPreActivations[i] + sums[size + i]);
        }
        return sum;
    }

    /** The inner product of W1(0) and {@code w W1(0) + C X}, of numbers that start as {@link #sums} do; where weights decay only. */
    double productWithFirst(double[] numbers) {
        int size = units * count;
        return numbers[2 * size] * squaresOfFirst + Vectors.dot(numbers, 0, firstPreActivations, 0, size);
    }
}
