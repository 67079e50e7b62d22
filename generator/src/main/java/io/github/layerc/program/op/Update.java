package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;

/** {@code p = p + factor * dp}. */
public record Update(int layer, Buffer parameter, Buffer gradient) implements Op {
    @Override
    public Store store() {
        return Store.UPDATE;
    }

    @Override
    public List<Buffer> reads() {
        return List.of(parameter, gradient);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(parameter);
    }

    @Override
    public String toString() {
        return parameter + " += factor * " + gradient;
    }
}
