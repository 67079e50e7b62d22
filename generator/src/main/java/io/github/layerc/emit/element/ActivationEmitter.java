package io.github.layerc.emit.element;

import com.palantir.javapoet.MethodSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Exponential;
import io.github.layerc.emit.code.FormulaPrinter;
import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.network.Formula;
import io.github.layerc.network.Formula.Variable;
import io.github.layerc.program.op.Activate;
import io.github.layerc.program.op.ActivationGradient;
import io.github.layerc.program.op.AddBias;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Element-wise work on the workspace that no product could take: bias, activations with an exponential, derivatives. With samples side by side a
 * register holds one unit of several samples, so even the softmax needs no sum across lanes.
 */
public final class ActivationEmitter {
    private static final List<Argument> RANGE = List.of(Argument.FROM, Argument.TO);

    private static final int FEW_UNITS = 4;

    private final Emission emission;
    private final Words words;

    /** Whether samples are side by side. */
    private final boolean rowsOfSamples;

    public ActivationEmitter(Emission emission, int layer) {
        this(emission, layer, words(emission, layer));
    }

    private ActivationEmitter(Emission emission, int layer, Words words) {
        this.emission = emission;
        this.words = words;
        this.rowsOfSamples = emission.rowsOfSamples(layer);
    }

    /**
     * Numbers for few units: with samples side by side C2 compiles them in a fraction of the time and runs them as fast. In the padded rows of the
     * output they leave a vector nearly empty, which would have to wait for a number that was stored a moment before. The rows of other layers may be
     * read as vectors, padding and all.
     */
    private static Words words(Emission emission, int layer) {
        int units = emission.units(layer);
        if (emission.padded()) {
            boolean output = layer == emission.network().layers().size();
            boolean few = output && units <= Emission.FEW_OUTPUTS && !emission.rowsOfSamples(layer);
            return few ? emission.words().scalar() : emission.words();
        }
        return emission.unitMajor() && units <= FEW_UNITS ? emission.words().scalar() : emission.words();
    }

    /** In a loop over neighbours, which C2 may make vectors of, an exponential may not branch. That of a softmax adds up its exponentials: it is none. */
    private Words withExponential() {
        return emission.padded() ? words : words.withoutBranches();
    }

    private Words wordsFor(Formula formula) {
        return formula.cheap() ? words : withExponential();
    }

    public Kernel addBias(AddBias op) {
        return kernel(op, "addBias" + op.layer(), ActivationEmitter::biased);
    }

    private void biased(Lines lines, AddBias op) {
        loops(lines, op.z(), at -> {
            String index = Operand.sum(emission.biasAt(op.layer()), "u");
            String bias =
                    rowsOfSamples ? words.broadcast("parameters[" + index + "]") : words.load("parameters", index);
            lines.line(words.store(words.add(load(op.z(), at), bias), op.z().name(), at));
        });
    }

    public Kernel activate(Activate op) {
        return kernel(op, Names.camelCase(op.activation().keyword()) + op.layer(), ActivationEmitter::activated);
    }

    private void activated(Lines lines, Activate op) {
        if (!op.activation().elementwise()) {
            softmax(lines, op);
            return;
        }
        Formula value = op.activation().value();
        FormulaPrinter.constants(wordsFor(value), lines, List.of(value));
        loops(lines, op.z(), at -> {
            lines.line(words.register() + " z = " + load(op.z(), at));
            String a = FormulaPrinter.print(wordsFor(value), lines, value, Map.of(Variable.Z, "z"));
            lines.line(words.store(a, op.a().name(), at));
        });
    }

