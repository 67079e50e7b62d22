package io.github.layerc.data;

import io.github.layerc.network.Scale;

/** The stored samples of a data set, behind one type. */
interface Storage {
    double at(int row, int feature);

    /** Some rows: a copy, or a view of what lies elsewhere. */
    Storage rows(int... rows);

    /** A number that no value is larger than. */
    default double bound() {
        return Double.POSITIVE_INFINITY;
    }

    void copy(int from, int rows, Scale scale, float[] out, int at);

    void copy(int from, int rows, Scale scale, double[] out, int at);

    /** Copies rows from one array to another of the same type. */
    private static void copyRows(Object from, int[] rows, int features, Object to) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(from, rows[i] * features, to, i * features, features);
        }
    }

    /** Values of an array. */
    abstract class Values implements Storage {
        final int features;

        Values(int features) {
            this.features = features;
        }

        abstract double value(int index);

        @Override
        public double at(int row, int feature) {
            return value(row * features + feature);
        }

        @Override
        public void copy(int from, int rows, Scale scale, float[] out, int at) {
            for (int i = 0; i < rows * features; i++) {
                out[at + i] = (float) scale.apply(value(from * features + i));
            }
        }

        @Override
        public void copy(int from, int rows, Scale scale, double[] out, int at) {
            for (int i = 0; i < rows * features; i++) {
                out[at + i] = scale.apply(value(from * features + i));
            }
        }
    }

    /** Floats of an array. */
    final class Floats extends Values {
        private final float[] values;

        Floats(float[] values, int features) {
            super(features);
            this.values = values;
        }

        @Override
        double value(int index) {
            return values[index];
        }

        @Override
        public Storage rows(int... rows) {
            float[] some = new float[Math.multiplyExact(rows.length, features)];
            copyRows(values, rows, features, some);
            return new Floats(some, features);
        }
    }

    /** Doubles of an array. */
    final class Doubles extends Values {
        private final double[] values;

        Doubles(double[] values, int features) {
            super(features);
            this.values = values;
        }

        @Override
        double value(int index) {
            return values[index];
        }

        @Override
        public Storage rows(int... rows) {
            double[] some = new double[Math.multiplyExact(rows.length, features)];
            copyRows(values, rows, features, some);
            return new Doubles(some, features);
        }
    }

    /** There are only 256 values: each is scaled once, not divided for every pixel. */
    final class Bytes extends Values {
        private final byte[] values;

        /** For the scale that was asked for last: most often there is one. Immutable, so that threads may race for it. */
        private Scaled last = new Scaled(Scale.ONE);

        Bytes(byte[] values, int features) {
            super(features);
            this.values = values;
        }

        @Override
        double value(int index) {
            return values[index] & 0xff;
        }

        @Override
        public Storage rows(int... rows) {
            byte[] some = new byte[Math.multiplyExact(rows.length, features)];
            copyRows(values, rows, features, some);
            return new Bytes(some, features);
        }

        @Override
        public double bound() {
            return 255;
        }

        @Override
        public void copy(int from, int rows, Scale scale, float[] out, int at) {
            float[] scaled = table(scale).floats;
            for (int i = 0; i < rows * features; i++) {
                out[at + i] = scaled[values[from * features + i] & 0xff];
            }
        }

        @Override
        public void copy(int from, int rows, Scale scale, double[] out, int at) {
            double[] scaled = table(scale).doubles;
            for (int i = 0; i < rows * features; i++) {
                out[at + i] = scaled[values[from * features + i] & 0xff];
            }
        }

        private Scaled table(Scale scale) {
            Scaled table = last;
            if (!table.scale.equals(scale)) {
                table = new Scaled(scale);
                last = table;
            }
            return table;
        }
    }

    /** All bytes, scaled. */
    final class Scaled {
        private final Scale scale;
        private final double[] doubles = new double[256];
        private final float[] floats = new float[256];

        Scaled(Scale scale) {
            this.scale = scale;
            for (int value = 0; value < doubles.length; value++) {
                doubles[value] = scale.apply(value);
                floats[value] = (float) doubles[value];
            }
        }
    }

    /** What lies elsewhere, all of it or some rows. */
    final class Elsewhere implements Storage {
        private final SampleStore store;
        private final int features;

        /** Empty for all. */
        private final int[] numbers;

        Elsewhere(SampleStore store, int features, int... numbers) {
            this.store = store;
            this.features = features;
            this.numbers = numbers;
        }

        private int number(int row) {
            return numbers.length == 0 ? row : numbers[row];
        }

        @Override
        public double at(int row, int feature) {
            return store.at(number(row), feature);
        }

        @Override
        public Storage rows(int... rows) {
            int[] some = new int[rows.length];
            for (int i = 0; i < some.length; i++) {
                some[i] = number(rows[i]);
            }
            return new Elsewhere(store, features, some);
        }

        @Override
        public void copy(int from, int rows, Scale scale, float[] out, int at) {
            for (int i = 0; i < rows; i++) {
                store.copy(number(from + i), scale, out, at + i * features);
            }
        }

        @Override
        public void copy(int from, int rows, Scale scale, double[] out, int at) {
            for (int i = 0; i < rows; i++) {
                store.copy(number(from + i), scale, out, at + i * features);
            }
        }
    }
}
