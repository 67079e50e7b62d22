package io.github.layerc.pass;

import io.github.layerc.program.Program;
import io.github.layerc.program.Readers;
import io.github.layerc.program.op.Activate;
import io.github.layerc.program.op.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes the output activation where only its input is asked for: cross-entropies are computed from pre-activations.
 *
 * <pre>
 * a4 = sigmoid(z4);  losses = binary_cross_entropy(z4, y)      ->      losses = binary_cross_entropy(z4, y)
 * </pre>
 */
final class DropUnusedActivation implements Pass {
    @Override
    public String name() {
        return "drop-unused-activation";
    }

    @Override
    public Program apply(Program program) {
        Readers readers = new Readers(program);
        List<Op> kept = new ArrayList<>();
        for (int i = 0; i < program.ops().size(); i++) {
            boolean unused = program.ops().get(i) instanceof Activate activate && !readers.behind(i, activate.a());
            if (!unused) {
                kept.add(program.ops().get(i));
            }
        }
        return program.withOps(kept);
    }
}
