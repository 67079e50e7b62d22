package io.github.layerc.program.op;

import io.github.layerc.network.Loss;
import java.util.List;

/**
 * The sum of the losses, returned by the entry point.
 *
 * @param from pre-activations for the cross-entropies, which stay finite that way; activations for the squared error
 * @param softmax of the pre-activations, from which the sum of their exponentials is taken; null where it is made anew, or not needed
 */
public record Losses(int layer, Loss loss, Buffer from, Buffer softmax, Buffer y) implements Op {
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
