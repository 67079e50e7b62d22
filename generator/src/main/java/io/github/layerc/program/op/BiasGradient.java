package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;

/** {@code db = sum over the samples of dz}. */
public record BiasGradient(int layer, Buffer dz, Buffer out, Store store) implements Op {
    @Override
    public List<Buffer> reads() {
        return store == Store.SET ? List.of(dz) : List.of(dz, out);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(out);
    }

    @Override
    public String toString() {
        return Epilogue.NONE.withStore(store).around("sum of " + dz, out.name());
    }
}
