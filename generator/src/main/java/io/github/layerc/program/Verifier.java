package io.github.layerc.program;

import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.Product;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a program after lowering and after every pass. What it finds is a bug of the compiler, so it throws an {@link AssertionError} with the
 * program printed.
 */
public final class Verifier {
    private final Program program;
    private final String after;
    private final Set<Buffer> written = new HashSet<>();
    private final Set<Buffer> updated = new HashSet<>();
    private final Map<String, Buffer> names = new HashMap<>();

    private Verifier(Program program, String after) {
        this.program = program;
        this.after = after;
    }

    /** @param after the lowering or the pass that made the program, for the message */
    public static void verify(Program program, String after) {
        Verifier verifier = new Verifier(program, after);
        program.ops().forEach(verifier::check);
        verifier.checkResult();
    }

    /**
     * Every workspace buffer that is written must be read: what is left over was not worth computing. Statistics aside, which a prediction leaves, too, as it
     * shares the kernel of the steps.
     */
    public static void verifyNothingUnused(Program program) {
        Readers readers = new Readers(program);
        for (Buffer buffer : program.buffers()) {
            if (buffer.role().workspace() && !buffer.role().statistic() && readers.of(buffer) == 0) {
                throw new AssertionError("buffer is written and never read: " + buffer + " in " + program);
            }
        }
    }

    private void check(Op op) {
        for (Buffer buffer : op.reads()) {
            Buffer known = names.putIfAbsent(buffer.name(), buffer);
            require(known == null || known.equals(buffer), op, "one name has two shapes: " + buffer.name());
            require(!needsValue(op, buffer) || written.contains(buffer), op, "read before it is written: " + buffer);
            require(!updated.contains(buffer), op, "read after its update: " + buffer);
        }
        for (Buffer buffer : op.writes()) {
            Buffer known = names.putIfAbsent(buffer.name(), buffer);
            require(known == null || known.equals(buffer), op, "one name has two shapes: " + buffer.name());
            boolean input = buffer.role().givenByCaller();
            require(!input, op, "writes to an input: " + buffer);
            written.add(buffer);
            if (buffer.role().trained()) {
                updated.add(buffer);
            }
        }
        if (op instanceof Product product) {
            checkShapes(product);
        }
    }

    /** Gradients that the caller collects are added to, so they hold values from the start. */
    private static boolean needsValue(Op op, Buffer buffer) {
        return switch (buffer.role()) {
            case Z, A, N, M, V, DA, DZ, DN -> true;
            case WEIGHT_GRADIENT, BIAS_GRADIENT, GAMMA_GRADIENT -> !op.writes().contains(buffer);
            default -> false;
        };
    }

    private void checkShapes(Product product) {
        Buffer matrix = product.matrix();
        Buffer units = product.kind() == Product.Kind.FORWARD ? product.out() : product.left();
        Buffer inputs = switch (product.kind()) {
            case FORWARD -> product.left();
            case WEIGHT_GRADIENT -> product.right();
            case INPUT_GRADIENT -> product.out();
        };
        require(matrix.rows() == units.columns(), product, "units do not agree: " + matrix + ", " + units);
        require(matrix.columns() == inputs.columns(), product, "inputs do not agree: " + matrix + ", " + inputs);
    }

    private void checkResult() {
        long losses = program.ops().stream()
                .filter(op -> op.phase() == Op.Phase.LOSSES)
                .count();
        boolean wanted = program.entry().losses();
        require(losses == (wanted ? 1 : 0), null, "losses must be computed once where they are returned: " + losses);
        Role result = switch (program.entry()) {
            case PREDICT, GRAM_PREDICT -> Role.OUTPUTS;
            case COST, GRAM_COST -> null;
            case GRADIENTS -> Role.WEIGHT_GRADIENT;
            case STEP, BOUND_STEP -> Role.WEIGHTS;
            // before the pass a step like any other
            case GRAM_STEP ->
                written.stream().anyMatch(buffer -> buffer.role() == Role.PRE_ACTIVATIONS)
                        ? Role.COEFFICIENTS
                        : Role.WEIGHTS;
        };
        List<Buffer> results =
                written.stream().filter(buffer -> buffer.role() == result).toList();
        require(result == null || !results.isEmpty(), null, "nothing is written to " + result);
    }

    private void require(boolean holds, Op op, String rule) {
        if (!holds) {
            throw new AssertionError("after " + after + ": " + rule + (op == null ? "" : ": " + op) + "\n" + program);
        }
    }
}
