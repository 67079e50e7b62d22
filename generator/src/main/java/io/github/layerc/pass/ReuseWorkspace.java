package io.github.layerc.pass;

import io.github.layerc.program.Buffer;
import io.github.layerc.program.Op;
import io.github.layerc.program.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets element-wise operations work in place where nobody reads their input again.
 *
 * <pre>
 * z2 = a1 W2^T + b2;  a2 = tanh(z2)      ->      a2 = a1 W2^T + b2;  a2 = tanh(a2)
 * </pre>
 *
 * <p>Pre-activations that the losses of one entry point read keep their place in all of them, so that all share the same kernels.
 */
final class ReuseWorkspace implements Pass {
    private final Set<Buffer> kept = new HashSet<>();

    ReuseWorkspace(List<Program> programs) {
        for (Program program : programs) {
            program.ops().stream().filter(Op.Losses.class::isInstance).forEach(op -> kept.addAll(op.reads()));
        }
    }

    @Override
    public String name() {
        return "reuse-workspace";
    }

    @Override
    public Program apply(Program program) {
        Program current = program;
        for (Op op : program.ops()) {
            if (op instanceof Op.Activate activate) {
                current = merge(current, op, activate.z(), activate.a());
            } else if (op instanceof Op.ActivationGradient gradient) {
                current = merge(current, op, gradient.da(), gradient.dz());
            }
        }
        return current;
    }

    private Program merge(Program program, Op op, Buffer from, Buffer to) {
        int at = program.ops().indexOf(op);
        if (from.equals(to) || kept.contains(from) || readers(program, from) != 1 || usedBefore(program, at, to)) {
            return program;
        }
        List<Op> ops = new ArrayList<>();
        for (Op each : program.ops()) {
            ops.add(replace(each, from, to));
        }
        return program.withOps(ops);
    }

    private static long readers(Program program, Buffer buffer) {
        return program.ops().stream()
                .filter(op -> op.reads().contains(buffer) && !op.writes().contains(buffer))
                .count();
    }

    private static boolean usedBefore(Program program, int at, Buffer buffer) {
        return program.ops().subList(0, at).stream()
                .anyMatch(op -> op.reads().contains(buffer) || op.writes().contains(buffer));
    }

    private static Op replace(Op op, Buffer from, Buffer to) {
        if (op instanceof Op.Product product) {
            return product.out().equals(from) ? product.withOut(to) : product;
        }
        if (op instanceof Op.Gather gather) {
            return gather.out().equals(from) ? gather.withOut(to) : gather;
        }
        if (op instanceof Op.AddBias bias) {
            return bias.z().equals(from) ? new Op.AddBias(bias.layer(), to, bias.bias()) : bias;
        }
        if (op instanceof Op.Activate activate) {
            return activate.z().equals(from)
                    ? new Op.Activate(activate.layer(), activate.activation(), to, activate.a())
                    : activate;
        }
        if (op instanceof Op.LossGradient loss) {
            return loss.da().equals(from)
                    ? new Op.LossGradient(loss.layer(), loss.loss(), loss.a(), loss.y(), to)
                    : loss;
        }
        if (op instanceof Op.ActivationGradient gradient) {
            return gradient.da().equals(from)
                    ? new Op.ActivationGradient(
                            gradient.layer(), gradient.activation(), to, gradient.a(), gradient.dz())
                    : gradient;
        }
        return op;
    }
}
