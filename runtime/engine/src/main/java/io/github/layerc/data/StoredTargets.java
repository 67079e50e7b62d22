package io.github.layerc.data;

import io.github.layerc.network.TargetRule;
import java.util.Arrays;
import java.util.Objects;

/** The targets of the samples of a data set, as numbers or as numbers of classes. */
interface StoredTargets {
    /** Of samples without targets. */
    StoredTargets NONE = new Values(new double[0], 0);

    /** Number of targets of a sample. */
    int outputs();

    double at(int row, int output);

    /** The class of a sample from 0 on, or {@link OutputClass#NONE}. */
    int classOf(int row, TargetRule rule);

    /** A copy of some of them. */
    StoredTargets rows(int[] rows);

    /** @throws IllegalArgumentException if they are not those of so many samples */
    void requireCount(int count);

    /** {@code [count][outputs]}. */
    final class Values implements StoredTargets {
        private final double[] values;
        private final int outputs;

        Values(double[] values, int outputs) {
            this.values = values;
            this.outputs = outputs;
        }

        @Override
        public int outputs() {
            return outputs;
        }

        @Override
        public double at(int row, int output) {
            return values[row * outputs + Objects.checkIndex(output, outputs)];
        }

        @Override
        public int classOf(int row, TargetRule rule) {
            return OutputClass.of(rule, outputs, output -> at(row, output));
        }

        @Override
        public StoredTargets rows(int[] rows) {
            double[] some = new double[Math.multiplyExact(rows.length, outputs)];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values, rows[i] * outputs, some, i * outputs, outputs);
            }
            return new Values(some, outputs);
        }

        @Override
        public void requireCount(int count) {
            if (values.length != (long) count * outputs) {
                throw new IllegalArgumentException("targets must have " + outputs + " values for each of " + count
                        + " samples: values=" + values.length);
            }
        }
    }

    /** One number for each sample, however many outputs there are. */
    final class Labels implements StoredTargets {
        private final int[] labels;
        private final int outputs;

        private Labels(int[] labels, int outputs) {
            this.labels = labels;
            this.outputs = outputs;
        }

        /** @throws IllegalArgumentException if a label is no number of a class */
        static Labels of(int[] labels, int outputs) {
            int classes = Math.max(2, outputs);
            for (int s = 0; s < labels.length; s++) {
                if (labels[s] < 0 || labels[s] >= classes) {
                    throw new IllegalArgumentException(
                            "sample " + s + ": labels must be from 0 to " + (classes - 1) + ": label=" + labels[s]);
                }
            }
            return new Labels(labels, outputs);
        }

        @Override
        public int outputs() {
            return outputs;
        }

        @Override
        public double at(int row, int output) {
            Objects.checkIndex(output, outputs);
            return labels[row] == (outputs == 1 ? 1 : output) ? 1 : 0;
        }

        @Override
        public int classOf(int row, TargetRule rule) {
            return labels[row];
        }

        @Override
        public StoredTargets rows(int[] rows) {
            return new Labels(Arrays.stream(rows).map(row -> labels[row]).toArray(), outputs);
        }

        @Override
        public void requireCount(int count) {
            if (labels.length != count) {
                throw new IllegalArgumentException(
                        "labels must be one for each of " + count + " samples: labels=" + labels.length);
            }
        }
    }
}
