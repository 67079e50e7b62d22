package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code z += b}. */
public record AddBias(int layer, Buffer z, Buffer bias) implements Op {
    @Override
    public List<Buffer> reads() {
        return List.of(z, bias);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(z);
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
        return Shape.of(z);
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        return new AddBias(other, renaming.results(z), renaming.parameters(bias));
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.addBias(this);
    }

    @Override
    public String toString() {
        return z + " = " + z + " + " + bias;
    }
}
