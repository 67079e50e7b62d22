package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Leaves out activations, or their gradients: some become 0, the others are divided by the share that stays, see
 * {@link io.github.layerc.network.random.Dropout}. In place, so that the layer behind has the same kernels with it and without.
 *
 * @param phase forward for activations, backward for gradients
 * @param rate the share that is left out
 * @param values activations or gradients
 * @param kept takes a copy of the activations first, where their derivative is made of it; null for none
 */
public record Drop(int layer, Phase phase, double rate, Buffer values, Buffer kept) implements Op {
    @Override
    public List<Buffer> reads() {
        return List.of(values);
    }

    @Override
    public List<Buffer> writes() {
        return kept == null ? List.of(values) : List.of(values, kept);
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
    public Span span() {
        return Span.SAMPLES;
    }

    @Override
    public Shape shape() {
        return Shape.of(values);
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        return new Drop(other, phase, rate, renaming.results(values), kept == null ? null : renaming.in(kept));
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.drop(this);
    }

    @Override
    public String toString() {
        String drop = values + " = dropout(" + values + ", " + rate + ")";
        return kept == null ? drop : kept + " = " + values + "; " + drop;
    }
}
