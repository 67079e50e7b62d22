package io.github.layerc.program.op;

import io.github.layerc.network.Loss;
import java.util.List;

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
    public String toString() {
        return dz + " = " + (loss == Loss.BINARY_CROSS_ENTROPY && a.columns() > 1 ? "1/" + a.columns() + " * " : "")
                + (loss == Loss.BINARY_CROSS_ENTROPY && a.columns() > 1 ? "(" + a + " - " + y + ")" : a + " - " + y);
    }
}
