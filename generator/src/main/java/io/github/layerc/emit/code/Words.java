package io.github.layerc.emit.code;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Precision;

/**
 * The words of emitted arithmetic for one target and precision: what a register is, how it is loaded, combined and stored. All are texts of
 * Java expressions. For the scalar target a register is a single number; the same loop nest then has a step of 1.
 *
 * @param branches whether a choice between two numbers may be a branch: in a loop that C2 is to make vectors of it may not
 * @param fused whether a multiply-add of numbers is one instruction. Where vectors are, it is; elsewhere {@code Math.fma} may be a thousand
 *     times slower than a product and a sum.
 */
public record Words(Target target, Precision precision, boolean fused, boolean branches) {
    Words(Target target, Precision precision) {
        this(target, precision, target == Target.VECTOR, true);
    }

    public boolean vector() {
        return target == Target.VECTOR;
    }

    /** Numbers instead of registers. */
    public Words scalar() {
        return new Words(Target.SCALAR, precision, fused, branches);
    }

    /** Numbers in double. */
    public Words inDouble() {
        return new Words(Target.SCALAR, Precision.DOUBLE, false, branches);
    }

    public Words withoutBranches() {
        return new Words(target, precision, fused, false);
    }

    /** Type of an element. */
    public String type() {
        return precision.keyword();
    }

    /** Class of a vector of elements. */
    public String vectorClass() {
        return precision == Precision.FLOAT ? "FloatVector" : "DoubleVector";
    }

    /** Class of a vector of integers as wide as the elements. */
    public String bitsClass() {
        return precision == Precision.FLOAT ? "IntVector" : "LongVector";
    }

    /** Type of a register. */
    public String register() {
        return vector() ? vectorClass() : type();
    }

    /** {@code 1 vector}, {@code 2 vectors}. */
    public static String vectors(int number) {
        return number + " vector" + (number == 1 ? "" : "s");
    }

    /** Elements in a register. */
    String step() {
        return vector() ? "LANES" : "1";
    }

    /** Elements in a register of so many bytes. */
    public int lanes(int bytes) {
        return bytes / (precision == Precision.FLOAT ? Float.BYTES : Double.BYTES);
    }

    /** A literal of the element type. */
    public String constant(double value) {
        String text = precision == Precision.FLOAT ? Float.toString((float) value) + "f" : Double.toString(value);
        return text.replace(".0f", "f");
    }

    /** Emits a constant under a name. Registers are filled once, in front of a loop: a call for each use would be one more to inline. */
    public void define(Lines lines, String name, double value) {
        lines.line(register() + " " + name + " = " + (vector() ? broadcast(constant(value)) : constant(value)));
    }

    public String zero() {
        return vector() ? vectorClass() + ".zero(SPECIES)" : "0";
    }

    public String load(String array, String index) {
        return vector()
                ? vectorClass() + ".fromArray(SPECIES, " + array + ", " + index + ")"
                : array + "[" + index + "]";
    }

    public String broadcast(String element) {
        return vector() ? vectorClass() + ".broadcast(SPECIES, " + element + ")" : element;
    }

    public String store(String value, String array, String index) {
        return vector() ? value + ".intoArray(" + array + ", " + index + ")" : array + "[" + index + "] = " + value;
    }

    /** {@code accumulator + a * b}, as a statement on the accumulator. */
    public String accumulate(String accumulator, String a, String b) {
        if (vector()) {
            return accumulator + " = " + a + ".fma(" + b + ", " + accumulator + ")";
        }
        return fused
                ? accumulator + " = Math.fma(" + a + ", " + b + ", " + accumulator + ")"
                : accumulator + " += " + a + " * " + b;
    }

    /** {@code a * b + c} of registers. */
    public String multiplyAdd(String a, String b, String c) {
        if (vector()) {
            return a + ".fma(" + b + ", " + c + ")";
        }
        return fused ? "Math.fma(" + a + ", " + b + ", " + c + ")" : factor(a) + " * " + factor(b) + " + " + c;
    }

    public String add(String a, String b) {
        return vector() ? a + ".add(" + b + ")" : a + " + " + b;
    }

    public String subtract(String a, String b) {
        return vector() ? a + ".sub(" + b + ")" : a + " - " + term(b);
    }

    /** {@code b} may be a register or an element. */
    public String multiply(String a, String b) {
        return vector() ? a + ".mul(" + b + ")" : term(a) + " * " + factor(b);
    }

    public String divide(String a, String b) {
        return vector() ? a + ".div(" + b + ")" : factor(a) + " / " + factor(b);
    }

    public String max(String a, String b) {
        return vector() ? a + ".max(" + b + ")" : "Math.max(" + a + ", " + b + ")";
    }

    public String min(String a, String b) {
        return vector() ? a + ".min(" + b + ")" : "Math.min(" + a + ", " + b + ")";
    }

    /** Of two vectors, the lanes of the second one where the mask is set, else of the first. */
    public String choose(String first, String second, String mask) {
        return first + ".blend(" + second + ", " + mask + ")";
    }

    public String negative(String a) {
        return vector() ? a + ".neg()" : "-" + factor(a);
    }

    public String absolute(String a) {
        return vector() ? a + ".abs()" : "Math.abs(" + a + ")";
    }

    /** The text as something to subtract: in parentheses where it is a sum. */
    static String term(String text) {
        return factor(text).equals(text) || !isSum(text) ? text : "(" + text + ")";
    }

    private static boolean isSum(String text) {
        int depth = 0;
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth == 0 && (c == '+' || c == '-') && text.charAt(i - 1) == ' ' && text.charAt(i + 1) == ' ') {
                return true;
            }
        }
        return false;
    }

    /** The text as a factor: in parentheses where it is a sum. */
    public static String factor(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth == 0 && c == ' ') {
                return "(" + text + ")";
            }
        }
        return text;
    }
}
