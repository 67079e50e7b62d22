package io.github.layerc.program;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Loss;
import io.github.layerc.program.Epilogue.Store;
import java.util.ArrayList;
import java.util.List;

/** One operation of a program. The text of an operation is its formula. */
public sealed interface Op {

    /** Buffers that must hold values before it. */
    List<Buffer> reads();

    /** Buffers that hold values after it. */
    List<Buffer> writes();

    /** The layer whose parameters or activations it is about. */
    int layer();

    /** Multiply-adds for each sample, counted as two; element-wise work is not counted. */
    default long flopsPerSample() {
        return 0;
    }

    /** What its result does to the buffer that it writes. */
    default Store store() {
        return Store.SET;
    }

    /** Which of a layer's three products. */
    enum ProductKind {
        /** {@code z = a_prev W^T}. */
        FORWARD,
        /** {@code dW = dz^T a_prev}, summed over the samples. */
        WEIGHT_GRADIENT,
        /** {@code da_prev = dz W}. */
        INPUT_GRADIENT
    }

    /**
     * A matrix product.
     *
     * @param left {@code a_prev} (forward) or {@code dz}
     * @param right {@code W}, or {@code a_prev} for the weight gradient
     */
    record Product(ProductKind kind, int layer, Buffer left, Buffer right, Buffer out, Epilogue epilogue)
            implements Op {
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
            return kind == ProductKind.WEIGHT_GRADIENT ? out : right;
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

    /**
     * {@code z = Z[rows]}: takes the step's samples out of what is kept for all bound samples.
     *
     * @param from pre-activations of all bound samples
     */
    record Gather(int layer, Buffer from, Buffer out, Epilogue epilogue) implements Op {
        public Gather withOut(Buffer other) {
            return new Gather(layer, from, other, epilogue);
        }

        public Gather withEpilogue(Epilogue other) {
            return new Gather(layer, from, out, other);
        }

        @Override
        public List<Buffer> reads() {
            List<Buffer> reads = new ArrayList<>(List.of(from));
            reads.addAll(epilogue.reads());
            return reads;
        }

        @Override
        public List<Buffer> writes() {
            return List.of(out);
        }

        @Override
        public String toString() {
            return epilogue.around(from + "[rows]", out.name());
        }
    }

    /**
     * {@code Z += factor * dz^T G[rows];  C[rows] += factor * dz}: the update of the first layer's weights, as what it does to its
     * pre-activations. It takes 2 units FLOPs for each pair of a sample of the step and a bound sample.
     */
    record GramUpdate(int layer, Buffer dz, Buffer gram, Buffer coefficients, Buffer preActivations) implements Op {
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

    /** {@code z += b}. */
    record AddBias(int layer, Buffer z, Buffer bias) implements Op {
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

    /** {@code a = f(z)}; in place where both are the same buffer. */
    record Activate(int layer, Activation activation, Buffer z, Buffer a) implements Op {
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

    /**
     * The sum of the losses, returned by the entry point.
     *
     * @param from pre-activations for the cross-entropies, which stay finite that way; activations for the squared error
     * @param softmax of the pre-activations, from which the sum of their exponentials is taken; null where it is made anew, or not needed
     */
    record Losses(int layer, Loss loss, Buffer from, Buffer softmax, Buffer y) implements Op {
        public Losses(int layer, Loss loss, Buffer from, Buffer y) {
            this(layer, loss, from, null, y);
        }

        public Losses withSoftmax(Buffer a) {
            return new Losses(layer, loss, from, a, y);
        }

        @Override
        public List<Buffer> reads() {
            return softmax == null ? List.of(from, y) : List.of(from, softmax, y);
        }

        @Override
        public List<Buffer> writes() {
            return List.of();
        }

        @Override
        public String toString() {
            String a = softmax == null ? "" : softmax + ", ";
            return "losses = " + loss.keyword() + "(" + from + ", " + a + y + ")";
        }
    }

    /** {@code da = dLoss/da}. */
    record LossGradient(int layer, Loss loss, Buffer a, Buffer y, Buffer da) implements Op {
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

    /** {@code dz = da * f'(z)}, with the derivative taken from {@code a}; in place where {@code da} and {@code dz} are the same buffer. */
    record ActivationGradient(int layer, Activation activation, Buffer da, Buffer a, Buffer dz) implements Op {
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

    /** {@code dz = factor * (a - y)}: the derivative of loss and output activation together, where it has that form. */
    record OutputDelta(int layer, Loss loss, Buffer a, Buffer y, Buffer dz) implements Op {
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
                    + (loss == Loss.BINARY_CROSS_ENTROPY && a.columns() > 1
                            ? "(" + a + " - " + y + ")"
                            : a + " - " + y);
        }
    }

    /** {@code db = sum over the samples of dz}. */
    record BiasGradient(int layer, Buffer dz, Buffer out, Store store) implements Op {
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

    /** {@code p = p + factor * dp}. */
    record Update(int layer, Buffer parameter, Buffer gradient) implements Op {
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

    /** {@code out = a}, row-major for the caller. */
    record Return(int layer, Buffer a, Buffer out) implements Op {
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
}
