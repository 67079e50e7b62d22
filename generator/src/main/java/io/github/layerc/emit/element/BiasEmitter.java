package io.github.layerc.emit.element;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.program.op.BiasGradient;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.program.op.Update;
import java.util.ArrayList;
import java.util.List;

/** Gradients of biases, and updates that no gradient could take. */
public final class BiasEmitter {
    private final Emission emission;
    private final Words words;
    private final Words numbers;

    public BiasEmitter(Emission emission) {
        this.emission = emission;
        this.words = emission.words();
        this.numbers = words.scalar();
    }

    public Kernel gradient(BiasGradient op) {
        Operand delta = emission.operand(op.dz(), Axis.UNITS);
        List<Argument> arguments = new ArrayList<>(emission.shapeArguments(op));
        arguments.add(Argument.COUNT);
        boolean adds = op.store() != Store.SET;
        if (adds) {
            arguments.add(Argument.INTO);
            arguments.add(Argument.FACTOR);
        }
        String array = delta.array();
        Lines lines = new Lines();
        boolean rowsOfSamples = emission.rowsOfSamples(op.layer());
        if (emission.padded() && !rowsOfSamples) {
            unitsInLanes(lines, op, delta, adds);
            return kernel(op, arguments, adds, lines);
        }
        lines.begin("for (int u = 0; u < " + Names.units(op.layer()) + "; u++)");
        if (rowsOfSamples) {
            lines.line("int deltaAt = " + delta.row(Axis.UNITS, "u"));
            // four chains, since an addition waits for the one before; no lanes, which a few hundred samples would not
            // pay
            for (int c = 0; c < 4; c++) {
                lines.line(words.type() + " sum" + c + " = 0");
            }
            lines.line("int s = 0");
            lines.begin("for (; s <= count - 4; s += 4)");
            for (int c = 0; c < 4; c++) {
                lines.line("sum" + c + " += " + array + "[" + Operand.sum("deltaAt + s", String.valueOf(c)) + "]");
            }
            lines.end();
            lines.begin("for (; s < count; s++)")
                    .line("sum0 += " + array + "[deltaAt + s]")
                    .end();
            lines.line(words.type() + " sum = (sum0 + sum2) + (sum1 + sum3)");
        } else {
            lines.line(words.type() + " sum = 0");
            lines.begin("for (int s = 0; s < count; s++)");
            lines.line("sum += " + array + "[" + delta.index(Axis.SAMPLES, "s", Axis.UNITS, "u") + "]")
                    .end();
        }
        String out = numbers.load(adds ? "into" : Emission.array(op.out()), emission.biasAt(op.layer()) + " + u");
        lines.line(adds ? out + " += factor * sum" : out + " = sum");
        lines.end();
        return kernel(op, arguments, adds, lines);
    }

    /** A vector of units at a time, whose sums need no step across lanes. */
    private void unitsInLanes(Lines lines, BiasGradient op, Operand delta, boolean adds) {
        String width = emission.widthName(op.layer());
        if (adds) {
            lines.line(words.register() + " times = " + words.broadcast("factor"));
        }
        lines.begin("for (int u = 0; u < " + width + "; u += LANES)");
        lines.line(words.register() + " acc = " + words.zero());
        lines.begin("for (int s = 0; s < count; s++)");
        lines.line("acc = "
                + words.add("acc", words.load(delta.array(), delta.index(Axis.SAMPLES, "s", Axis.UNITS, "u"))));
        lines.end();
        String out = adds ? "into" : Emission.array(op.out());
        String at = emission.biasAt(op.layer()) + " + u";
        String value = adds ? words.multiplyAdd("acc", "times", words.load(out, at)) : "acc";
        lines.line(words.store(value, out, at));
        lines.end();
    }

    private Kernel kernel(BiasGradient op, List<Argument> arguments, boolean adds, Lines lines) {
        String name = (adds ? "addBiasGradient" : "biasGradient") + op.layer();
        String formula = adds ? "into[b" + op.layer() + "] += factor * sum of " + op.dz() : op.toString();
        return new Kernel(
                op,
                name,
                arguments,
                List.of(emission.method(name, arguments)
                        .addJavadoc("Layer $L: {@code $L}, over the samples.\n", op.layer(), formula)
                        .addCode(lines.build())
                        .build()),
                "");
    }

    public Kernel update(Update op) {
        List<Argument> arguments = List.of(Argument.INTO, Argument.FACTOR);
        boolean weights = op.parameter().role() == Role.WEIGHTS;
        String name = (weights ? "stepWeights" : "stepBias") + op.layer();
        String from = (weights ? "W" : "B") + op.layer();
        String end = weights ? "B" + op.layer() : from + " + " + emission.widthName(op.layer());
        Lines lines = new Lines();
        lines.begin("for (int i = " + from + "; i < " + end + "; i++)");
        lines.line("into[i] += factor * gradients[i]").end();
        return new Kernel(
                op,
                name,
                arguments,
                List.of(emission.method(name, arguments)
                        .addJavadoc("Layer $L: {@code $L}.\n", op.layer(), op)
                        .addCode(lines.build())
                        .build()),
                "");
    }
}
