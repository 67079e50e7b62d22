package io.github.layerc.emit.element;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Precision;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.LossGradient;
import io.github.layerc.program.op.Losses;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.OutputDelta;
import io.github.layerc.program.op.Return;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * What happens at the output: losses, their derivatives, results for the caller. Targets and results are the caller's, sample-major, and there are
 * few of them, so all of it is in numbers; losses are in double.
 */
public final class LossEmitter {
    private static final List<Argument> TARGETS = List.of(Argument.Y, Argument.Y_AT, Argument.FROM, Argument.TO);

    private final Emission emission;
    private final Words words;

    public LossEmitter(Emission emission) {
        this.emission = emission;
        this.words = emission.words().scalar();
    }

    /**
     * Whether logarithms are added up as that of a product. What that loses of {@code log(1 + e^-|z|)} below 1e-16, and the 2 ulp of an exponential
     * in float, are below what a float can tell of z; the sum of a softmax's exponentials, at least 1, has lost it before.
     */
    private boolean products(Losses op) {
        return op.loss() == Loss.CATEGORICAL_CROSS_ENTROPY
                || (op.loss() == Loss.BINARY_CROSS_ENTROPY && words.precision() == Precision.FLOAT);
    }

    /** The sum of the losses; from pre-activations where those of a saturated output would be infinite. */
    public Kernel losses(Losses op) {
        Operand from = emission.operand(op.from(), Axis.UNITS);
        Operand y = emission.operand(op.y(), Axis.UNITS);
        String units = Names.units(op.layer());
        String value = from.array() + "[" + from.index(Axis.UNITS, "u", Axis.SAMPLES, "s") + "]";
        String target = "y[" + y.index(Axis.SAMPLES, "s", Axis.UNITS, "u") + "]";
        Lines lines = new Lines();
        lines.line("double losses = 0");
        if (products(op)) {
            lines.comment("a logarithm of many factors, instead of one of each");
            lines.line("double product = 1");
        }
        Exponential exponential = new Exponential(words, lines);
        if (products(op) && op.loss() == Loss.BINARY_CROSS_ENTROPY) {
            exponential.constants();
        }
        lines.begin("for (int s = from; s < to; s++)");
        switch (op.loss()) {
            case BINARY_CROSS_ENTROPY -> {
                lines.begin("for (int u = 0; u < " + units + "; u++)");
                if (products(op)) {
                    lines.line(words.type() + " z = " + value);
                    lines.line("double target = " + target);
                    lines.line("losses += Math.max(z, 0.0) - target * z");
                    exponential.exp("e", "-Math.abs(z)");
                    multiply(lines, "1.0 + e");
                } else {
                    lines.line("double z = " + value);
                    lines.line("double target = " + target);
                    lines.line("losses += Math.max(z, 0.0) - target * z + Math.log1p(Math.exp(-Math.abs(z)))");
                }
                lines.end();
            }
            case CATEGORICAL_CROSS_ENTROPY -> {
                sumOfExponentials(lines, op, value, target);
                lines.line("losses += weight * largest - ofTargets");
                lines.begin("if (weight == 1)");
                multiply(lines, "sum");
                lines.otherwise().line("losses += weight * Math.log(sum)").end();
            }
            case MEAN_SQUARED_ERROR -> {
                lines.begin("for (int u = 0; u < " + units + "; u++)");
                lines.line("double a = " + value);
                lines.line("double target = " + target);
                lines.line("double difference = a - target");
                lines.line("losses += difference * difference").end();
            }
            default -> throw new AssertionError("no kernel for " + op.loss());
        }
        lines.end();
        if (products(op)) {
            lines.line("losses += Math.log(product)");
        }
        boolean meanOfUnits =
                op.loss() != Loss.CATEGORICAL_CROSS_ENTROPY && op.from().columns() > 1;
        lines.line("return losses" + (meanOfUnits ? " / " + units : ""));
        String name = op.softmax() == null ? "losses" : "lossesBySoftmax";
        MethodSpec method = MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .returns(TypeName.DOUBLE)
                .addParameters(TARGETS.stream()
                        .map(argument -> argument.parameter(words.precision()))
                        .toList())
                .addJavadoc("The sum of the losses: {@code $L}.\n", lossFormula(op))
                .addCode(lines.build())
                .build();
        return new Kernel(op, name, TARGETS, List.of(method), "");
    }

    private static void multiply(Lines lines, String factor) {
        lines.line("product *= " + factor);
        lines.begin("if (product > 1e300)")
                .line("losses += Math.log(product)")
                .line("product = 1")
                .end();
    }

    /**
     * The largest pre-activation, and the sum of the exponentials after it was subtracted: made anew, or from a softmax. On the way the sum of the
     * targets, and that of the pre-activations by their targets.
     */
    private void sumOfExponentials(Lines lines, Losses op, String z, String target) {
        Operand from = emission.operand(op.from(), Axis.UNITS);
        String units = Names.units(op.layer());
        lines.line(words.type() + " largest = " + from.array() + "[" + from.row(Axis.SAMPLES, "s") + "]");
        lines.line("double weight = 0").line("double ofTargets = 0");
        if (op.softmax() == null) {
            lines.begin("for (int u = 1; u < " + units + "; u++)");
            lines.line("largest = Math.max(largest, " + z + ")").end();
            lines.line("double sum = 0");
            lines.begin("for (int u = 0; u < " + units + "; u++)");
            lines.line(words.type() + " z = " + z);
            lines.line("sum += Math.exp((double) z - largest)");
            targets(lines, target);
            lines.end();
            return;
        }
        Operand softmax = emission.operand(op.softmax(), Axis.UNITS);
        String a = softmax.array() + "[" + softmax.index(Axis.UNITS, "u", Axis.SAMPLES, "s") + "]";
        lines.line(words.type() + " top = " + softmax.array() + "[" + softmax.row(Axis.SAMPLES, "s") + "]");
        lines.line("double total = 0");
        lines.begin("for (int u = 0; u < " + units + "; u++)");
        lines.line(words.type() + " z = " + z);
        lines.line(words.type() + " a = " + a);
        lines.line("largest = Math.max(largest, z)");
        lines.line("top = Math.max(top, a)");
        lines.line("total += a");
        targets(lines, target);
        lines.end();
        lines.line("double sum = total / top");
    }

