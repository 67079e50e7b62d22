package io.github.layerc.emit.code;

import com.palantir.javapoet.ClassName;
import io.github.layerc.emit.nest.Printer;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Precision;

/**
 * What registers are for one target and precision. For the scalar target a register is a single number; the same loop nest then has a step of 1.
 *
 * @param fused whether a multiply-add of numbers is one instruction. Where vectors are, it is; elsewhere {@code Math.fma} may be a thousand
 *     times slower than a product and a sum.
 */
public record Words(Target target, Precision precision, boolean fused) {
    Words(Target target, Precision precision) {
        this(target, precision, target == Target.VECTOR);
    }

    public boolean vector() {
        return target == Target.VECTOR;
    }

    /** Numbers instead of registers. */
    public Words scalar() {
        return new Words(Target.SCALAR, precision, fused);
    }

    public Printer printer() {
        return vector() ? Printer.vectors(precision) : Printer.numbers(precision, fused);
    }

    /** The class of the runtime that moves arrays from one layout to another. */
    public ClassName packing() {
        return ClassName.get(
                "io.github.layerc.engine", precision == Precision.FLOAT ? "FloatPacking" : "DoublePacking");
    }

    /** {@code 1 vector}, {@code 2 vectors}. */
    public static String vectors(int number) {
        return number + " vector" + (number == 1 ? "" : "s");
    }

    /** Elements in a register of so many bytes. */
    public int lanes(int bytes) {
        return bytes / (precision == Precision.FLOAT ? Float.BYTES : Double.BYTES);
    }
}
