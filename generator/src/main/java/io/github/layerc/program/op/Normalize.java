package io.github.layerc.program.op;

import io.github.layerc.network.Normalization;
import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code n = (n - mean) / sqrt(variance + epsilon)}, in place, and {@code z = gamma n + b}, see {@link Normalization}.
 *
 * @param mean takes the means, where they are of units; else null
 * @param variance takes the variances
 */
public record Normalize(
        int layer, Normalization kind, Buffer n, Buffer gamma, Buffer bias, Buffer z, Buffer mean, Buffer variance)
        implements Op {
    @Override
    public List<Buffer> reads() {
        return List.of(n, gamma, bias);
    }

    @Override
    public List<Buffer> writes() {
        return mean == null ? List.of(n, z, variance) : List.of(n, z, mean, variance);
    }

    @Override
    public Store store() {
        return Store.SET;
    }

    @Override
    public long flopsPerSample() {
        return 0;
    }

    @Override
    public Phase phase() {
        return Phase.FORWARD;
    }

    @Override
    public Span span() {
        return kind.runs() ? Span.TOGETHER : Span.SAMPLES;
    }

    @Override
    public Shape shape() {
        return Shape.of(z);
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        return new Normalize(
                other,
                kind,
                renaming.in(n),
                renaming.parameters(gamma),
                renaming.parameters(bias),
                renaming.results(z),
                mean == null ? null : renaming.statistics(mean),
                renaming.statistics(variance));
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.normalize(this);
    }

    @Override
    public String toString() {
        return n + " = " + kind.keyword() + "(" + n + "); " + z + " = " + gamma + " " + n + " + " + bias;
    }

    /**
     * {@code dn = gamma (dz - mean of dz - n * mean of dz n) / sqrt(variance + epsilon)} where means are of units, over the samples; over the units of a sample the
     * same with {@code gamma dz} for {@code dz}.
     *
     * @param n what has been normalised
     */
    public record Gradient(int layer, Normalization kind, Buffer dz, Buffer n, Buffer gamma, Buffer variance, Buffer dn)
            implements Op {
        @Override
        public List<Buffer> reads() {
            return List.of(dz, n, gamma, variance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(dn);
        }

        @Override
        public Store store() {
            return Store.SET;
        }

        @Override
        public long flopsPerSample() {
            return 0;
        }

        @Override
        public Phase phase() {
            return Phase.BACKWARD;
        }

        @Override
        public Span span() {
            return kind.runs() ? Span.TOGETHER : Span.SAMPLES;
        }

        @Override
        public Shape shape() {
            return Shape.of(dn);
        }

        @Override
        public Op renamed(int other, Renaming renaming) {
            return new Gradient(
                    other,
                    kind,
                    renaming.deltas(dz),
                    renaming.in(n),
                    renaming.parameters(gamma),
                    renaming.statistics(variance),
                    renaming.results(dn));
        }

        @Override
        public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
            return Optional.empty();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.normalizeGradient(this);
        }

        @Override
        public String toString() {
            return dn + " = " + kind.keyword() + "'(" + dz + ", " + n + ") * " + gamma;
        }
    }

    /**
     * {@code running = momentum * running + (1 - momentum) * of the step}, for mean and variance of each unit; see {@link Normalization#batchNorm}.
     *
     * @param mean of the step
     * @param variance of the step
     */
    public record Keep(
            int layer, Normalization kind, Buffer mean, Buffer variance, Buffer runningMean, Buffer runningVariance)
            implements Op {
        @Override
        public List<Buffer> reads() {
            return List.of(mean, variance, runningMean, runningVariance);
        }

        @Override
        public List<Buffer> writes() {
            return List.of(runningMean, runningVariance);
        }

        @Override
        public Store store() {
            return Store.SET;
        }

        @Override
        public long flopsPerSample() {
            return 0;
        }

        @Override
        public Phase phase() {
            return Phase.UPDATE;
        }

        @Override
        public Span span() {
            return Span.SUM;
        }

        @Override
        public Shape shape() {
            return Shape.of(runningMean);
        }

        @Override
        public Op renamed(int other, Renaming renaming) {
            return new Keep(
                    other,
                    kind,
                    renaming.statistics(mean),
                    renaming.statistics(variance),
                    renaming.parameters(runningMean),
                    renaming.parameters(runningVariance));
        }

        @Override
        public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
            return Optional.empty();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.keepStatistics(this);
        }

        @Override
        public String toString() {
            return runningMean + ", " + runningVariance + " = " + kind.momentum() + " of themselves, the rest of "
                    + mean + ", " + variance;
        }
    }
}
