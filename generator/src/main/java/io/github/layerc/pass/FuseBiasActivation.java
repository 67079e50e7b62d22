package io.github.layerc.pass;

import io.github.layerc.network.Activation;
import io.github.layerc.network.formula.Formula.Variable;
import io.github.layerc.program.Program;
import io.github.layerc.program.Readers;
import io.github.layerc.program.op.Activate;
import io.github.layerc.program.op.AddBias;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.WithEpilogue;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves bias and cheap activations into the epilogue of the forward product, or of what stands in its place, so that a
 * pre-activation is finished while it is in a register.
 *
 * <pre>
 * z = a W^T;  z = z + b;  a = relu(z)      ->      a = relu(a W^T + b)
 * </pre>
 *
 * <p>Those with an exponential stay outside: it would be unrolled once for each element of the register tile. So does
 * an activation whose {@code z} is read again, by a derivative or the losses, or occurs twice in its formula.
 */
final class FuseBiasActivation implements Pass {
    @Override
    public String name() {
        return "fuse-bias-activation";
    }

    @Override
    public Program apply(Program program) {
        Readers readers = new Readers(program);
        List<Op> ops = new ArrayList<>(program.ops());
        for (int i = 0; i < ops.size(); i++) {
            if (ops.get(i).phase() == Op.Phase.FORWARD && ops.get(i) instanceof WithEpilogue product) {
                ops.set(i, fuse(readers, ops, i, product));
            }
        }
        return program.withOps(ops);
    }

    /** Removes what it takes into the product from the operations behind it. */
    private static Op fuse(Readers readers, List<Op> ops, int at, WithEpilogue product) {
        WithEpilogue fused = product;
        Buffer z = fused.writes().get(0);
        if (next(ops, at) instanceof AddBias bias && bias.z().equals(z)) {
            fused = fused.withEpilogue(fused.epilogue().withBias(bias.bias()));
            ops.remove(at + 1);
        }
        if (next(ops, at) instanceof Activate activate
                && activate.z().equals(z)
                && fits(activate.activation())
                && readers.ofResult(z) == 1) {
            fused = fused.withOut(activate.a()).withEpilogue(fused.epilogue().withActivation(activate.activation()));
            ops.remove(at + 1);
        }
        return fused;
    }

    /** The sum that it is applied to is an expression, which is not to be computed twice. */
    private static boolean fits(Activation activation) {
        return activation.elementwise()
                && activation.value().cheap()
                && activation.value().occurrences(Variable.Z) == 1;
    }

    private static Op next(List<Op> ops, int at) {
        return at + 1 < ops.size() ? ops.get(at + 1) : null;
    }
}
