package io.github.layerc.program.op;

import io.github.layerc.program.op.Epilogue.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code z = Z[rows]}: takes the step's samples out of what is kept for all bound samples.
 *
 * @param from pre-activations of all bound samples
 */
public record Gather(int layer, Buffer from, Buffer out, Epilogue epilogue) implements WithEpilogue {
    @Override
    public Gather withOut(Buffer other) {
        return new Gather(layer, from, other, epilogue);
    }

    @Override
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
    public Store store() {
        return Store.SET;
    }

    @Override
    public long flopsPerSample() {
        return 0;
    }

    @Override
    public Phase phase() {
        return Phase.FORWARD;
    }

    @Override
    public Span span() {
        return Span.SAMPLES;
    }

    @Override
    public Shape shape() {
        return Shape.of(out);
    }

    @Override
    public Op renamed(int other, Renaming renaming) {
        return new Gather(other, renaming.in(from), renaming.results(out), epilogue.renamed(renaming));
    }

    @Override
    public Optional<Op> storedIn(UnaryOperator<Buffer> other, Store way) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.gather(this);
    }

    @Override
    public String toString() {
        return epilogue.around(from + "[rows]", out.name());
    }
}