    /** The largest pre-activation is subtracted first, so that no exponential overflows. */
    private void softmax(Lines lines, Activate op) {
        if (emission.padded() && words.vector() && !rowsOfSamples) {
            softmaxOfRows(lines, op);
            return;
        }
        Words words = acrossUnits();
        String units = Names.units(op.layer());
        Operand z = emission.operand(op.z(), Axis.UNITS);
        String a = op.a().name();
        String index = z.index(Axis.UNITS, "u", Axis.SAMPLES, "s");
        new Exponential(words, lines).constants();
        samples(lines);
        lines.line(words.register() + " largest = " + words.load(op.z().name(), z.row(Axis.SAMPLES, "s")));
        lines.begin("for (int u = 1; u < " + units + "; u++)");
        lines.line("largest = " + words.max("largest", words.load(op.z().name(), index)));
        lines.end();
        lines.line(words.register() + " sum = " + words.zero());
        lines.begin("for (int u = 0; u < " + units + "; u++)");
        lines.line(words.register() + " z = " + words.subtract(words.load(op.z().name(), index), "largest"));
        new Exponential(words, lines).exp("e", "z");
        lines.line("sum = " + words.add("sum", "e"));
        lines.line(words.store("e", a, index));
        lines.end();
        lines.line(words.register() + " share = " + words.divide("one", "sum"));
        lines.begin("for (int u = 0; u < " + units + "; u++)");
        lines.line(words.store(words.multiply(words.load(a, index), "share"), a, index));
        lines.end();
        lines.end();
    }

    /** The same with the exponentials in vectors of a sample's units: those of the padding are finite, and no part of the sum. */
    private void softmaxOfRows(Lines lines, Activate op) {
        Words numbers = words.scalar();
        String units = Names.units(op.layer());
        String width = emission.widthName(op.layer());
        String z = op.z().name();
        String a = op.a().name();
        Exponential exponential = new Exponential(withExponential(), lines);
        exponential.constants();
        samples(lines);
        lines.line("int row = s * " + width);
        lines.line(numbers.type() + " largest = " + numbers.load(z, "row"));
        lines.begin("for (int u = 1; u < " + units + "; u++)");
        lines.line("largest = " + numbers.max("largest", numbers.load(z, "row + u")))
                .end();
        lines.line(words.register() + " top = " + words.broadcast("largest"));
        lines.begin("for (int u = 0; u < " + width + "; u += LANES)");
        lines.line(words.register() + " z = " + words.subtract(words.load(z, "row + u"), "top"));
        exponential.exp("e", "z");
        lines.line(words.store("e", a, "row + u")).end();
        lines.line(numbers.type() + " sum = 0");
        lines.begin("for (int u = 0; u < " + units + "; u++)");
        lines.line("sum += " + numbers.load(a, "row + u")).end();
        lines.line(words.register() + " share = " + words.broadcast("1 / sum"));
        lines.begin("for (int u = 0; u < " + width + "; u += LANES)");
        lines.line(words.store(words.multiply(words.load(a, "row + u"), "share"), a, "row + u"))
                .end();
        lines.end();
    }

    public Kernel gradient(ActivationGradient op) {
        return kernel(
                op,
                Names.camelCase(op.activation().keyword()) + "Gradient" + op.layer(),
                ActivationEmitter::differentiated);
    }

    private void differentiated(Lines lines, ActivationGradient op) {
        if (!op.activation().elementwise()) {
            softmaxGradient(lines, op);
            return;
        }
        Formula derivative = op.activation().derivative();
        boolean atZ = op.activation().differentiatedAtZ();
        Map<Variable, String> names = atZ ? Map.of(Variable.Z, "z") : Map.of(Variable.A, "a");
        FormulaPrinter.constantsOfFactor(wordsFor(derivative), lines, derivative);
        loops(lines, op.da(), at -> {
            lines.line(words.register() + (atZ ? " z = " : " a = ") + load(op.at(), at));
            Words with = wordsFor(derivative);
            String value = FormulaPrinter.times(with, lines, load(op.da(), at), derivative, names);
            lines.line(words.store(value, op.dz().name(), at));
        });
    }

    /** {@code dz_j = a_j (da_j - sum over k of da_k a_k)}. */
    private void softmaxGradient(Lines lines, ActivationGradient op) {
        Words words = acrossUnits();
        String units = Names.units(op.layer());
        String index = emission.operand(op.at(), Axis.UNITS).index(Axis.UNITS, "u", Axis.SAMPLES, "s");
        samples(lines);
        lines.line(words.register() + " sum = " + words.zero());
        lines.begin("for (int u = 0; u < " + units + "; u++)");
        lines.line(words.accumulate(
                "sum", words.load(op.da().name(), index), words.load(op.at().name(), index)));
        lines.end();
        lines.begin("for (int u = 0; u < " + units + "; u++)");
        String difference = words.subtract(words.load(op.da().name(), index), "sum");
        lines.line(words.store(
                words.multiply(difference, words.load(op.at().name(), index)),
                op.dz().name(),
                index));
        lines.end();
        lines.end();
    }