    private void targets(Lines lines, String target) {
        lines.line(words.type() + " target = " + target);
        lines.line("weight += target");
        lines.line("ofTargets += (double) target * z");
    }

    private static String lossFormula(Losses op) {
        String mean = op.from().columns() > 1 ? "1/" + op.from().columns() + " of the sum of " : "";
        return switch (op.loss()) {
            case BINARY_CROSS_ENTROPY ->
                mean + "max(" + op.from() + ", 0) - y * " + op.from() + " + ln(1 + exp(-|" + op.from() + "|))";
            case CATEGORICAL_CROSS_ENTROPY ->
                "sum over u of y[u] * (ln(sum over k of exp(" + op.from() + "[k])) - " + op.from() + "[u])"
                        + (op.softmax() == null ? "" : ", exp(" + op.from() + ") as in " + op.softmax());
            case MEAN_SQUARED_ERROR -> mean + "(" + op.from() + " - y)^2";
        };
    }

    public Kernel outputDelta(OutputDelta op) {
        boolean mean = op.loss() == Loss.BINARY_CROSS_ENTROPY && op.a().columns() > 1;
        String factor = mean ? words.constant(1.0 / op.a().columns()) + " * " : "";
        return perElement(
                op,
                "outputDelta",
                op.dz(),
                op.a(),
                (a, y) -> List.of(factor.isEmpty() ? a + " - " + y : factor + "(" + a + " - " + y + ")"));
    }

    /** The quotients of the cross-entropies are kept finite: an output that reached 0 or 1 is taken as the next number inside. */
    public Kernel lossGradient(LossGradient op) {
        int units = op.a().columns();
        String perUnit = units > 1 ? " * " + words.constant(1.0 / units) : "";
        String tiny = words.constant(words.precision().epsilon());
        return perElement(op, "lossGradient", op.da(), op.a(), (a, y) -> switch (op.loss()) {
            case BINARY_CROSS_ENTROPY ->
                List.of(
                        words.type() + " p = Math.min(Math.max(" + a + ", " + tiny + "), 1 - " + tiny + ")",
                        "(p - " + y + ") / (p * (1 - p))" + perUnit);
            case CATEGORICAL_CROSS_ENTROPY -> List.of("-" + y + " / Math.max(" + a + ", " + tiny + ")");
            case MEAN_SQUARED_ERROR -> List.of("2 * (" + a + " - " + y + ")" + perUnit);
        });
    }

    /** Results for the caller, row after row. */
    public Kernel results(Return op) {
        List<Argument> arguments = List.of(Argument.FROM, Argument.TO, Argument.OUT, Argument.OUT_AT);
        Operand out = emission.operand(op.out(), Axis.UNITS);
        Operand a = emission.operand(op.a(), Axis.UNITS);
        Lines lines = new Lines();
        lines.begin("for (int s = from; s < to; s++)");
        lines.begin("for (int u = 0; u < " + Names.units(op.layer()) + "; u++)");
        lines.line("out[" + out.index(Axis.SAMPLES, "s", Axis.UNITS, "u") + "] = " + a.array() + "["
                + a.index(Axis.UNITS, "u", Axis.SAMPLES, "s") + "]");
        lines.end().end();
        MethodSpec method = emission.method("results", arguments)
                .addJavadoc("{@code out[s][u] = $L[s][u]}.\n", op.a())
                .addCode(lines.build())
                .build();
        return new Kernel(op, "results", arguments, List.of(method), "");
    }

    private interface Formula {
        /** Statements, the last one the expression of the result. */
        List<String> of(String a, String y);
    }

    private Kernel perElement(Op op, String name, Buffer out, Buffer from, Formula formula) {
        Operand a = emission.operand(from, Axis.UNITS);
        Lines lines = new Lines();
        lines.begin("for (int s = from; s < to; s++)");
        lines.begin("for (int u = 0; u < " + Names.units(op.layer()) + "; u++)");
        lines.line("int at = " + a.index(Axis.UNITS, "u", Axis.SAMPLES, "s"));
        String target = "y[" + Operand.sum("yAt", Operand.product("s", Names.units(op.layer())), "u") + "]";
        List<String> statements = new ArrayList<>(formula.of(a.array() + "[at]", target));
        String result = statements.remove(statements.size() - 1);
        statements.forEach(lines::line);
        lines.line(out.name() + "[at] = " + result);
        lines.end().end();
        MethodSpec method = emission.method(name, TARGETS)
                .addJavadoc("Layer $L: {@code $L}.\n", op.layer(), op)
                .addCode(lines.build())
                .build();
        return new Kernel(op, name, TARGETS, List.of(method), "");
    }
}
