package io.github.layerc.program.op;

import java.util.List;

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
    public String toString() {
        return z + " = " + z + " + " + bias;
    }
}
