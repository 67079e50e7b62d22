package io.github.layerc.spark.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Puts the rows of a partition in order and packs them. */
final class FloatShardBuilder implements Shard.Builder {
    /** Factor of the hash: odd, with bits all over. */
    private static final long MIXED = 0x9E3779B97F4A7C15L;

    /** Those of one group go to the engine together, the hash spares most comparisons of contents. */
    private static final Comparator<Sample> ORDER = Comparator.comparing(Sample::validates)
            .thenComparingDouble(Sample::weight)
            .thenComparingInt(Sample::label)
            .thenComparingLong(Sample::hash)
            .thenComparing(Sample::content, Arrays::compare);

    private final int classes;
    private final double validation;
    private final List<Sample> samples = new ArrayList<>();
    private int inputs;
    private long dropped;

    /** @param validation share of the rows that is kept for it, by their contents */
    FloatShardBuilder(int classes, double validation) {
        this.classes = classes;
        this.validation = validation;
    }

    /** A row: inputs, then targets. */
    private static final class Sample {
        private final float[] content;
        private final int label;
        private final double weight;
        private final boolean validates;
        private final long hash;

        Sample(float[] content, int label, double weight, boolean validates, double share) {
            this.content = content;
            this.label = label;
            this.weight = weight;
            long mixed = 0;
            for (float value : content) {
                mixed = (mixed ^ Double.doubleToLongBits(value)) * MIXED;
                mixed ^= mixed >>> 29;
            }
            this.hash = mixed;
            // the upper bits, as a number from 0 to 1
            this.validates = validates || (mixed >>> 11) * 0x1p-53 < share;
        }

        float[] content() {
            return content;
        }

        int label() {
            return label;
        }

        double weight() {
            return weight;
        }

        boolean validates() {
            return validates;
        }

        long hash() {
            return hash;
        }

        boolean goesWith(Sample other) {
            return weight == other.weight && label == other.label && validates == other.validates;
        }
    }

    @Override
    public void add(double[] values, double[] targets, int label, double weight, boolean validates) {
        inputs = values.length;
        float[] content = new float[values.length + targets.length];
        for (int i = 0; i < values.length; i++) {
            content[i] = (float) values[i];
        }
        for (int u = 0; u < targets.length; u++) {
            content[values.length + u] = (float) targets[u];
        }
        samples.add(new Sample(content, label, weight, validates, validation));
    }

    @Override
    public void drop() {
        dropped++;
    }

    @Override
    public Shard build() {
        samples.sort(ORDER);
        List<FloatChunk> chunks = new ArrayList<>();
        int from = 0;
        while (from < samples.size()) {
            int to = from + 1;
            while (to < samples.size()
                    && to - from < Shard.CHUNK
                    && samples.get(to).goesWith(samples.get(from))) {
                to++;
            }
            chunks.add(chunk(from, to));
            from = to;
        }
        samples.clear();
        return new FloatShard(classes, chunks, dropped);
    }

    private FloatChunk chunk(int from, int to) {
        Sample first = samples.get(from);
        int outputs = first.content().length - inputs;
        float[] x = new float[(to - from) * inputs];
        float[] y = new float[(to - from) * outputs];
        for (int i = from; i < to; i++) {
            float[] content = samples.get(i).content();
            System.arraycopy(content, 0, x, (i - from) * inputs, inputs);
            System.arraycopy(content, inputs, y, (i - from) * outputs, outputs);
        }
        return new FloatChunk(to - from, x, y, first.label(), first.weight(), first.validates());
    }
}
