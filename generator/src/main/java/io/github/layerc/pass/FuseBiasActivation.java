package io.github.layerc.pass;

import io.github.layerc.program.Program;
import io.github.layerc.program.Readers;
import io.github.layerc.program.op.Activate;
import io.github.layerc.program.op.AddBias;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Epilogue;
import io.github.layerc.program.op.Gather;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.Product;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves bias and cheap activations into the epilogue of the forward product, or of what stands in its place, so that a pre-activation is finished while it is in a register.
 *
 * <pre>
 * z = a W^T;  z = z + b;  a = relu(z)      ->      a = relu(a W^T + b)
 * </pre>
 *
 * <p>Sigmoid, tanh and softmax stay outside: their exponentials would be unrolled once for each element of the register tile. So does an
 * activation whose {@code z} is read again.
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
            boolean product = ops.get(i) instanceof Product p && p.kind() == Product.Kind.FORWARD;
            if (product || ops.get(i) instanceof Gather) {
                ops.set(i, fuse(readers, ops, i));
            }
        }
        return program.withOps(ops);
    }

    /** Removes what it takes into the product from the operations behind it. */
    private static Op fuse(Readers readers, List<Op> ops, int at) {
        Op fused = ops.get(at);
        Buffer z = fused.writes().get(0);
        if (next(ops, at) instanceof AddBias bias && bias.z().equals(z)) {
            fused = with(fused, z, epilogue(fused).withBias(bias.bias()));
            ops.remove(at + 1);
        }
        if (next(ops, at) instanceof Activate activate
                && activate.z().equals(z)
                && activate.activation().cheap()
                && readers.ofResult(z) == 1) {
            fused = with(fused, activate.a(), epilogue(fused).withActivation(activate.activation()));
            ops.remove(at + 1);
        }
        return fused;
    }

    private static Epilogue epilogue(Op op) {
        return op instanceof Gather gather ? gather.epilogue() : ((Product) op).epilogue();
    }

    private static Op with(Op op, Buffer out, Epilogue epilogue) {
        return op instanceof Gather gather
                ? gather.withOut(out).withEpilogue(epilogue)
                : ((Product) op).withOut(out).withEpilogue(epilogue);
    }

    private static Op next(List<Op> ops, int at) {
        return at + 1 < ops.size() ? ops.get(at + 1) : null;
    }
}
