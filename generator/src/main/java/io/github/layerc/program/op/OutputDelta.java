package io.github.layerc.program.op;

import io.github.layerc.network.Loss;
import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code dz = factor * (a - y)}: the derivative of loss and output activation together, where it has that form. */
public record OutputDelta(int layer, Loss loss, Buffer a, Buffer y, Buffer dz) implements Op {
    @Override
    public List<Buffer> reads() {
        return List.of(a, y);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(dz);
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
        return Shape.of(dz);
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        return new OutputDelta(other, loss, renaming.in(a), renaming.in(y), renaming.results(dz));
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.outputDelta(this);
    }

    /** Whether the mean over several units is taken. */
    public boolean mean() {
        return loss.meanOfUnits() && a.columns() > 1;
    }

    @Override
    public String toString() {
        String difference = a + " - " + Losses.target(loss, a.columns(), y.toString());
        return dz + " = " + (mean() ? "1/" + a.columns() + " * (" + difference + ")" : difference);
    }
}