    /** What runs across the units of one sample is done in vectors of samples, or in numbers. */
    private Words acrossUnits() {
        return rowsOfSamples ? words : words.scalar();
    }

    private String load(Buffer buffer, String at) {
        return words.load(buffer.name(), at);
    }

    private interface Body {
        void at(String index);
    }

    /** Loops over units and samples, so that the memory is walked in order. */
    private void loops(Lines lines, Buffer buffer, Body body) {
        String units = Names.units(buffer.layer());
        if (rowsOfSamples) {
            lines.begin("for (int u = 0; u < " + units + "; u++)");
            samples(lines);
        } else {
            samples(lines);
            lines.begin(
                    emission.padded() && words.vector()
                            ? "for (int u = 0; u < " + emission.widthName(buffer.layer()) + "; u += LANES)"
                            : "for (int u = 0; u < " + units + "; u++)");
        }
        lines.line("int at = " + emission.operand(buffer, Axis.UNITS).index(Axis.UNITS, "u", Axis.SAMPLES, "s"));
        body.at("at");
        lines.end().end();
    }

    /** Whole vectors of samples where they are side by side; what is computed for the padding is never read. */
    private void samples(Lines lines) {
        lines.begin("for (int s = from; s < to; " + (rowsOfSamples && words.vector() ? "s += LANES)" : "s++)"));
    }

    /** The statements of an operation, in the words of an emitter. */
    private interface Statements<O extends Op> {
        void emit(ActivationEmitter emitter, Lines lines, O op);
    }

    /** Where a narrow output has its samples side by side, vectors of them are methods of their own, and so are the samples left. */
    private <O extends Op> Kernel kernel(O op, String name, Statements<O> statements) {
        Lines lines;
        List<MethodSpec> parts = new ArrayList<>();
        if (emission.narrow(op.layer())) {
            lines = new Lines();
            lines.line("int full = from + (to - from) / LANES * LANES");
            lines.begin("if (full > from)").line(name + "Vectors(from, full)").end();
            lines.begin("if (full < to)").line(name + "Rest(full, to)").end();
            ActivationEmitter numbers = new ActivationEmitter(emission, op.layer(), words.scalar());
            parts.add(part(op, name + "Vectors", "whole vectors of samples", this, statements));
            parts.add(part(op, name + "Rest", "samples that fill no vector", numbers, statements));
        } else {
            lines = lines(op, statements);
        }
        List<MethodSpec> methods = new ArrayList<>();
        methods.add(method(op, name, "{@code " + op + "}", lines));
        methods.addAll(parts);
        return new Kernel(op, name, arguments(op), methods, "");
    }

    private <O extends Op> MethodSpec part(
            O op, String name, String text, ActivationEmitter emitter, Statements<O> statements) {
        return method(op, name, text, emitter.lines(op, statements));
    }

    /** In numbers where there is more of it in vectors than fits the {@link InliningBudget}. */
    private <O extends Op> Lines lines(O op, Statements<O> statements) {
        Lines lines = new Lines();
        statements.emit(this, lines, op);
        if (!words.vector() || InliningBudget.nodes(lines.build()) <= InliningBudget.NODES_ALONE) {
            return lines;
        }
        return new ActivationEmitter(emission, op.layer(), words.scalar()).lines(op, statements);
    }

    private MethodSpec method(Op op, String name, String text, Lines lines) {
        return emission.method(name, arguments(op))
                .addJavadoc("Layer $L: $L. $L bytes of bytecode.\n", op.layer(), text, Emission.sizeOf(name))
                .addCode(lines.build())
                .build();
    }

    private List<Argument> arguments(Op op) {
        List<Argument> arguments = new ArrayList<>(emission.shapeArguments(op));
        arguments.addAll(RANGE);
        return arguments;
    }
}
