package io.github.layerc.emit.product;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.FormulaPrinter;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Formula.Variable;
import io.github.layerc.program.op.Gather;
import io.github.layerc.program.op.GramUpdate;
import io.github.layerc.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Gram form of the first layer. What a step adds to the pre-activations of all bound samples is one small product:
 *
 * <pre>
 * plain Java   for a block of bound samples                    its sums and copied rows stay in the first-level cache
 *                for the samples of the step, four at a time     their products with the bound ones are copied
 *                  for the units                                 4 multiply-adds
 * vectors      for the vectors of bound samples of a tile      their products stay in the first-level cache
 *                for the units of a tile
 *                  for the samples of the step                   a multiply-add for each unit and vector: {@link #tileUnits}, {@link #TILE_VECTORS}
 * </pre>
 *
 * <p>It is added to rows of changes, which the runtime adds to pre-activations in double: errors of thousands of steps would add up in them.
 */
final class GramEmitter {
    private static final String UPDATE = "gramUpdate1";

    private static final int TERMS = RowAdders.ROWS;

    /** With two vectors, rows have to be padded to no more than 128 bytes; eight accumulators hide the latency of a multiply-add. */
    private static final int TILE_VECTORS = 2;

    /** The most units of a tile: its accumulators, two vectors and one delta fit 16 registers. */
    private static final int TILE_UNITS = 5;

    /** Columns and units of a block in plain Java: with four rows 36 kB in floats. */
    private static final int COPY_COLUMNS = 256;

    private static final int COPY_UNITS = 32;

    private static final List<Argument> TILE_ARGUMENTS = List.of(
            Argument.GRAM,
            Argument.GRAM_AT,
            Argument.GRAM_STRIDE,
            Argument.COUNT,
            Argument.PRE_ACTIVATIONS_INTO,
            Argument.FACTOR);

    private final Emission emission;
    private final RowAdders adders;

    GramEmitter(Emission emission, RowAdders adders) {
        this.emission = emission;
        this.adders = adders;
    }

    /** Samples out of all bound ones. */
    Kernel gather(Gather op) {
        List<Argument> arguments = List.of(Argument.PRE_ACTIVATIONS, Argument.SAMPLES_AT, Argument.FROM, Argument.TO);
        String name = "gatherActivations" + op.layer();
        Operand out = emission.operand(op.out(), Axis.UNITS);
        Words numbers = emission.words().scalar();
        boolean biased = op.epilogue().bias() != null;
        Activation activation = op.epilogue().activation();
        Lines lines = new Lines();
        if (emission.unitMajor()) {
            lines.begin("for (int u = 0; u < " + Names.units(op.layer()) + "; u++)");
            lines.line("int at = " + out.row(Axis.UNITS, "u"));
            lines.line(
                    "System.arraycopy(preActivations[u], samplesAt + from, " + out.array() + ", at + from, to - from)");
            if (biased) {
                lines.line(numbers.type() + " bias = parameters[" + emission.biasAt(op.layer()) + " + u]");
            }
            if (biased || !activation.equals(Activation.IDENTITY)) {
                // of one array, so C2 makes vectors of it
                lines.begin("for (int s = from; s < to; s++)");
                lines.line(out.array() + "[at + s] = "
                                + finished(numbers, out.array() + "[at + s]", biased ? "bias" : "", activation))
                        .end();
            }
        } else {
            String bias = biased ? "parameters[" + emission.biasAt(op.layer()) + " + u]" : "";
            lines.begin("for (int s = from; s < to; s++)");
            lines.line("int at = " + out.row(Axis.SAMPLES, "s"));
            lines.begin("for (int u = 0; u < " + Names.units(op.layer()) + "; u++)");
            lines.line(out.array() + "[at + u] = "
                            + finished(numbers, "preActivations[u][samplesAt + s]", bias, activation))
                    .end();
        }
        lines.end();
        return new Kernel(
                op,
                name,
                arguments,
                List.of(emission.method(name, arguments)
                        .addJavadoc(
                                "Layer $L: {@code $L}. $L bytes of bytecode.\n", op.layer(), op, Emission.sizeOf(name))
                        .addCode(lines.build())
                        .build()),
                "");
    }

    private static String finished(Words numbers, String value, String bias, Activation activation) {
        String sum = bias.isEmpty() ? value : value + " + " + bias;
        return FormulaPrinter.inline(numbers, activation.value(), Map.of(Variable.Z, sum));
    }

    Kernel update(GramUpdate op) {
        List<Argument> arguments = List.of(
                Argument.GRAM,
                Argument.GRAM_AT,
                Argument.GRAM_STRIDE,
                Argument.COUNT,
                Argument.DELTA_ROWS,
                Argument.PRE_ACTIVATIONS_INTO,
                Argument.FACTOR);
        String units = Names.units(op.layer());
        Operand delta = emission.operand(op.dz(), Axis.UNITS);
        Lines lines = new Lines();
        List<MethodSpec> methods = new ArrayList<>();
        if (emission.words().vector()) {
            tiles(lines, methods, delta, emission.units(op.layer()));
        } else {
            rows(lines, delta, op);
        }
        lines.begin("for (int u = 0; u < " + units + "; u++)");
        if (emission.unitMajor()) {
            lines.line("System.arraycopy(" + delta.array() + ", " + delta.row(Axis.UNITS, "u")
                    + ", deltaRows[u], 0, count)");
        } else {
            lines.begin("for (int t = 0; t < count; t++)");
            lines.line("deltaRows[u][t] = " + element(delta, "u", "t")).end();
        }
        lines.end();
        methods.add(
                0,
                emission.method(UPDATE, arguments)
                        .addJavadoc(
                                "Layer $L: {@code $L}. $L bytes of bytecode.\n\n<p>Schedule: $L.\n",
                                op.layer(),
                                op,
                                Emission.sizeOf(UPDATE),
                                schedule())
                        .addCode(lines.build())
                        .build());
        return new Kernel(op, UPDATE, arguments, methods, schedule());
    }

    private static String element(Operand delta, String unit, String sample) {
        return delta.array() + "[" + delta.index(Axis.UNITS, unit, Axis.SAMPLES, sample) + "]";
    }

    private String schedule() {
        return emission.words().vector()
                ? "lanes along bound samples, tile " + tileUnits(emission.units(1)) + " units x " + TILE_VECTORS
                        + " vectors"
                : "rows of " + TERMS + " samples scaled and added up, bound samples innermost";
    }

    /** Blocks of rows that plain Java copies, and of their sums. */
    private Schedule copies(GramUpdate op) {
        return Schedule.rows(Math.min(COPY_UNITS, emission.units(op.layer())), TERMS, COPY_COLUMNS);
    }

    /** Plain Java: blocks of some samples' rows are copied, and added to the sums of some units, while these are in the first-level cache. */
    private void rows(Lines lines, Operand delta, GramUpdate op) {
        Schedule copies = copies(op);
        boolean all = copies.rows() == emission.units(op.layer());
        String units = Names.units(op.layer());
        String type = emission.words().type();
        for (int q = 0; q < TERMS; q++) {
            lines.line(
                    type + "[] row" + q + " = " + emission.scratch().rowCopies(TERMS, copies.block()) + "[" + q + "]");
        }
        lines.begin("for (int start = 0; start < gramStride; start += " + COPY_COLUMNS + ")");
        lines.line("int length = Math.min(" + COPY_COLUMNS + ", gramStride - start)");
        if (!all) {
            lines.begin("for (int first = 0; first < " + units + "; first += " + copies.rows() + ")");
            lines.line("int last = Math.min(first + " + copies.rows() + ", " + units + ")");
        }
        String loop = all ? "for (int u = 0; u < " + units + "; u++)" : "for (int u = first; u < last; u++)";
        String sums = emission.scratch().rowSums(copies.rows(), copies.block()) + "[" + (all ? "u" : "u - first") + "]";
        lines.begin(loop);
        lines.line("Arrays.fill(" + sums + ", 0, length, 0)").end();
        lines.line("int s = 0");
        lines.begin("for (; s <= count - " + TERMS + "; s += " + TERMS + ")");
        rows(lines, delta, loop, sums, TERMS);
        lines.end();
        lines.begin("for (; s < count; s++)");
        rows(lines, delta, loop, sums, 1);
        lines.end();
        lines.begin(loop);
        lines.line(type + "[] sums = " + sums);
        lines.line(type + "[] into = preActivationsInto[u]");
        lines.begin("for (int j = 0; j < length; j++)");
        lines.line("into[start + j] += factor * sums[j]").end();
        lines.end();
        if (!all) {
            lines.end();
        }
        lines.end();
    }

    private void rows(Lines lines, Operand delta, String loop, String sums, int number) {
        List<String> factors = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int q = 0; q < number; q++) {
            String row = Words.factor(Operand.sum("s", String.valueOf(q)));
            lines.line("System.arraycopy(gram, gramAt + " + row + " * gramStride + start, row" + q + ", 0, length)");
            names.add("row" + q);
            factors.add(element(delta, "u", Operand.sum("s", String.valueOf(q))));
        }
        lines.begin(loop);
        lines.line(adders.call(sums, "length", names, factors));
        lines.end();
    }

    /** Vectors: a slice of all rows stays in the first-level cache while the units pass. */
    private void tiles(Lines lines, List<MethodSpec> methods, Operand delta, int units) {
        int mr = tileUnits(units);
        int rest = units % mr;
        lines.begin("for (int j = 0; j < gramStride; j += " + TILE_VECTORS + " * LANES)");
        if (units == mr) {
            lines.line(tileCall(mr, "0"));
        } else {
            lines.begin("for (int u = 0; u < " + (units - rest) + "; u += " + mr + ")");
            lines.line(tileCall(mr, "u")).end();
            if (rest > 0) {
                lines.line(tileCall(rest, String.valueOf(units - rest)));
            }
        }
        lines.end();
        methods.add(tile(delta, mr));
        if (rest > 0) {
            methods.add(tile(delta, rest));
        }
    }

    /** As many as pass all units in the fewest tiles. */
    private static int tileUnits(int units) {
        int tiles = (units + TILE_UNITS - 1) / TILE_UNITS;
        return (units + tiles - 1) / tiles;
    }

    private static String tileCall(int units, String u) {
        return UPDATE + "Tile" + units + Argument.call(TILE_ARGUMENTS, u, "j");
    }

    private MethodSpec tile(Operand delta, int units) {
        Words words = emission.words();
        Lines lines = new Lines();
        for (int p = 0; p < units; p++) {
            String place = p == 0 ? delta.row(Axis.UNITS, "u") : "deltaAt" + (p - 1) + " + " + delta.stride(Axis.UNITS);
            lines.line("int deltaAt" + p + " = " + place);
        }
        for (int p = 0; p < units; p++) {
            for (int q = 0; q < TILE_VECTORS; q++) {
                lines.line(words.register() + " acc" + p + q + " = " + (p + q == 0 ? words.zero() : "acc00"));
            }
        }
        lines.begin("for (int s = 0; s < count; s++)");
        lines.line("int rowAt = gramAt + s * gramStride + j");
        for (int q = 0; q < TILE_VECTORS; q++) {
            String place = Operand.sum("rowAt", Operand.product(String.valueOf(q), "LANES"));
            lines.line(words.register() + " product" + q + " = " + words.load("gram", place));
        }
        for (int p = 0; p < units; p++) {
            String place = Operand.sum("deltaAt" + p, Operand.product("s", delta.stride(Axis.SAMPLES)));
            lines.line(words.register() + " delta" + p + " = " + words.broadcast(delta.array() + "[" + place + "]"));
            for (int q = 0; q < TILE_VECTORS; q++) {
                lines.line(words.accumulate("acc" + p + q, "delta" + p, "product" + q));
            }
        }
        lines.end();
        lines.line(words.register() + " times = " + words.broadcast("factor"));
        for (int p = 0; p < units; p++) {
            lines.line(words.type() + "[] into" + p + " = preActivationsInto[" + Operand.sum("u", String.valueOf(p))
                    + "]");
            for (int q = 0; q < TILE_VECTORS; q++) {
                String into = "into" + p;
                lines.line(words.store(
                        words.multiplyAdd("acc" + p + q, "times", words.load(into, vector(q))), into, vector(q)));
            }
        }
        String name = UPDATE + "Tile" + units;
        return emission.method(name, TILE_ARGUMENTS)
                .addParameter(TypeName.INT, "u")
                .addParameter(TypeName.INT, "j")
                .addJavadoc(
                        "$L units x $L vectors of bound samples. $L bytes of bytecode.\n",
                        units,
                        TILE_VECTORS,
                        Emission.sizeOf(name))
                .addCode(lines.build())
                .build();
    }

    private static String vector(int q) {
        return Operand.sum("j", Operand.product(String.valueOf(q), "LANES"));
    }
}
