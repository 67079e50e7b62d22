package io.github.layerc.program.op;

import io.github.layerc.network.Loss;
import java.util.List;

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
    public String toString() {
        return da + " = " + loss.keyword() + "'(" + a + ", " + y + ")";
    }
}
