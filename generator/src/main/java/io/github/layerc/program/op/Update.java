package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code into[p] += factor * dp}, see {@link Store#UPDATE}. */
public record Update(int layer, Buffer parameter, Buffer gradient) implements Op {
    @Override
    public Store store() {
        return Store.UPDATE;
    }

    @Override
    public List<Buffer> reads() {
        return List.of(parameter, gradient);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(parameter);
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
        return Span.PARAMETERS;
    }

    @Override
    public Shape shape() {
        return Shape.of(parameter);
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        return new Update(other, renaming.parameters(parameter), renaming.parameters(gradient));
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.update(this);
    }

    @Override
    public String toString() {
        return "into[" + parameter + "] += factor * " + gradient;
    }
}
