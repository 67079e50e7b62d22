package io.github.layerc.program.op;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code z = Z[rows]}: takes the step's samples out of what is kept for all bound samples.
 *
 * @param from pre-activations of all bound samples
 */
public record Gather(int layer, Buffer from, Buffer out, Epilogue epilogue) implements Op {
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
