package io.github.layerc.pass;

import io.github.layerc.network.formula.Formula.Constant;
import io.github.layerc.program.Program;
import io.github.layerc.program.Readers;
import io.github.layerc.program.op.ActivationGradient;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes the derivative of an activation where it is 1: the gradient of the activation is the delta.
 *
 * <pre>
 * da3 = mean_squared_error'(a3, y);  dz3 = da3 * identity'(a3)      ->      dz3 = mean_squared_error'(a3, y)
 * </pre>
 */
final class DropIdentityGradient implements Pass {
    @Override
    public String name() {
        return "drop-identity-gradient";
    }

    @Override
    public Program apply(Program program) {
        Readers readers = new Readers(program);
        Map<Buffer, Buffer> deltas = new HashMap<>();
        List<Op> kept = new ArrayList<>();
        for (Op op : program.ops()) {
            if (op instanceof ActivationGradient gradient && isOne(gradient) && readers.of(gradient.da()) == 1) {
                deltas.put(gradient.da(), gradient.dz());
            } else {
                kept.add(op);
            }
        }
        Op.Renaming renaming = Op.Renaming.ofSamples(buffer -> deltas.getOrDefault(buffer, buffer));
        return program.withOps(
                kept.stream().map(op -> op.renamed(op.layer(), renaming)).toList());
    }

    private static boolean isOne(ActivationGradient gradient) {
        return gradient.activation().elementwise()
                && gradient.activation().derivative().equals(Constant.ONE);
    }
}
