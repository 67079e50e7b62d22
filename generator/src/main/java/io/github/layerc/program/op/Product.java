package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A matrix product.
 *
 * @param left {@code a_prev} (forward) or {@code dz}
 * @param right {@code W}, or {@code a_prev} for the weight gradient
 */
public record Product(Kind kind, int layer, Buffer left, Buffer right, Buffer out, Epilogue epilogue)
        implements WithEpilogue {
    /** Which of a layer's three products. */
    public enum Kind {
        /** {@code z = a_prev W^T}. */
        FORWARD,
        /** {@code dW = dz^T a_prev}, summed over the samples. */
        WEIGHT_GRADIENT,
        /** {@code da_prev = dz W}. */
        INPUT_GRADIENT
    }

    @Override
    public Product withOut(Buffer other) {
        return new Product(kind, layer, left, right, other, epilogue);
    }

    @Override
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

    /** The buffer with a row of values for each sample: of the layer's units, or of its inputs. */
    public Buffer ofSamples(boolean units) {
        return switch (kind) {
            case FORWARD -> units ? out : left;
            case WEIGHT_GRADIENT -> units ? left : right;
            case INPUT_GRADIENT -> units ? left : out;
        };
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
    public Phase phase() {
        if (epilogue.store() == Store.UPDATE) {
            return Phase.UPDATE;
        }
        return kind == Kind.FORWARD ? Phase.FORWARD : Phase.BACKWARD;
    }

    @Override
    public Span span() {
        return kind == Kind.WEIGHT_GRADIENT ? Span.SUM : Span.SAMPLES;
    }

    @Override
    public Shape shape() {
        Shape shape = Shape.of(out);
        return switch (kind) {
            case FORWARD -> shape.summed(matrix().columns());
            case WEIGHT_GRADIENT -> shape.summed(Shape.SAMPLES);
            case INPUT_GRADIENT -> shape.summed(matrix().rows());
        };
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        Epilogue renamed = epilogue.renamed(renaming);
        return switch (kind) {
            case FORWARD ->
                new Product(kind, other, renaming.in(left), renaming.parameters(right), renaming.results(out), renamed);
            case WEIGHT_GRADIENT ->
                new Product(kind, other, renaming.deltas(left), renaming.in(right), renaming.parameters(out), renamed);
            case INPUT_GRADIENT ->
                new Product(
                        kind, other, renaming.deltas(left), renaming.parameters(right), renaming.results(out), renamed);
        };
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.of(withOut(other.apply(out)).withEpilogue(epilogue.withStore(way)));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.product(this);
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
