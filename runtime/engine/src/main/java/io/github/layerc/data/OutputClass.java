package io.github.layerc.data;

import io.github.layerc.network.TargetRule;
import java.util.function.IntToDoubleFunction;

/**
 * Which class outputs stand for, and targets likewise: the one place for this rule. One output is class 1 where it is greater than the {@linkplain
 * TargetRule#threshold() threshold} of its loss - 0.5 for a probability, 0 for a margin - else class 0. Of more outputs it is the largest that names the class, from 0 on, the first of equal ones. Where one of them is NaN it is no class.
 */
public final class OutputClass {
    /** Stands for no class. */
    public static final int NONE = -1;

    private OutputClass() {}

    /**
     * The class of one sample, or {@link #NONE}.
     *
     * @param rule of the targets of the loss
     * @param units number of outputs, at least 1
     * @param output by its number, from 0 on
     */
    public static int of(TargetRule rule, int units, IntToDoubleFunction output) {
        int largest = 0;
        for (int u = 0; u < units; u++) {
            double value = output.applyAsDouble(u);
            if (Double.isNaN(value)) {
                return NONE;
            }
            largest = value > output.applyAsDouble(largest) ? u : largest;
        }
        return units > 1 ? largest : output.applyAsDouble(0) > rule.threshold() ? 1 : 0;
    }
}
