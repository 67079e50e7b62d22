package io.github.layerc.pass;

import io.github.layerc.program.Program;
import io.github.layerc.program.Readers;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Moves the update into the kernels of the gradients: a gradient of its own never exists in memory, be {@code into} the parameters or, for an
 * optimizer that does more than add to them, gradients.
 *
 * <pre>
 * dW1 = dz1^T x;  ...;  into[W1] += factor * dW1      ->      ...;  into[W1] += factor * dz1^T x
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
        Readers readers = new Readers(program);
        Map<Buffer, NavigableSet<Integer>> writers = writers(program);
        List<Op> ops = new ArrayList<>(program.ops());
        for (int at = 0; at < ops.size(); at++) {
            if (ops.get(at) instanceof Update update) {
                if (!writers.containsKey(update.gradient())) {
                    throw new AssertionError("no operation writes " + update.gradient() + "\n" + program);
                }
                int source = writers.get(update.gradient()).first();
                Op gradient = ops.get(source);
                if (readers.of(update.gradient()) == 1 && !written(writers, gradient.reads(), source, at)) {
                    ops.set(at, updating(gradient, update.parameter()));
                    ops.set(source, null);
                }
            }
        }
        return program.withOps(ops.stream().filter(Objects::nonNull).toList());
    }

    /** The positions at which each buffer is written. */
    private static Map<Buffer, NavigableSet<Integer>> writers(Program program) {
        Map<Buffer, NavigableSet<Integer>> writers = new HashMap<>();
        for (int i = 0; i < program.ops().size(); i++) {
            for (Buffer buffer : program.ops().get(i).writes()) {
                writers.computeIfAbsent(buffer, any -> new TreeSet<>()).add(i);
            }
        }
        return writers;
    }

    /** Whether one of the buffers is written between two operations. */
    private static boolean written(Map<Buffer, NavigableSet<Integer>> writers, List<Buffer> buffers, int from, int to) {
        return buffers.stream()
                .filter(writers::containsKey)
                .anyMatch(buffer ->
                        !writers.get(buffer).subSet(from, false, to, false).isEmpty());
    }

    private static Op updating(Op gradient, Buffer parameter) {
        return gradient.storedIn(sum -> parameter, Store.UPDATE)
                .orElseThrow(() -> new AssertionError("not a gradient: " + gradient));
    }
}
