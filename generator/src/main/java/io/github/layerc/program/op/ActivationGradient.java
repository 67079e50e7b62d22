package io.github.layerc.program.op;

import io.github.layerc.network.Activation;
import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code dz = da * f'(z)}; in place where {@code da} and {@code dz} are the same buffer.
 *
 * @param at what the derivative is a function of: the activations or, where these do not tell it, the pre-activations
 */
public record ActivationGradient(int layer, Activation activation, Buffer da, Buffer at, Buffer dz) implements Op {
    @Override
    public List<Buffer> reads() {
        return List.of(da, at);
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
        return new ActivationGradient(other, activation, renaming.deltas(da), renaming.in(at), renaming.results(dz));
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.activationGradient(this);
    }

    @Override
    public String toString() {
        return dz + " = " + da + " * " + activation.keyword() + "'(" + at + ")";
    }
}
