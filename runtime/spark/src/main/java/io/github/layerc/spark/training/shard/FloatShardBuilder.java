package io.github.layerc.spark.training.shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Puts the rows of a partition in order and packs them. */
final class FloatShardBuilder implements ShardBuilder {
    /** Those of one group go to the engine together, the hash spares most comparisons of contents. */
    private static final Comparator<Sample> ORDER = Comparator.comparing(Sample::group)
            .thenComparingLong(Sample::hash)
            .thenComparing(Sample::content, Arrays::compare);

    private final int classes;
    private final List<Sample> samples = new ArrayList<>();
    private int inputs;
    private long dropped;

    FloatShardBuilder(int classes) {
        this.classes = classes;
    }

    /** A row: inputs, then targets. */
    private static final class Sample {
        private final Group group;
        private final float[] content;
        private final long hash;

        Sample(Group group, float[] content) {
            this.group = group;
            this.content = content;
            long mixed = 0;
            for (float value : content) {
                mixed = Contents.mix(mixed, value);
            }
            this.hash = mixed;
        }

        Group group() {
            return group;
        }

        float[] content() {
            return content;
        }

        long hash() {
            return hash;
        }
    }

    @Override
    public void add(Group group, double[] values, double[] targets) {
        inputs = values.length;
        float[] content = new float[values.length + targets.length];
        for (int i = 0; i < values.length; i++) {
            content[i] = (float) values[i];
        }
        for (int u = 0; u < targets.length; u++) {
            content[values.length + u] = (float) targets[u];
        }
        samples.add(new Sample(group, content));
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
                    && samples.get(to).group().equals(samples.get(from).group())) {
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
        return new FloatChunk(first.group(), to - from, x, y);
    }
}
