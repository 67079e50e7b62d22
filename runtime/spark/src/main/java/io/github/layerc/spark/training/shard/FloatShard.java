package io.github.layerc.spark.training.shard;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import java.util.List;
import java.util.Optional;

/** The rows of a partition in this precision. */
final class FloatShard implements Shard {
    private static final long serialVersionUID = 1;

    private final int classes;
    private final FloatChunk[] chunks;
    private final long dropped;

    FloatShard(int classes, List<FloatChunk> chunks, long dropped) {
        this.classes = classes;
        this.chunks = chunks.toArray(FloatChunk[]::new);
        this.dropped = dropped;
    }

    @Override
    public long droppedRows() {
        return dropped;
    }

    @Override
    public long rows() {
        return count(false);
    }

    @Override
    public long validationRows() {
        return count(true);
    }

    private long count(boolean validating) {
        long count = 0;
        for (FloatChunk chunk : chunks) {
            count += chunk.group().validates() == validating ? chunk.count() : 0;
        }
        return count;
    }

    @Override
    public long[] classRows() {
        long[] rows = new long[classes];
        for (FloatChunk chunk : chunks) {
            rows[chunk.group().label()] += chunk.group().validates() ? 0 : chunk.count();
        }
        return rows;
    }

    @Override
    public void addGradients(Engine engine, double[] classWeights, Sums sums) {
        float[] gradients = new float[engine.network().parameterCount()];
        for (FloatChunk chunk : chunks) {
            double weight = chunk.group().weight(classWeights);
            if (weight > 0) {
                double mean = chunk.gradients((FloatEngine) engine, gradients);
                sums.add(weight, chunk.count(), mean, i -> gradients[i]);
            } else if (!chunk.group().validates()) {
                sums.count(chunk.count());
            }
        }
    }

    @Override
    public double losses(Engine engine, double[] classWeights) {
        double losses = 0;
        for (FloatChunk chunk : chunks) {
            double weight = chunk.group().weight(classWeights);
            losses += weight > 0 ? weight * chunk.count() * chunk.cost((FloatEngine) engine) : 0;
        }
        return losses;
    }

    @Override
    public double validationLosses(Engine engine) {
        double losses = 0;
        for (FloatChunk chunk : chunks) {
            losses += chunk.group().validates() ? chunk.count() * chunk.cost((FloatEngine) engine) : 0;
        }
        return losses;
    }

    @Override
    public Optional<Dataset> dataset(double[] classWeights) {
        long rows = rows();
        if (rows == 0) {
            return Optional.empty();
        }
        long values = rows * Math.max(chunks[0].inputs(), chunks[0].outputs());
        if (values > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a partition to train with must have at most " + (Integer.MAX_VALUE - 8)
                    + " values: a larger numPartitions makes smaller ones: rows=" + rows + ", inputs="
                    + chunks[0].inputs());
        }
        int count = (int) rows;
        float[] samples = new float[count * chunks[0].inputs()];
        double[] targets = new double[count * chunks[0].outputs()];
        double[] weights = new double[count];
        boolean weighted = false;
        int row = 0;
        for (FloatChunk chunk : chunks) {
            if (!chunk.group().validates()) {
                chunk.copyTo(samples, targets, row);
                double weight = chunk.group().weight(classWeights);
                for (int i = 0; i < chunk.count(); i++) {
                    weights[row++] = weight;
                }
                weighted |= weight != 1;
            }
        }
        Dataset all = Dataset.of(samples, chunks[0].inputs(), targets, chunks[0].outputs());
        return Optional.of(weighted ? all.withWeights(weights) : all);
    }
}
