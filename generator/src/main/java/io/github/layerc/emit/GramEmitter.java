package io.github.layerc.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.network.Activation;
import io.github.layerc.program.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * The Gram form of the first layer. What a step adds to the pre-activations of all bound samples is one small product, from rows that are arrays
 * of their own:
 *
 * <pre>
 * plain Java   for the samples of the step, four at a time     their products with all bound samples
 *                for the units
 *                  for the bound samples                       4 multiply-adds
 * vectors      for two vectors of bound samples                of all samples of the step
 *                for up to six units
 *                  for the samples of the step                 6 x 2 multiply-adds
 * </pre>
 *
 * <p>It is added to a state that is in double whatever the precision of the class: errors of thousands of steps would add up in it.
 */
final class GramEmitter {
    private static final String UPDATE = "gramUpdate1";

    private static final int TERMS = RowAdders.ROWS;

    /** With two vectors, rows have to be padded to no more than 128 bytes; eight accumulators hide the latency of a multiply-add. */
    private static final int TILE_VECTORS = 2;

    /** The most units of a tile: its accumulators, two vectors and one delta fit 16 registers. */
    private static final int TILE_UNITS = 6;

    private static final List<Argument> TILE_ARGUMENTS =
            List.of(Argument.GRAM, Argument.ROWS, Argument.ROWS_AT, Argument.COUNT, Argument.CHANGES);

    private final Emission emission;
    private final RowAdders adders;

    GramEmitter(Emission emission, RowAdders adders) {
        this.emission = emission;
        this.adders = adders;
    }

