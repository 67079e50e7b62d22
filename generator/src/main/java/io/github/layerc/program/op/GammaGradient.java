package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code dgamma = sum over the samples of dz n}, with the normalised {@code n}. */
public record GammaGradient(int layer, Buffer dz, Buffer n, Buffer out, Store store) implements Op {
    @Override
    public List<Buffer> reads() {
        return store == Store.SET ? List.of(dz, n) : List.of(dz, n, out);
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
        return new GammaGradient(other, renaming.deltas(dz), renaming.in(n), renaming.parameters(out), store);
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.of(new GammaGradient(layer, dz, n, other.apply(out), way));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.gammaGradient(this);
    }

    @Override
    public String toString() {
        return Epilogue.NONE.withStore(store).around("sum of " + dz + " " + n, out.name());
    }
}
