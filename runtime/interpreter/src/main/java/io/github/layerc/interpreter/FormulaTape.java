package io.github.layerc.interpreter;

import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.formula.Formula.Binary;
import io.github.layerc.network.formula.Formula.Choice;
import io.github.layerc.network.formula.Formula.Constant;
import io.github.layerc.network.formula.Formula.Named;
import io.github.layerc.network.formula.Formula.Unary;
import io.github.layerc.network.formula.Formula.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a {@link Formula} in double over many elements at a time: a list of instructions, each a loop over a block of elements. What is one object in
 * the formula is computed once, however often it occurs. A tape owns its blocks, so it belongs to one thread; running it does not allocate.
 */
public final class FormulaTape {
    /** Elements at a time that make loops worth their start, and leave all blocks in the first-level cache. */
    public static final int BLOCK = 256;

    private interface Instruction {
        void run(int count);
    }

    private final int block;
    private final double[] z;
    private final double[] a;
    private final double[] y;
    private final double[] result;
    private final Instruction[] instructions;

    /** @param block elements at a time, at most */
    public FormulaTape(Formula formula, int block) {
        this.block = block;
        this.z = new double[block];
        this.a = new double[block];
        this.y = new double[block];
        List<Instruction> found = new ArrayList<>();
        this.result = place(formula, new IdentityHashMap<>(), found);
        // an array, since the iterator of a list is an object at each run
        this.instructions = found.toArray(Instruction[]::new);
    }

    /** The block that takes pre-activations. */
    public double[] z() {
        return z;
    }

    /** The block that takes activations. */
    public double[] a() {
        return a;
    }

    /** The block that takes targets. */
    public double[] y() {
        return y;
    }

    /** The values for the first {@code count} elements of the blocks; the same array each time. */
    public double[] run(int count) {
        for (Instruction instruction : instructions) {
            instruction.run(count);
        }
        return result;
    }

    /** The value of a formula for one element. */
    public static double at(Formula formula, double z, double a, double y) {
        return new FormulaTape(formula, 1).at(z, a, y);
    }

    /** The value for one element. */
    public double at(double oneZ, double oneA, double oneY) {
        z[0] = oneZ;
        a[0] = oneA;
        y[0] = oneY;
        return run(1)[0];
    }

    /** Where the value of the formula is once the instructions have run; adds those that are missing. */
    private double[] place(Formula formula, Map<Formula, double[]> places, List<Instruction> instructions) {
        double[] known = places.get(formula);
        if (known != null) {
            return known;
        }
        double[] place;
        if (formula instanceof Variable variable) {
            place = switch (variable) {
                case Z -> z;
                case A -> a;
                case Y -> y;
            };
        } else if (formula instanceof Named named) {
            place = place(named.of(), places, instructions);
        } else {
            place = new double[block];
            if (formula instanceof Constant constant) {
                Arrays.fill(place, constant.value());
            } else if (formula instanceof Unary unary) {
                instructions.add(unary(unary, place(unary.of(), places, instructions), place));
            } else if (formula instanceof Binary binary) {
                double[] left = place(binary.left(), places, instructions);
                instructions.add(binary(binary, left, place(binary.right(), places, instructions), place));
            } else if (formula instanceof Choice choice) {
                instructions.add(choice(choice, places, instructions, place));
            }
        }
        places.put(formula, place);
        return place;
    }

    private static Instruction unary(Unary unary, double[] x, double[] out) {
        return switch (unary.function()) {
            case NEGATIVE ->
                count -> {
                    for (int i = 0; i < count; i++) {
                        out[i] = -x[i];
                    }
                };
            case ABSOLUTE ->
                count -> {
                    for (int i = 0; i < count; i++) {
                        out[i] = Math.abs(x[i]);
                    }
                };
            case EXP ->
                count -> {
                    for (int i = 0; i < count; i++) {
                        out[i] = Math.exp(x[i]);
                    }
                };
            case EXP_MINUS_ONE ->
                count -> {
                    for (int i = 0; i < count; i++) {
                        out[i] = Math.expm1(x[i]);
                    }
                };
            case LOG ->
                count -> {
                    for (int i = 0; i < count; i++) {
                        out[i] = Math.log(x[i]);
                    }
                };
            case LOG_ONE_PLUS ->
                count -> {
                    for (int i = 0; i < count; i++) {
                        out[i] = Math.log1p(x[i]);
                    }
                };
        };
    }

    private static Instruction binary(Binary binary, double[] left, double[] right, double[] out) {
        return switch (binary.operator()) {
            case ADD ->
                count -> {
                    for (int i = 0; i < count; i++) {
                        out[i] = left[i] + right[i];
                    }
                };
            case SUBTRACT ->
                count -> {
                    for (int i = 0; i < count; i++) {
                        out[i] = left[i] - right[i];
                    }
                };
            case MULTIPLY ->
                count -> {
                    for (int i = 0; i < count; i++) {
                        out[i] = left[i] * right[i];
                    }
                };
            case DIVIDE ->
                count -> {
                    for (int i = 0; i < count; i++) {
                        out[i] = left[i] / right[i];
                    }
                };
            case MAX ->
                count -> {
                    for (int i = 0; i < count; i++) {
                        out[i] = Math.max(left[i], right[i]);
                    }
                };
            case MIN ->
                count -> {
                    for (int i = 0; i < count; i++) {
                        out[i] = Math.min(left[i], right[i]);
                    }
                };
        };
    }

    private Instruction choice(
            Choice choice, Map<Formula, double[]> places, List<Instruction> instructions, double[] out) {
        double[] value = place(choice.value(), places, instructions);
        double[] limit = place(choice.limit(), places, instructions);
        double[] atMost = place(choice.atMost(), places, instructions);
        double[] above = place(choice.above(), places, instructions);
        return count -> {
            for (int i = 0; i < count; i++) {
                out[i] = value[i] <= limit[i] ? atMost[i] : above[i];
            }
        };
    }
}
