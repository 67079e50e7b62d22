package io.github.layerc.pass;

import io.github.layerc.program.Program;
import io.github.layerc.program.op.Activate;
import io.github.layerc.program.op.Losses;
import io.github.layerc.program.op.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the sum of the exponentials in a cross-entropy from the softmax that is there already, instead of making all of them again.
 *
 * <pre>
 * a = softmax(z);  losses = y (ln(sum of exp(z)) - z)    ->    losses = y (max(z) + ln(sum of a / max(a)) - z)
 * </pre>
 *
 * <p>Each {@code a} is its exponential divided by the same number, and that of the largest {@code z} is {@code exp(0)} if that one is subtracted
 * first. The sum of {@code a} is 1 but for what the rounding of its largest loses, which is what a small loss consists of.
 */
final class ReuseSoftmax implements Pass {
    @Override
    public String name() {
        return "reuse-softmax";
    }

    @Override
    public Program apply(Program program) {
        List<Op> ops = new ArrayList<>(program.ops());
        Activate softmax = null;
        for (int i = 0; i < ops.size(); i++) {
            if (ops.get(i) instanceof Activate activate
                    && !activate.activation().elementwise()) {
                softmax = activate;
            } else if (softmax != null
                    && ops.get(i) instanceof Losses losses
                    && !losses.loss().elementwise()
                    && losses.from().equals(softmax.z())) {
                ops.set(i, losses.withSoftmax(softmax.a()));
            }
        }
        return program.withOps(ops);
    }
}
