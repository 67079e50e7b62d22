package io.github.layerc.pass;

import io.github.layerc.program.Program;
import io.github.layerc.program.Readers;
import io.github.layerc.program.op.ActivationGradient;
import io.github.layerc.program.op.LossGradient;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.OutputDelta;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges the derivatives of a cross-entropy and of its own output activation, which cancel to a difference. The quotient that it removes would
 * be 0/0 for a saturated output.
 *
 * <pre>
 * da = -(y/a - (1-y)/(1-a)) / n;  dz = da * a (1-a)         ->      dz = (a - y) / n      sigmoid, binary cross-entropy
 * da = -y/a;  dz_j = a_j (da_j - sum over k of da_k a_k)    ->      dz = a - y            softmax, categorical cross-entropy
 * </pre>
 *
 * <p>It holds for these two pairs only; the second one for targets that add up to 1. Every other pair stays as it is.
 */
final class FuseLossGradient implements Pass {
    @Override
    public String name() {
        return "fuse-loss-gradient";
    }

    @Override
    public Program apply(Program program) {
        Readers readers = new Readers(program);
        List<Op> ops = new ArrayList<>(program.ops());
        for (int i = 0; i + 1 < ops.size(); i++) {
            if (ops.get(i) instanceof LossGradient loss
                    && ops.get(i + 1) instanceof ActivationGradient activation
                    && activation.da().equals(loss.da())
                    && readers.of(loss.da()) == 1
                    && loss.loss().cancels(activation.activation())) {
                ops.set(i, new OutputDelta(loss.layer(), loss.loss(), loss.a(), loss.y(), activation.dz()));
                ops.remove(i + 1);
            }
        }
        return program.withOps(ops);
    }
}