    /** Samples out of all bound ones. */
    Kernel gather(Op.Gather op) {
        List<Argument> arguments = List.of(
                Argument.STATES,
                Argument.STATES_AT,
                Argument.STATES_STRIDE,
                Argument.ROWS,
                Argument.ROWS_AT,
                Argument.FROM,
                Argument.TO);
        String name = "gatherActivations" + op.layer();
        Operand out = emission.operand(op.out(), Axis.UNITS);
        boolean bias = op.epilogue().bias() != null;
        String value = "states[" + (emission.unitMajor() ? "statesRow" : "statesAt + u * statesStride") + " + "
                + (emission.unitMajor() ? "rows[rowsAt + s]" : "row") + "]";
        if (bias) {
            String term = emission.unitMajor() ? "bias" : "parameters[" + emission.biasAt(op.layer()) + " + u]";
            value = emission.words().type().equals("double") ? value + " + " + term : "(" + value + " + " + term + ")";
        }
        Words numbers = emission.words().scalar();
        // a loop of its own, which C2 makes vectors of
        boolean relu = op.epilogue().activation() == Activation.RELU;
        if (numbers.type().equals("float")) {
            value = "(float) " + value;
        }
        Lines lines = new Lines();
        if (emission.unitMajor()) {
            lines.begin("for (int u = 0; u < " + Emission.unitsName(op.layer()) + "; u++)");
            lines.line("int statesRow = statesAt + u * statesStride");
            lines.line("int at = " + out.row(Axis.UNITS, "u"));
            if (bias) {
                lines.line(numbers.type() + " bias = parameters[" + emission.biasAt(op.layer()) + " + u]");
            }
            lines.begin("for (int s = from; s < to; s++)");
            lines.line(out.array() + "[at + s] = " + value).end();
            if (relu) {
                lines.begin("for (int s = from; s < to; s++)");
                lines.line(out.array() + "[at + s] = " + numbers.max(out.array() + "[at + s]", numbers.constant(0)))
                        .end();
            }
        } else {
            lines.begin("for (int s = from; s < to; s++)");
            lines.line("int row = rows[rowsAt + s]");
            lines.line("int at = " + out.row(Axis.SAMPLES, "s"));
            lines.begin("for (int u = 0; u < " + Emission.unitsName(op.layer()) + "; u++)");
            lines.line(out.array() + "[at + u] = " + value).end();
            if (relu) {
                lines.begin("for (int u = 0; u < " + Emission.unitsName(op.layer()) + "; u++)");
                lines.line(out.array() + "[at + u] = " + numbers.max(out.array() + "[at + u]", numbers.constant(0)))
                        .end();
            }
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

    Kernel update(Op.GramUpdate op) {
        List<Argument> arguments = List.of(
                Argument.GRAM,
                Argument.STATES_STRIDE,
                Argument.ROWS,
                Argument.ROWS_AT,
                Argument.COUNT,
                Argument.STATES_INTO,
                Argument.CHANGES,
                Argument.FACTOR);
        String units = Emission.unitsName(op.layer());
        Operand delta = emission.operand(op.dz(), Axis.UNITS);
        String type = emission.words().type();
        Lines lines = new Lines();
        List<MethodSpec> methods = new ArrayList<>();
        if (emission.words().vector()) {
            tiles(lines, methods, delta, emission.units(op.layer()));
        } else {
            rows(lines, delta, units);
        }
        lines.begin("for (int u = 0; u < " + units + "; u++)");
        lines.line("int coefficientsAt = u * statesStride");
        lines.begin("for (int t = 0; t < count; t++)");
        lines.line("statesInto[coefficientsAt + rows[rowsAt + t]] += factor * " + element(delta, "u", "t"))
                .end();
        lines.line("int preActivationsAt = (" + units + " + u) * statesStride");
        lines.line(type + "[] change = changes[u]");
        lines.begin("for (int j = 0; j < statesStride; j++)");
        lines.line("statesInto[preActivationsAt + j] += factor * change[j]").end();
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

    /** Plain Java: rows of some samples are added to the changes of all units, while they are in the first-level cache. */
    private void rows(Lines lines, Operand delta, String units) {
        lines.begin("for (int u = 0; u < " + units + "; u++)");
        lines.line("Arrays.fill(changes[u], 0)").end();
        lines.line("int s = 0");
        lines.begin("for (; s <= count - " + TERMS + "; s += " + TERMS + ")");
        rows(lines, delta, units, TERMS);
        lines.end();
        lines.begin("for (; s < count; s++)");
        rows(lines, delta, units, 1);
        lines.end();
    }

    private void rows(Lines lines, Operand delta, String units, int number) {
        List<String> factors = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int q = 0; q < number; q++) {
            String row = Operand.sum("rowsAt + s", String.valueOf(q));
            lines.line(emission.words().type() + "[] row" + q + " = gram[rows[" + row + "]]");
            names.add("row" + q);
            factors.add(element(delta, "u", Operand.sum("s", String.valueOf(q))));
        }
        lines.begin("for (int u = 0; u < " + units + "; u++)");
        lines.line(adders.call("changes[u]", "statesStride", names, factors));
        lines.end();
    }

    /** Vectors: a slice of all rows stays in the first-level cache while the units pass. */
    private void tiles(Lines lines, List<MethodSpec> methods, Operand delta, int units) {
        int mr = tileUnits(units);
        int rest = units % mr;
        lines.begin("for (int j = 0; j < statesStride; j += " + TILE_VECTORS + " * LANES)");
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
                lines.line(words.register() + " acc" + p + q + " = " + words.zero());
            }
        }
        lines.begin("for (int s = 0; s < count; s++)");
        lines.line(words.type() + "[] row = gram[rows[rowsAt + s]]");
        for (int q = 0; q < TILE_VECTORS; q++) {
            lines.line(words.register() + " product" + q + " = " + words.load("row", vector(q)));
        }
        for (int p = 0; p < units; p++) {
            String place = Operand.sum("deltaAt" + p, Operand.product("s", delta.stride(Axis.SAMPLES)));
            lines.line(words.register() + " delta" + p + " = " + words.broadcast(delta.array() + "[" + place + "]"));
            for (int q = 0; q < TILE_VECTORS; q++) {
                lines.line(words.accumulate("acc" + p + q, "delta" + p, "product" + q));
            }
        }
        lines.end();
        for (int p = 0; p < units; p++) {
            lines.line(words.type() + "[] change" + p + " = changes[" + Operand.sum("u", String.valueOf(p)) + "]");
            for (int q = 0; q < TILE_VECTORS; q++) {
                lines.line(words.store("acc" + p + q, "change" + p, vector(q)));
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
