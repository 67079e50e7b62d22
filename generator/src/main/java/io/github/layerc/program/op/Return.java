package io.github.layerc.program.op;

import java.util.List;

/** {@code out = a}, row-major for the caller. */
public record Return(int layer, Buffer a, Buffer out) implements Op {
    @Override
    public List<Buffer> reads() {
        return List.of(a);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(out);
    }

    @Override
    public String toString() {
        return out + " = " + a;
    }
}
