package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;

/** One operation of a program. The text of an operation is its formula. */
public sealed interface Op
        permits Activate,
                ActivationGradient,
                AddBias,
                BiasGradient,
                Gather,
                GramUpdate,
                LossGradient,
                Losses,
                OutputDelta,
                Product,
                Return,
                Update {

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
}
