package io.github.layerc.pass;

import io.github.layerc.program.Buffer;
import io.github.layerc.program.Epilogue.Store;
import io.github.layerc.program.Op;
import io.github.layerc.program.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves the update of plain gradient descent into the kernels of the gradients, so that a gradient never exists in memory.
 *
 * <pre>
 * dW1 = dz1^T x;  ...;  W1 += factor * dW1      ->      ...;  W1 += factor * dz1^T x
 * </pre>
 *
 * <p>The gradient's operation moves down to the place of the update, behind everything that reads the old parameters; what it reads must not
 * change on the way.
 */
final class FuseUpdate implements Pass {
    @Override
    public String name() {
        return "fuse-update";
    }

    @Override
    public Program apply(Program program) {
        Program current = program;
        for (Op op : program.ops()) {
            if (op instanceof Op.Update update) {
                current = fuse(current, update);
            }
        }
        return current;
    }

    private static Program fuse(Program program, Op.Update update) {
        int at = program.ops().indexOf(update);
        int source = source(program, update.gradient());
        Op gradient = program.ops().get(source);
        if (readers(program, update.gradient()) != 1 || program.writtenBetween(source + 1, at, gradient.reads())) {
            return program;
        }
        List<Op> ops = new ArrayList<>(program.ops());
        ops.set(at, updating(gradient, update.parameter()));
        ops.remove(source);
        return program.withOps(ops);
    }

    private static int source(Program program, Buffer gradient) {
        for (int i = 0; i < program.ops().size(); i++) {
            if (program.ops().get(i).writes().contains(gradient)) {
                return i;
            }
        }
        throw new AssertionError("no operation writes " + gradient + "\n" + program);
    }

    private static long readers(Program program, Buffer gradient) {
        return program.ops().stream()
                .filter(op -> op.reads().contains(gradient))
                .count();
    }

    private static Op updating(Op gradient, Buffer parameter) {
        if (gradient instanceof Op.Product product) {
            return product.withOut(parameter).withEpilogue(product.epilogue().withStore(Store.UPDATE));
        }
        if (gradient instanceof Op.BiasGradient bias) {
            return new Op.BiasGradient(bias.layer(), bias.dz(), parameter, Store.UPDATE);
        }
        throw new AssertionError("not a gradient: " + gradient);
    }
}
