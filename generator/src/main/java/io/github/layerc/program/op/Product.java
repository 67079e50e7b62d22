package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * A matrix product.
 *
 * @param left {@code a_prev} (forward) or {@code dz}
 * @param right {@code W}, or {@code a_prev} for the weight gradient
 */
public record Product(Kind kind, int layer, Buffer left, Buffer right, Buffer out, Epilogue epilogue) implements Op {
    /** Which of a layer's three products. */
    public enum Kind {
        /** {@code z = a_prev W^T}. */
        FORWARD,
        /** {@code dW = dz^T a_prev}, summed over the samples. */
        WEIGHT_GRADIENT,
        /** {@code da_prev = dz W}. */
        INPUT_GRADIENT
    }

    public Product withOut(Buffer other) {
        return new Product(kind, layer, left, right, other, epilogue);
    }

    public Product withEpilogue(Epilogue other) {
        return new Product(kind, layer, left, right, out, other);
    }

    @Override
    public Store store() {
        return epilogue.store();
    }

    /** The weights, or the buffer of the same shape that is written in their place. */
    public Buffer matrix() {
        return kind == Kind.WEIGHT_GRADIENT ? out : right;
    }

    @Override
    public List<Buffer> reads() {
        List<Buffer> reads = new ArrayList<>(List.of(left, right));
        reads.addAll(epilogue.reads());
        if (epilogue.store() != Store.SET) {
            reads.add(out);
        }
        return reads;
    }

    @Override
    public List<Buffer> writes() {
        return List.of(out);
    }

    @Override
    public long flopsPerSample() {
        return 2 * matrix().elements();
    }

    @Override
    public String toString() {
        return epilogue.around(
                switch (kind) {
                    case FORWARD -> left + " " + right + "^T";
                    case WEIGHT_GRADIENT -> left + "^T " + right;
                    case INPUT_GRADIENT -> left + " " + right;
                },
                out.name());
    }
}
