package io.github.layerc.engine.step;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TargetRule;
import java.util.Arrays;

/**
 * Samples of a data set in this precision, scaled, and their targets. The first sample starts where a cache line starts, if
 * the array itself starts a region, as large arrays do under G1, behind a header of 16 bytes: a vector that crosses a line costs two loads. And
 * where the rows would all start at the same place of a page, there is a gap of one line between them: the weight gradient walks down the rows,
 * and a few sets of the caches would take them all.
 *
 * <p>Bytes, of pictures, of which a training takes a few at a time can stay bytes, and what lies elsewhere can stay there: then only those of one call are there in this precision, scaled each time.
 */
public final class FloatSamples {
    private static final int CACHE_LINE = 64;
    private static final int ARRAY_HEADER = 16;
    private static final int ALIASED = 1024;

    /** Place of the first sample. */
    public static final int FIRST = (CACHE_LINE - ARRAY_HEADER) / Float.BYTES;

    /** Bytes of samples in this precision that are no matter: with so few, to read them is worth more than the memory. */
    private static final long MOST_COPIED = 64L << 20;

    private final int count;
    private final int inputs;
    private final int outputs;
    private final int stride;
    private final Scale scale;

    /** All samples; those of one call where they stay as they are stored. */
    private final float[] x;

    /** Null where {@link #x} has all. */
    private final Dataset stored;

    /** The samples that {@link #x} has, where it has not all. */
    private int xFrom;

    private int xCount;

    private final Targets targets;

    /**
     * Binds samples.
     *
     * @param capacity most samples of one call of the kernels
     * @param parts whether samples are wanted in parts only, so that they can stay as they are stored if that saves memory
     * @throws IllegalArgumentException if samples or targets do not fit the network, its loss, or this precision
     */
    public FloatSamples(Network network, Dataset data, int capacity, boolean parts) {
        requireInputs(network, data);
        requireTargets(network, data);
        this.count = data.count();
        this.inputs = network.inputs();
        this.outputs = network.outputs();
        this.stride = inputs * (long) Float.BYTES % ALIASED == 0 ? inputs + CACHE_LINE / Float.BYTES : inputs;
        this.scale = network.input().scale();
        boolean bounded = Float.isFinite((float) scale.apply(data.bound()));
        boolean many = (long) count * stride * Float.BYTES > MOST_COPIED;
        this.stored = parts && (data.areElsewhere() || (many && data.areBytes())) ? data : null;
        int rows = stored == null ? count : Math.min(count, capacity);
        if ((long) rows * stride > Integer.MAX_VALUE - 16 - FIRST) {
            throw new IllegalArgumentException("a data set can bind at most " + (Integer.MAX_VALUE - 16 - FIRST)
                    + " values: samples=" + count + ", inputs=" + inputs);
        }
        this.x = new float[FIRST + rows * stride];
        this.targets = new Targets(data, network.loss().targets(), capacity);
        for (int s = 0; s < count && !(stored != null && bounded); s++) {
            int at = stored == null ? at(s) : FIRST;
            data.copySamples(s, 1, scale, x, at);
            if (!bounded) {
                requireFinite(data, s, at);
            }
        }
    }

