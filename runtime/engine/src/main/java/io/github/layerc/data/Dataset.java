package io.github.layerc.data;

import io.github.layerc.network.Scale;
import java.util.Objects;

/**
 * Samples and their targets, held as they were stored: {@code count} rows of {@code features} values, flattened in C order, and
 * {@code count} rows of {@code outputs} targets; none of the latter where the samples are for predictions only. Immutable as long as nobody writes to
 * the arrays that it was made of; they are not copied.
 */
public final class Dataset {
    /** Of samples without targets. */
    private static final double[] NONE = {};

    private final Storage samples;
    private final double[] targets;
    private final int count;
    private final int features;
    private final int outputs;

    private Dataset(Storage samples, int length, int features, double[] targets, int outputs) {
        if (features < 1 || outputs < (targets == NONE ? 0 : 1)) {
            throw new IllegalArgumentException(
                    "features and outputs must be at least 1: features=" + features + ", outputs=" + outputs);
        }
        if (length == 0 || length % features != 0) {
            throw new IllegalArgumentException(
                    "samples must be one or more rows of " + features + " values: values=" + length);
        }
        this.count = length / features;
        if (targets.length != (long) count * outputs) {
            throw new IllegalArgumentException("targets must have " + outputs + " values for each of " + count
                    + " samples: values=" + targets.length);
        }
        this.samples = samples;
        this.features = features;
        this.targets = targets;
        this.outputs = outputs;
    }

    /** Samples of unsigned bytes, as pictures are stored; a value of the data set is from 0 to 255. */
    public static Dataset ofBytes(byte[] samples, int features, double[] targets, int outputs) {
        return new Dataset(new Bytes(samples), samples.length, features, targets, outputs);
    }

    public static Dataset of(float[] samples, int features, double[] targets, int outputs) {
        return new Dataset(new Floats(samples), samples.length, features, targets, outputs);
    }

    public static Dataset of(double[] samples, int features, double[] targets, int outputs) {
        return new Dataset(new Doubles(samples), samples.length, features, targets, outputs);
    }

    /** Samples of unsigned bytes without targets, to predict. */
    public static Dataset ofBytes(byte[] samples, int features) {
        return new Dataset(new Bytes(samples), samples.length, features, NONE, 0);
    }

    /** Samples without targets, to predict. */
    public static Dataset of(double[] samples, int features) {
        return new Dataset(new Doubles(samples), samples.length, features, NONE, 0);
    }

    /**
     * The same samples with other targets.
     *
     * @param others {@code [count][outputs]}
     */
    public Dataset withTargets(double[] others, int outputsOfOthers) {
        return new Dataset(samples, count * features, features, others, outputsOfOthers);
    }

    /** Number of samples, at least 1. */
    public int count() {
        return count;
    }

    /** Number of values of a sample. */
    public int features() {
        return features;
    }

    /** Number of targets of a sample; 0 where samples have none. */
    public int outputs() {
        return outputs;
    }

    /** A stored, unscaled value. */
    public double sample(int row, int feature) {
        return samples.at(row * features + Objects.checkIndex(feature, features));
    }

    /** A number that no stored value is larger than, whatever its sign; infinite where only looking at all of them would tell. */
    public double bound() {
        return samples.bound();
    }

    public double target(int row, int output) {
        return targets[row * outputs + Objects.checkIndex(output, outputs)];
    }

    /** A data set of some of the samples, which are copied. */
    public Dataset rows(int... rows) {
        double[] some = outputs == 0 ? NONE : new double[Math.multiplyExact(rows.length, outputs)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(targets, Objects.checkIndex(rows[i], count) * outputs, some, i * outputs, outputs);
        }
        int length = Math.multiplyExact(rows.length, features);
        return new Dataset(samples.rows(rows, features), length, features, some, outputs);
    }

    /** Scaled samples {@code from .. from + rows}, row-major, to {@code out} from {@code at} on; scaled in double, then rounded. */
    public void copySamples(int from, int rows, Scale scale, float[] out, int at) {
        samples.copy(from * features, rows * features, scale, out, at);
    }

    /** Scaled samples {@code from .. from + rows}, row-major, to {@code out} from {@code at} on. */
    public void copySamples(int from, int rows, Scale scale, double[] out, int at) {
        samples.copy(from * features, rows * features, scale, out, at);
    }

    /** The stored values behind one type; rows do not matter here. */
    private interface Storage {
        double at(int index);

        /** A copy of some rows. */
        Storage rows(int[] rows, int features);

        default double bound() {
            return Double.POSITIVE_INFINITY;
        }

        default void copy(int from, int length, Scale scale, float[] out, int at) {
            for (int i = 0; i < length; i++) {
                out[at + i] = (float) scale.apply(at(from + i));
            }
        }

        default void copy(int from, int length, Scale scale, double[] out, int at) {
            for (int i = 0; i < length; i++) {
                out[at + i] = scale.apply(at(from + i));
            }
        }
    }

    /** Copies rows from one array to another of the same type. */
    private static void copyRows(Object from, int[] rows, int features, Object to) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(from, rows[i] * features, to, i * features, features);
        }
    }

    private static final class Floats implements Storage {
        private final float[] values;

        Floats(float[] values) {
            this.values = values;
        }

        @Override
        public double at(int index) {
            return values[index];
        }

        @Override
        public Storage rows(int[] rows, int features) {
            float[] some = new float[rows.length * features];
            copyRows(values, rows, features, some);
            return new Floats(some);
        }
    }

    private static final class Doubles implements Storage {
        private final double[] values;

        Doubles(double[] values) {
            this.values = values;
        }

        @Override
        public double at(int index) {
            return values[index];
        }

        @Override
        public Storage rows(int[] rows, int features) {
            double[] some = new double[rows.length * features];
            copyRows(values, rows, features, some);
            return new Doubles(some);
        }
    }

    /** There are only 256 values: each is scaled once, not divided for every pixel. */
    private static final class Bytes implements Storage {
        private final byte[] values;

        Bytes(byte[] values) {
            this.values = values;
        }

        @Override
        public double at(int index) {
            return values[index] & 0xff;
        }

        @Override
        public Storage rows(int[] rows, int features) {
            byte[] some = new byte[rows.length * features];
            copyRows(values, rows, features, some);
            return new Bytes(some);
        }

        @Override
        public double bound() {
            return 255;
        }

        @Override
        public void copy(int from, int length, Scale scale, float[] out, int at) {
            float[] scaled = new float[256];
            for (int value = 0; value < scaled.length; value++) {
                scaled[value] = (float) scale.apply(value);
            }
            for (int i = 0; i < length; i++) {
                out[at + i] = scaled[values[from + i] & 0xff];
            }
        }

        @Override
        public void copy(int from, int length, Scale scale, double[] out, int at) {
            double[] scaled = new double[256];
            for (int value = 0; value < scaled.length; value++) {
                scaled[value] = scale.apply(value);
            }
            for (int i = 0; i < length; i++) {
                out[at + i] = scaled[values[from + i] & 0xff];
            }
        }
    }
}
