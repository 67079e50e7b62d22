package io.github.layerc.program.op;

import io.github.layerc.network.Activation;
import java.util.List;

/** {@code dz = da * f'(z)}, with the derivative taken from {@code a}; in place where {@code da} and {@code dz} are the same buffer. */
public record ActivationGradient(int layer, Activation activation, Buffer da, Buffer a, Buffer dz) implements Op {
    @Override
    public List<Buffer> reads() {
        return List.of(da, a);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(dz);
    }

    @Override
    public String toString() {
        return dz + " = " + da + " * " + activation.keyword() + "'(" + a + ")";
    }
}
