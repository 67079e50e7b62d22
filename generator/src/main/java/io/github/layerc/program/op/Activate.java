package io.github.layerc.program.op;

import io.github.layerc.network.Activation;
import java.util.List;

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
    public String toString() {
        return a + " = " + activation.keyword() + "(" + z + ")";
    }
}
