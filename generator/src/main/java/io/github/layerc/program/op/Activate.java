package io.github.layerc.program.op;

import io.github.layerc.network.Activation;
import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code a = f(z)}; in place where both are the same buffer. */
public record Activate(int layer, Activation activation, Buffer z, Buffer a) implements Op {
    @Override
    public List<Buffer> reads() {
        return List.of(z);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(a);
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
        return Span.SAMPLES;
    }

    @Override
    public Shape shape() {
        return Shape.of(a);
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        return new Activate(other, activation, renaming.in(z), renaming.results(a));
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.activate(this);
    }

    @Override
    public String toString() {
        return a + " = " + activation.keyword() + "(" + z + ")";
    }
}
