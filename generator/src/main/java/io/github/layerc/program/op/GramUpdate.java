package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;

/**
 * {@code Z += factor * dz^T G[rows];  C[rows] += factor * dz}: the update of the first layer's weights, as what it does to its
 * pre-activations. It takes 2 units FLOPs for each pair of a sample of the step and a bound sample.
 */
public record GramUpdate(int layer, Buffer dz, Buffer gram, Buffer coefficients, Buffer preActivations) implements Op {
    @Override
    public Store store() {
        return Store.UPDATE;
    }

    @Override
    public List<Buffer> reads() {
        return List.of(dz, gram, coefficients, preActivations);
    }

    @Override
    public List<Buffer> writes() {
        return List.of(coefficients, preActivations);
    }

    @Override
    public String toString() {
        return preActivations + ", " + coefficients + " += factor * " + dz + "^T (" + gram + ", 1)";
    }
}
