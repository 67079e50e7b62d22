package io.github.layerc.program.op;

import io.github.layerc.network.Loss;
import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The sum of the losses, returned by the entry point.
 *
 * @param from what the loss {@linkplain Loss#readsPreActivations reads}: pre-activations or activations
 * @param softmax of the pre-activations, from which the sum of their exponentials is taken; null where it is made anew, or not needed
 */
public record Losses(int layer, Loss loss, Buffer from, Buffer softmax, Buffer y) implements Op {
    public Losses(int layer, Loss loss, Buffer from, Buffer y) {
        this(layer, loss, from, null, y);
    }

    public Losses withSoftmax(Buffer a) {
        return new Losses(layer, loss, from, a, y);
    }

    @Override
    public List<Buffer> reads() {
        return softmax == null ? List.of(from, y) : List.of(from, softmax, y);
    }

    @Override
    public List<Buffer> writes() {
        return List.of();
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
        return Phase.LOSSES;
    }

    @Override
    public Span span() {
        return Span.SAMPLES;
    }

    @Override
    public Shape shape() {
        return Shape.of(from);
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        return new Losses(
                other, loss, renaming.in(from), softmax == null ? null : renaming.in(softmax), renaming.in(y));
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.losses(this);
    }

    @Override
    public String toString() {
        String a = softmax == null ? "" : softmax + ", ";
        return "losses = " + loss.keyword() + "(" + from + ", " + a + target(loss, from.columns(), y.toString()) + ")";
    }

    /** What a loss takes for a target. */
    static String target(Loss loss, int units, String y) {
        return loss.smooths() ? "(" + loss.targetFactor() + " * " + y + " + " + loss.targetSummand(units) + ")" : y;
    }

    /**
     * The same for the target of a unit in a formula of this op.
     *
     * @param y the target
     */
    public String target(String y) {
        return target(loss, from.columns(), y);
    }
}