    public static void requireInputs(Network network, Dataset data) {
        if (data.features() != network.inputs()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.inputs()
                    + " inputs: values of a sample=" + data.features());
        }
    }

    private static void requireTargets(Network network, Dataset data) {
        Loss loss = network.loss();
        if (data.outputs() != network.outputs()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.outputs()
                    + " outputs: targets of a sample=" + data.outputs());
        }
        if (data.hasLabels()) {
            // what follows from them is what the loss takes
            return;
        }
        for (int s = 0; s < data.count(); s++) {
            double sum = 0;
            for (int u = 0; u < data.outputs(); u++) {
                double target = data.target(s, u);
                if (!loss.targets().accepts(target) || !Float.isFinite((float) target)) {
                    String rule = loss.targets().accepts(target)
                            ? "targets must be " + Precision.FLOAT.finite(target)
                            : loss.keyword() + " takes " + loss.targets().text();
                    throw new IllegalArgumentException(
                            "sample " + s + ", output " + u + ": " + rule + ": target=" + target);
                }
                sum += target;
            }
            if (!loss.targets().acceptsSum(sum)) {
                throw new IllegalArgumentException(
                        "sample " + s + ": targets of " + loss.keyword() + " must add up to 1: sum=" + sum);
            }
        }
    }

    private void requireFinite(Dataset data, int sample, int at) {
        for (int k = 0; k < inputs; k++) {
            if (!Float.isFinite(x[at + k])) {
                double value = data.sample(sample, k);
                String what = Float.isFinite((float) value) ? "samples times scale " + scale : "samples";
                throw notFinite(what, sample, k, value);
            }
        }
    }

    private static IllegalArgumentException notFinite(String what, int sample, int feature, double value) {
        return new IllegalArgumentException("sample " + sample + ", feature " + feature + ": " + what + " must be "
                + Precision.FLOAT.finite(value) + ": value=" + value);
    }

    /**
     * Samples for a prediction, as stored. One that is not finite has outputs of its own kind, but what is finite must stay so.
     *
     * @throws IllegalArgumentException if a value is too large for this precision
     */
    public static void copy(Dataset data, int from, int rows, float[] out) {
        data.copySamples(from, rows, Scale.ONE, out, 0);
        if (Float.isFinite((float) data.bound())) {
            return;
        }
        int features = data.features();
        for (int i = 0; i < rows * features; i++) {
            double value = Float.isInfinite(out[i]) ? data.sample(from + i / features, i % features) : 0;
            if (Float.isInfinite(out[i]) && Double.isFinite(value)) {
                throw notFinite("samples", from + i / features, i % features, value);
            }
        }
    }

    public int count() {
        return count;
    }

    public int inputs() {
        return inputs;
    }

    public int outputs() {
        return outputs;
    }

    /** Distance of two samples. */
    public int stride() {
        return stride;
    }

    /** All samples, where they do not stay as they are stored. */
    public float[] x() {
        return x;
    }

    /** Whether they stay as they are stored. */
    public boolean areStored() {
        return stored != null;
    }

    /**
     * An array that has some samples, until this is called for others.
     *
     * @param from the first of them; it begins at {@link #xAt}, and the next one at a distance of {@link #stride}
     * @param number no more than a call of the kernels takes
     */
    public float[] x(int from, int number) {
        if (stored != null && (from != xFrom || number > xCount)) {
            xFrom = from;
            xCount = number;
            for (int s = 0; s < number; s++) {
                stored.copySamples(from + s, 1, scale, x, at(s));
            }
        }
        return x;
    }

    /** Where a sample begins in {@link #x(int, int)}, if it is the first of them. */
    public int xAt(int from) {
        return stored != null ? FIRST : at(from);
    }

    /** Copies one sample. */
    public void copySample(int row, float[] out, int at) {
        if (stored != null) {
            stored.copySamples(row, 1, scale, out, at);
        } else {
            System.arraycopy(x, at(row), out, at, inputs);
        }
    }

    /**
     * An array that has the targets of samples, until this is called for others.
     *
     * @param from the first of the samples; their targets begin at {@link #yAt}
     * @param number no more than a call of the kernels takes
     */
    public float[] y(int from, int number) {
        return targets.of(from, number);
    }

    /** Where the targets of samples begin in {@link #y}. */
    public int yAt(int from) {
        return targets.at(from);
    }

    /** Where a sample starts in the array of all. */
    public int at(int sample) {
        return FIRST + sample * stride;
    }

    /** Targets of some samples, one behind the other. */
    public void copyTargets(int[] rows, int from, int size, float[] out) {
        targets.copy(rows, from, size, out);
    }

    /**
     * Targets of bound samples in this precision, {@code [count][outputs]}. Those that follow from labels are never all there at a time: only the labels are,
     * and the rows of one call of the kernels.
     */
    private static final class Targets {
        private final int outputs;

        /** Of all samples; of labels those of one call. */
        private final float[] values;

        /** Null where the values are those of all samples. */
        private final int[] labels;

        /** The targets of a label: of the unit of its class, of the others. */
        private final float own;

        private final float other;

        /** The samples of which the values are, where there are labels. */
        private int from;

        private int count;

        /**
         * Targets that fit the network and its loss.
         *
         * @param rule of the loss
         * @param capacity most samples of one call of the kernels
         */
        Targets(Dataset data, TargetRule rule, int capacity) {
            this.outputs = data.outputs();
            this.own = (float) rule.of(true);
            this.other = (float) rule.of(false);
            if (data.hasLabels()) {
                labels = new int[data.count()];
                Arrays.setAll(labels, s -> data.targetClass(s, rule));
                values = new float[Math.min(capacity, data.count()) * outputs];
            } else {
                labels = null;
                values = new float[data.count() * outputs];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) data.target(i / outputs, i % outputs);
                }
            }
        }

        /**
         * An array that has the targets of samples, no more than a call of the kernels takes, until the next call of this method.
         *
         * @param first of the samples
         */
        float[] of(int first, int number) {
            if (labels != null && (first != from || number > count)) {
                from = first;
                count = number;
                for (int s = 0; s < number; s++) {
                    write(labels[first + s], values, s * outputs);
                }
            }
            return values;
        }

        /** Where the targets of a sample begin in {@link #of}, if it is the first of them. */
        int at(int first) {
            return labels != null ? 0 : first * outputs;
        }

        /** Copies the targets of some samples, one behind the other. */
        void copy(int[] rows, int start, int size, float[] out) {
            for (int i = 0; i < size; i++) {
                int row = rows[start + i];
                if (labels != null) {
                    write(labels[row], out, i * outputs);
                } else {
                    System.arraycopy(values, row * outputs, out, i * outputs, outputs);
                }
            }
        }

        private void write(int label, float[] out, int at) {
            if (outputs == 1) {
                out[at] = label == 1 ? own : other;
                return;
            }
            Arrays.fill(out, at, at + outputs, other);
            out[at + label] = own;
        }
    }
}
