package io.github.layerc.emit.element;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.FormulaPrinter;
import io.github.layerc.emit.code.FormulaText;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.network.Formula;
import io.github.layerc.network.Formula.Variable;
import io.github.layerc.network.Precision;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.LossGradient;
import io.github.layerc.program.op.Losses;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.OutputDelta;
import io.github.layerc.program.op.Return;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * Whether logarithms are added up as that of a product. What that loses of {@code ln(1 + e^-|z|)} below 1e-16, and the 2 ulp of an exponential
     * in float, are below what a float can tell of z; the sum of a softmax's exponentials, at least 1, has lost it before.
     */
    private boolean products(Losses op) {
        return !op.loss().elementwise() || (op.loss().logarithm().isPresent() && words.precision() == Precision.FLOAT);
    }

    /** The sum of the losses; from pre-activations where those of a saturated output would be infinite. */
    public Kernel losses(Losses op) {
        String units = Names.units(op.layer());
        Lines lines = new Lines();
        lines.line("double losses = 0");
        if (products(op)) {
            lines.comment("a logarithm of many factors, instead of one of each");
            lines.line("double product = 1");
        }
        if (op.loss().elementwise()) {
            lossesOfUnits(lines, op);
        } else {
            lines.begin("for (int s = from; s < to; s++)");
            sumOfExponentials(lines, op);
            lines.line("losses += weight * largest - ofTargets");
            lines.begin("if (weight == 1)");
            multiply(lines, "sum");
            lines.otherwise().line("losses += weight * Math.log(sum)").end();
            lines.end();
        }
        if (products(op)) {
            lines.line("losses += Math.log(product)");
        }
        lines.line("return losses" + (mean(op) ? " / " + units : ""));
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

    private static boolean mean(Losses op) {
        return op.loss().meanOfUnits() && op.from().columns() > 1;
    }

    private void lossesOfUnits(Lines lines, Losses op) {
        Optional<Formula> logarithm = op.loss().logarithm();
        boolean ofProduct = products(op);
        if (ofProduct) {
            FormulaPrinter.constants(words, lines, logarithm.stream().toList());
        }
        String place = op.loss().readsPreActivations() ? "z" : "a";
        Map<Variable, String> names = Map.of(Variable.Z, "z", Variable.A, "a", Variable.Y, "target");
        Words doubles = words.inDouble();
        lines.begin("for (int s = from; s < to; s++)");
        lines.begin("for (int u = 0; u < " + Names.units(op.layer()) + "; u++)");
        // what an exponential in float is made of is float
        lines.line((ofProduct ? words.type() : "double") + " " + place + " = " + from(op));
        lines.line("double target = " + target(op));
        String value = FormulaPrinter.math(doubles, lines, op.loss().value(), names);
        if (ofProduct) {
            lines.line("losses += " + value);
            multiply(lines, "1.0 + " + FormulaPrinter.print(words, lines, logarithm.orElseThrow(), names));
        } else {
            lines.line("losses += " + value
                    + logarithm
                            .map(formula -> " + Math.log1p(" + FormulaPrinter.mathInline(doubles, formula, names) + ")")
                            .orElse(""));
        }
        lines.end().end();
    }

    private String from(Losses op) {
        Operand from = emission.operand(op.from(), Axis.UNITS);
        return from.array() + "[" + from.index(Axis.UNITS, "u", Axis.SAMPLES, "s") + "]";
    }

    private String target(Losses op) {
        return "y[" + emission.operand(op.y(), Axis.UNITS).index(Axis.SAMPLES, "s", Axis.UNITS, "u") + "]";
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
    private void sumOfExponentials(Lines lines, Losses op) {
        Operand from = emission.operand(op.from(), Axis.UNITS);
        String z = from(op);
        String target = target(op);
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
        String from = op.from().toString();
        if (!op.loss().elementwise()) {
            return "sum over u of y[u] * (ln(sum over k of exp(" + from + "[k])) - " + from + "[u])"
                    + (op.softmax() == null ? "" : ", exp(" + from + ") as in " + op.softmax());
        }
        Map<Variable, String> names = Map.of(Variable.Z, from, Variable.A, from, Variable.Y, "y");
        String logarithm = op.loss()
                .logarithm()
                .map(formula -> " + ln(1 + " + FormulaText.of(formula, names) + ")")
                .orElse("");
        String mean = mean(op) ? "1/" + op.from().columns() + " of the sum of " : "";
        return mean + FormulaText.of(op.loss().value(), names) + logarithm;
    }

    public Kernel outputDelta(OutputDelta op) {
        String factor = op.mean() ? words.constant(1.0 / op.a().columns()) + " * " : "";
        return perElement(
                op,
                "outputDelta",
                op.dz(),
                op.a(),
                (lines, a, y) -> factor.isEmpty() ? a + " - " + y : factor + "(" + a + " - " + y + ")");
    }

    public Kernel lossGradient(LossGradient op) {
        int units = op.a().columns();
        return perElement(op, "lossGradient", op.da(), op.a(), (lines, a, y) -> {
            String derivative =
                    FormulaPrinter.math(words, lines, op.loss().derivative(), Map.of(Variable.A, a, Variable.Y, y));
            return op.loss().meanOfUnits() && units > 1
                    ? words.multiply(derivative, words.constant(1.0 / units))
                    : derivative;
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

    private interface Result {
        /** The expression of the result, after statements where it needs some. */
        String of(Lines lines, String a, String y);
    }

    private Kernel perElement(Op op, String name, Buffer out, Buffer from, Result formula) {
        Operand a = emission.operand(from, Axis.UNITS);
        Lines lines = new Lines();
        lines.begin("for (int s = from; s < to; s++)");
        lines.begin("for (int u = 0; u < " + Names.units(op.layer()) + "; u++)");
        lines.line("int at = " + a.index(Axis.UNITS, "u", Axis.SAMPLES, "s"));
        String target = "y[" + Operand.sum("yAt", Operand.product("s", Names.units(op.layer())), "u") + "]";
        String result = formula.of(lines, a.array() + "[at]", target);
        lines.line(out.name() + "[at] = " + result);
        lines.end().end();
        MethodSpec method = emission.method(name, TARGETS)
                .addJavadoc("Layer $L: {@code $L}.\n", op.layer(), op)
                .addCode(lines.build())
                .build();
        return new Kernel(op, name, TARGETS, List.of(method), "");
    }
}
