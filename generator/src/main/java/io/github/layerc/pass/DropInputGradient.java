package io.github.layerc.pass;

import io.github.layerc.program.Program;
import io.github.layerc.program.Readers;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.Product;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes the gradient after the samples, which nobody reads: a third of the work of a network whose first layer is the largest.
 *
 * <pre>
 * dW1 = dz1^T x;  da0 = dz1 W1      ->      dW1 = dz1^T x
 * </pre>
 */
final class DropInputGradient implements Pass {
    @Override
    public String name() {
        return "drop-input-gradient";
    }

    @Override
    public Program apply(Program program) {
        Readers readers = new Readers(program);
        List<Op> kept = new ArrayList<>();
        for (int i = 0; i < program.ops().size(); i++) {
            if (!unread(program, i, readers)) {
                kept.add(program.ops().get(i));
            }
        }
        return program.withOps(kept);
    }

    private static boolean unread(Program program, int at, Readers readers) {
        return program.ops().get(at) instanceof Product product
                && product.kind() == Product.Kind.INPUT_GRADIENT
                && product.out().role().workspace()
                && !readers.behind(at, product.out());
    }
}
