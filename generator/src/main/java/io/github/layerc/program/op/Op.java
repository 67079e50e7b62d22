package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One operation of a program. The text of an operation is its formula. Each answers every question itself: none has an answer that a new operation
 * would inherit unasked.
 */
public sealed interface Op
        permits Activate,
                ActivationGradient,
                AddBias,
                BiasGradient,
                Drop,
                GammaGradient,
                GramUpdate,
                LossGradient,
                Losses,
                Normalize,
                Normalize.Gradient,
                Normalize.Keep,
                OutputDelta,
                Return,
                Update,
                WithEpilogue {

    /** Buffers that must hold values before it. */
    List<Buffer> reads();

    /** Buffers that hold values after it. */
    List<Buffer> writes();

    /** The layer whose parameters or activations it is about. */
    int layer();

    /** Multiply-adds for each sample, counted as two; element-wise work is not counted. */
    long flopsPerSample();

    /** What its result does to the buffer that it writes. */
    Store store();

    /** The part of an entry point that it belongs to. */
    Phase phase();

    /** What it goes over. */
    Span span();

    /** The shape of what it computes. */
    Shape shape();

    /** The same for another layer, on other buffers. */
    Op renamed(int layer, Renaming renaming);

    /** The same sum, put into another buffer for its own in another way; empty where an operation has no such choice. */
    Optional<Op> storedIn(UnaryOperator<Buffer> out, Store store);

    /** Calls the method of the visitor for this kind of operation. */
    <R> R accept(Visitor<R> visitor);

    /** Parts of an entry point, with their names in comments. */
    enum Phase {
        FORWARD,
        RESULTS,
        LOSSES,
        BACKWARD,
        UPDATE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What an operation goes over, which decides how threads may share it. */
    enum Span {
        /** Samples, each on its own. */
        SAMPLES,
        /** All samples, which it makes depend on each other: what follows can begin behind it only. */
        TOGETHER,
        /** All samples, whose values it sums up: behind everything that is done for each of them. */
        SUM,
        /** Parameters and their gradients: behind everything that sums up. */
        PARAMETERS
    }

    /**
     * What a result looks like.
     *
     * @param rows of the result, or {@link #SAMPLES}
     * @param columns of the result
     * @param terms of each sum, or {@link #SAMPLES}; 0 where nothing is summed
     */
    record Shape(int rows, int columns, int terms) {
        /** As many as there are samples, which is known at run time only. */
        public static final int SAMPLES = -1;

        static Shape of(Buffer out) {
            return new Shape(out.perSample() ? SAMPLES : out.rows(), out.columns(), 0);
        }

        Shape summed(int number) {
            return new Shape(rows, columns, number);
        }
    }

    /**
     * Other buffers for those of an operation, told by what it does with them: one buffer may be both what it is made of and its result.
     *
     * @param in for activations or samples that it reads
     * @param deltas for what it reads of the way back
     * @param results for what it makes for each sample
     * @param statistics for means and variances of a step
     * @param parameters for weights, biases and their gradients
     */
    record Renaming(
            UnaryOperator<Buffer> in,
            UnaryOperator<Buffer> deltas,
            UnaryOperator<Buffer> results,
            UnaryOperator<Buffer> statistics,
            UnaryOperator<Buffer> parameters) {
        /** The same for all that belongs to samples; parameters stay. */
        public static Renaming ofSamples(UnaryOperator<Buffer> places) {
            return new Renaming(places, places, places, places, UnaryOperator.identity());
        }

        Buffer in(Buffer buffer) {
            return in.apply(buffer);
        }

        Buffer deltas(Buffer buffer) {
            return deltas.apply(buffer);
        }

        Buffer results(Buffer buffer) {
            return results.apply(buffer);
        }

        Buffer statistics(Buffer buffer) {
            return statistics.apply(buffer);
        }

        Buffer parameters(Buffer buffer) {
            return parameters.apply(buffer);
        }
    }

    /** One method for each kind of operation, so that none is forgotten. */
    interface Visitor<R> {
        R product(Product op);

        R gather(Gather op);

        R gramUpdate(GramUpdate op);

        R addBias(AddBias op);

        R activate(Activate op);

        R losses(Losses op);

        R lossGradient(LossGradient op);

        R activationGradient(ActivationGradient op);

        R drop(Drop op);

        R normalize(Normalize op);

        R normalizeGradient(Normalize.Gradient op);

        R keepStatistics(Normalize.Keep op);

        R gammaGradient(GammaGradient op);

        R outputDelta(OutputDelta op);

        R biasGradient(BiasGradient op);

        R update(Update op);

        R results(Return op);
    }
}
