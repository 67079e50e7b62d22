package io.github.layerc.pass;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.program.GramForm;
import io.github.layerc.program.Program;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.program.op.Epilogue;
import io.github.layerc.program.op.Gather;
import io.github.layerc.program.op.GramUpdate;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.Product;
import io.github.layerc.program.op.Update;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites the first layer of the entry points for the Gram form, so that they touch neither the samples nor the weights of that layer.
 *
 * <pre>
 * z1 = x W1^T                                      ->      z1 = Z1[rows]
 * dW1 = dz1^T x;  ...;  into[W1] += factor * dW1   ->      C1[rows] += factor * dz1;  Z1 += factor * dz1^T G[rows]
 * </pre>
 *
 * <p>Algebra: every gradient of W1 is a combination of samples, {@code dz1^T x}. So as long as the optimizer only adds up gradients and
 * multiples of W1 itself, the weights stay {@code W1 = w W1(0) + C1 x}, a number and one coefficient for each unit and sample, and
 * all that the network ever asks of them are the pre-activations of the bound samples, {@code Z1 = W1 x^T = w Z1(0) + C1 G} with {@code G = x
 * x^T}. Z1 is kept up to date instead of W1: a gradient with the coefficients {@code dz1} changes Z1 by {@code dz1^T G}, whose rows are those
 * of the step's samples. The optimizer does to the numbers {@code (w, C1, Z1)} what it would do to W1, element by element, and W1 is made of
 * them when somebody asks for it. Other samples follow by the same algebra: their pre-activations are
 * {@code w Z(0) + C1 (x x_other^T)}.
 *
 * <p>A step of m of n bound samples takes 2 m n units FLOPs for this layer, where the direct form takes 4 m inputs units: it pays if there
 * are fewer samples than inputs, and enough steps to pay for G, n^2 inputs FLOPs.
 *
 * <p>Limits: the update must be linear in gradients and weights, which every {@link io.github.layerc.network.Optimizer} declares; an adaptive
 * optimizer divides each weight's gradient by a history of its own, a norm to clip at is one of gradients that are never made, an l1 looks at the sign of each weight, a batch normalisation is folded
 * into weights for predictions. The rewritten
 * entry points exist only where this pass was applied.
 */
final class GramFirstLayer implements Pass {
    private final Layer first;
    private final boolean wanted;

    GramFirstLayer(Network network) {
        this.first = network.layers().get(0);
        this.wanted = GramForm.isWanted(network);
    }

    @Override
    public String name() {
        return "gram-first-layer";
    }

    @Override
    public Program apply(Program program) {
        if (!wanted || !program.entry().gram()) {
            return program;
        }
        List<Op> ops = new ArrayList<>();
        for (Op op : program.ops()) {
            if (isFirst(op, Product.Kind.FORWARD)) {
                Buffer z = ((Product) op).out();
                ops.add(new Gather(op.layer(), Buffer.preActivations(first), z, Epilogue.NONE));
            } else if (op instanceof Update update && update.parameter().role() == Role.WEIGHTS && op.layer() == 1) {
                ops.add(new GramUpdate(
                        op.layer(),
                        delta(program),
                        Buffer.gram(),
                        Buffer.coefficients(first),
                        Buffer.preActivations(first)));
            } else if (!isFirst(op, Product.Kind.WEIGHT_GRADIENT)) {
                ops.add(op);
            }
        }
        return program.withOps(ops);
    }

    private static Buffer delta(Program program) {
        return program.ops().stream()
                .filter(op -> isFirst(op, Product.Kind.WEIGHT_GRADIENT))
                .map(op -> ((Product) op).left())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no gradient of the first layer in " + program));
    }

    private static boolean isFirst(Op op, Product.Kind kind) {
        return op instanceof Product product && product.kind() == kind && product.layer() == 1;
    }
}
