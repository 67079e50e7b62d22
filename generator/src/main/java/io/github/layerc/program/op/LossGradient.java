package io.github.layerc.program.op;

import io.github.layerc.network.Loss;
import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code da = dLoss/da}. */
public record LossGradient(int layer, Loss loss, Buffer a, Buffer y, Buffer da) implements Op {
    @Override
    public List<Buffer> reads() {
        return List.of(a, y);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(da);
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
        return Span.SAMPLES;
    }

    @Override
    public Shape shape() {
        return Shape.of(da);
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        return new LossGradient(other, loss, renaming.in(a), renaming.in(y), renaming.results(da));
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.lossGradient(this);
    }

    @Override
    public String toString() {
        return da + " = " + loss.keyword() + "'(" + a + ", " + Losses.target(loss, a.columns(), y.toString()) + ")";
    }
}
