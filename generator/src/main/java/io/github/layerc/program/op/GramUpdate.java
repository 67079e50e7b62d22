package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code Z += factor * dz^T G[rows];  C[rows] += factor * dz}: the update of the first layer's weights, as what it does to its
 * pre-activations. It takes 2 units FLOPs for each pair of a sample of the step and a bound sample.
 */
public record GramUpdate(int layer, Buffer dz, Buffer gram, Buffer coefficients, Buffer preActivations) implements Op {
    @Override
    public Store store() {
        return Store.UPDATE;
    }

    @Override
    public List<Buffer> reads() {
        return List.of(dz, gram, coefficients, preActivations);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(coefficients, preActivations);
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
        return Shape.of(coefficients);
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        return new GramUpdate(
                other,
                renaming.deltas(dz),
                renaming.in(gram),
                renaming.results(coefficients),
                renaming.results(preActivations));
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.gramUpdate(this);
    }

    @Override
    public String toString() {
        return preActivations + ", " + coefficients + " += factor * " + dz + "^T (" + gram + ", 1)";
    }
}
