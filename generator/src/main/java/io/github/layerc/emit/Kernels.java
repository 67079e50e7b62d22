package io.github.layerc.emit;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.ShapeKernels;
import io.github.layerc.program.op.BiasGradient;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernels of operations: each is emitted once, however many entry points use it.
 *
 * <p>Where units lie in the lanes, the gradients of a layer's weights and bias share a kernel. Alone, each would be small enough for C2 to inline
 * it into an entry point, and all of them are more than fits the {@link InliningBudget}.
 */
final class Kernels {
    private final Emission emission;
    private final ShapeKernels shapes;
    private final OpEmitter emitter;
    private final Map<Op, Kernel> kernels = new LinkedHashMap<>();
    private final Map<String, Op> names = new LinkedHashMap<>();

    Kernels(Emission emission, Scheduler scheduler) {
        this.emission = emission;
        this.shapes = new ShapeKernels(emission);
        this.emitter = new OpEmitter(emission, scheduler);
    }

    /** The kernel of an operation. */
    Kernel of(Op called) {
        Op op = shapes.standIn(called.store() == Store.UPDATE ? adding(called) : called);
        Kernel known = kernels.get(op);
        if (known != null) {
            return known;
        }
        Kernel kernel = op.accept(emitter);
        Op other = names.putIfAbsent(kernel.method(), op);
        if (other != null) {
            throw new AssertionError("two kernels named " + kernel.method() + ": " + op + " and " + other);
        }
        kernels.put(op, kernel);
        return kernel;
    }

    /** An update is the kernel that adds gradients, with another array and factor. */
    private static Op adding(Op op) {
        return op.storedIn(Buffer::gradient, Store.ADD).orElse(op);
    }

    /** The kernel of operations that an entry point calls: of one, or of two that {@link #together}. */
    Kernel called(List<Op> ops) {
        Kernel kernel = of(ops.get(0));
        return ops.size() == 1 ? kernel : LayerGradient.of(emission, kernel, of(ops.get(1)));
    }

    /** Operations in order, those together that share a kernel: nothing that is split later may come between them. */
    List<List<Op>> calls(List<Op> ops) {
        List<List<Op>> calls = new ArrayList<>();
        for (int i = 0; i < ops.size(); i++) {
            boolean together = i + 1 < ops.size() && together(ops.get(i), ops.get(i + 1));
            calls.add(ops.subList(i, together ? i + 2 : i + 1));
            i += together ? 1 : 0;
        }
        return calls;
    }

    /** Whether two operations, one behind the other, share a kernel. */
    private boolean together(Op first, Op second) {
        return emission.padded()
                && first instanceof Product product
                && product.kind() == Product.Kind.WEIGHT_GRADIENT
                && second instanceof BiasGradient bias
                && bias.dz().equals(product.left())
                && first.layer() == second.layer()
                && first.store() == second.store()
                && !of(first).arguments().contains(Argument.FROM);
    }
}
