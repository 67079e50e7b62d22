package io.github.layerc.pass;

import io.github.layerc.program.Program;
import io.github.layerc.program.Readers;
import io.github.layerc.program.op.Activate;
import io.github.layerc.program.op.ActivationGradient;
import io.github.layerc.program.op.AddBias;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Gather;
import io.github.layerc.program.op.LossGradient;
import io.github.layerc.program.op.Losses;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.Product;
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
 * <p>Pre-activations that the losses of one entry point read keep their place in all of them, so that all share the same kernels.
 */
final class ReuseWorkspace implements Pass {
    private final Set<Buffer> kept = new HashSet<>();

    ReuseWorkspace(List<Program> programs) {
        for (Program program : programs) {
            program.ops().stream().filter(Losses.class::isInstance).forEach(op -> kept.addAll(op.reads()));
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
        return places.isEmpty()
                ? program
                : program.withOps(
                        program.ops().stream().map(op -> replace(op, places)).toList());
    }

    /** @param used what operations further up read or write */
    private void merge(Buffer from, Buffer to, Readers readers, Set<Buffer> used, Map<Buffer, Buffer> places) {
        if (!from.equals(to) && !kept.contains(from) && readers.ofResult(from) == 1 && !used.contains(to)) {
            places.put(from, to);
        }
    }

    private static Op replace(Op op, Map<Buffer, Buffer> places) {
        if (op instanceof Product product) {
            return product.withOut(place(product.out(), places));
        }
        if (op instanceof Gather gather) {
            return gather.withOut(place(gather.out(), places));
        }
        if (op instanceof AddBias bias) {
            return new AddBias(bias.layer(), place(bias.z(), places), bias.bias());
        }
        if (op instanceof Activate activate) {
            return new Activate(activate.layer(), activate.activation(), place(activate.z(), places), activate.a());
        }
        if (op instanceof LossGradient loss) {
            return new LossGradient(loss.layer(), loss.loss(), loss.a(), loss.y(), place(loss.da(), places));
        }
        if (op instanceof ActivationGradient gradient) {
            return new ActivationGradient(
                    gradient.layer(), gradient.activation(), place(gradient.da(), places), gradient.a(), gradient.dz());
        }
        return op;
    }

    private static Buffer place(Buffer buffer, Map<Buffer, Buffer> places) {
        return places.getOrDefault(buffer, buffer);
    }
}
