package io.github.layerc.pass;

import io.github.layerc.program.Program;
import io.github.layerc.program.Readers;
import io.github.layerc.program.op.ActivationGradient;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.Product;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves the derivative of an element-wise activation into the epilogue of the input gradient.
 *
 * <pre>
 * da1 = dz2 W2;  dz1 = da1 * f'(a1)      ->      dz1 = dz2 W2 * f'(a1)
 * </pre>
 *
 * <p>A derivative with an exponential stays outside: it would be unrolled once for each element of the register tile.
 * So does softmax, which couples the units.
 */
final class FuseActivationGradient implements Pass {
    @Override
    public String name() {
        return "fuse-activation-gradient";
    }

    @Override
    public Program apply(Program program) {
        Readers readers = new Readers(program);
        List<Op> ops = new ArrayList<>(program.ops());
        for (int i = 0; i + 1 < ops.size(); i++) {
            if (ops.get(i) instanceof Product product
                    && product.kind() == Product.Kind.INPUT_GRADIENT
                    && ops.get(i + 1) instanceof ActivationGradient gradient
                    && gradient.da().equals(product.out())
                    && gradient.activation().elementwise()
                    && gradient.activation().derivative().cheap()
                    && readers.of(product.out()) == 1) {
                ops.set(
                        i,
                        product.withEpilogue(product.epilogue().withDerivative(gradient.activation(), gradient.at()))
                                .withOut(gradient.dz()));
                ops.remove(i + 1);
            }
        }
        return program.withOps(ops);
    }
}
