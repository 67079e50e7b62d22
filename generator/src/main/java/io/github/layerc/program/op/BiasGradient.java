package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code db = sum over the samples of dz}. */
public record BiasGradient(int layer, Buffer dz, Buffer out, Store store) implements Op {
    @Override
    public List<Buffer> reads() {
        return store == Store.SET ? List.of(dz) : List.of(dz, out);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(out);
    }

    @Override
    public long flopsPerSample() {
        return 0;
    }

    @Override
    public Phase phase() {
        return store == Store.UPDATE ? Phase.UPDATE : Phase.BACKWARD;
    }

    @Override
    public Span span() {
        return Span.SUM;
    }

    @Override
    public Shape shape() {
        return Shape.of(out).summed(Shape.SAMPLES);
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        return new BiasGradient(other, renaming.deltas(dz), renaming.parameters(out), store);
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.of(new BiasGradient(layer, dz, other.apply(out), way));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.biasGradient(this);
    }

    @Override
    public String toString() {
        return Epilogue.NONE.withStore(store).around("sum of " + dz, out.name());
    }
}
