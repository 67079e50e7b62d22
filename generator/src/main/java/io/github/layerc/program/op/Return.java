package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code out = a}, row-major for the caller. */
public record Return(int layer, Buffer a, Buffer out) implements Op {
    @Override
    public List<Buffer> reads() {
        return List.of(a);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(out);
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
        return Phase.RESULTS;
    }

    @Override
    public Span span() {
        return Span.SAMPLES;
    }

    @Override
    public Shape shape() {
        return Shape.of(out);
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        return new Return(other, renaming.in(a), renaming.results(out));
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.results(this);
    }

    @Override
    public String toString() {
        return out + " = " + a;
    }
}
