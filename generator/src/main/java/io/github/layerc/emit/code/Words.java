package io.github.layerc.emit.code;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Activation;
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
    /** A method that {@link #withoutBranches} calls: the derivative of relu where its value is the argument. */
    public static final String RELU_DERIVATIVE = "reluDerivative";

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

    /** {@code 1 - a}; a vector needs the name {@code one}. */
    String oneMinus(String a) {
        return vector() ? "one.sub(" + a + ")" : "1 - " + term(a);
    }

    /** {@code f(z)} of a {@linkplain Activation#cheap cheap} activation; a vector may need the name {@code zero}. */
    public String cheap(Activation activation, String z) {
        return switch (activation) {
            case IDENTITY -> z;
            case RELU -> max(z, vector() ? "zero" : constant(0));
            case SIGMOID, TANH, SOFTMAX ->
                throw new AssertionError("an activation with a kernel of its own: " + activation);
        };
    }

    /** The name of the constant that {@link #cheap} needs, empty for none. */
    public String cheapConstant(Activation activation) {
        return switch (activation) {
            case RELU -> "zero";
            case IDENTITY, SIGMOID, TANH, SOFTMAX -> "";
        };
    }

    /** The name of the constant that {@link #timesDerivative} needs, empty for none. */
    public String derivativeConstant(Activation activation) {
        return switch (activation) {
            case RELU -> "zero";
            case SIGMOID, TANH -> "one";
            case IDENTITY, SOFTMAX -> "";
        };
    }

    /** Emits the constants {@code zero} or {@code one} that a vector needs; numbers need none. */
    public void defineFor(Lines lines, String constant) {
        if (vector() && !constant.isEmpty()) {
            define(lines, constant, constant.equals("one") ? 1 : 0);
        }
    }

    /** {@code value * f'(z)} for an element-wise activation, where {@code a = f(z)} is a name. */
    public String timesDerivative(Activation activation, String value, String a) {
        return switch (activation) {
            case IDENTITY -> value;
            case RELU ->
                vector()
                        ? value + ".blend(zero, " + a + ".compare(VectorOperators.LE, zero))"
                        : branches
                                ? "(" + a + " <= 0 ? 0 : " + value + ")"
                                : multiply(value, RELU_DERIVATIVE + "(" + a + ")");
            case SIGMOID -> multiply(value, multiply(oneMinus(a), a));
            case TANH -> multiply(value, oneMinus(multiply(a, a)));
            case SOFTMAX -> throw new AssertionError("softmax is not element-wise");
        };
    }

    /** The text as something to subtract: in parentheses where it is a sum. */
    private static String term(String text) {
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
