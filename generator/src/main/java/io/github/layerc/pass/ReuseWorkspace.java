package io.github.layerc.pass;

import io.github.layerc.program.Program;
import io.github.layerc.program.Readers;
import io.github.layerc.program.op.Activate;
import io.github.layerc.program.op.ActivationGradient;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.WithEpilogue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets element-wise operations work in place where nobody reads their input again.
 *
 * <pre>
 * z2 = a1 W2^T + b2;  a2 = tanh(z2)      ->      a2 = a1 W2^T + b2;  a2 = tanh(a2)
 * </pre>
 *
 * <p>Pre-activations that the losses or a derivative of one entry point read keep their place in all of them, so that all share the same kernels.
 */
final class ReuseWorkspace implements Pass {
    private final Set<Buffer> kept = new HashSet<>();

    ReuseWorkspace(List<Program> programs) {
        for (Program program : programs) {
            for (Op op : program.ops()) {
                if (op.phase() == Op.Phase.LOSSES) {
                    kept.addAll(op.reads());
                } else if (op instanceof ActivationGradient gradient) {
                    kept.add(gradient.at());
                } else if (op instanceof WithEpilogue product
                        && product.epilogue().derivativeAt() != null) {
                    kept.add(product.epilogue().derivativeAt());
                }
            }
        }
    }

    @Override
    public String name() {
        return "reuse-workspace";
    }

    @Override
    public Program apply(Program program) {
        Readers readers = new Readers(program);
        Set<Buffer> used = new HashSet<>();
        Map<Buffer, Buffer> places = new HashMap<>();
        for (Op op : program.ops()) {
            if (op instanceof Activate activate) {
                merge(activate.z(), activate.a(), readers, used, places);
            } else if (op instanceof ActivationGradient gradient) {
                merge(gradient.da(), gradient.dz(), readers, used, places);
            }
            used.addAll(op.reads());
            used.addAll(op.writes());
        }
        if (places.isEmpty()) {
            return program;
        }
        Op.Renaming renaming = Op.Renaming.ofSamples(buffer -> places.getOrDefault(buffer, buffer));
        return program.withOps(program.ops().stream()
                .map(op -> op.renamed(op.layer(), renaming))
                .toList());
    }

    /** @param used what operations further up read or write */
    private void merge(Buffer from, Buffer to, Readers readers, Set<Buffer> used, Map<Buffer, Buffer> places) {
        if (!from.equals(to) && !kept.contains(from) && readers.ofResult(from) == 1 && !used.contains(to)) {
            places.put(from, to);
        }
    }
}
