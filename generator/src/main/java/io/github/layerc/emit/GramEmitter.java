package io.github.layerc.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.network.Activation;
import io.github.layerc.program.Buffer;
import io.github.layerc.program.Op;
import io.github.layerc.schedule.GramSchedule;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * The Gram form of the first layer. Its state is in double whatever the precision of the class: errors of thousands of updates would add up in it.
 * Rows of bound samples are padded to a multiple of {@code gramWidth()}, so no loop over them has a tail; the products lie in panels of that
 * width, so that a tile reads them one behind the other. They are symmetric: in plain Java, whose panels have one column, panels are rows.
 *
 * <pre>
 * update     for vectors of bound samples        their products with the samples of the step stay in the caches
 *              for tiles of units
 *                for the samples of the step     units x vectors multiply-adds
 * products   for tiles of rows x rows            dot products, lanes along the rows
 * </pre>
 */
final class GramEmitter {
    private static final TypeName DOUBLES = ArrayTypeName.of(TypeName.DOUBLE);

    private static final String UPDATE = "gramUpdate1";

    /** Bound samples whose sums plain Java keeps at a time, in 2 KiB. */
    static final int BLOCK = 256;

    private final Emission emission;
    private final Words wide;
    private final GramSchedule schedule;

    GramEmitter(Emission emission, GramSchedule schedule) {
        this.emission = emission;
        this.wide = emission.words().wide();
        this.schedule = schedule;
    }

    /** What rows of bound samples are padded to a multiple of. */
    String width() {
        return wide.vector() ? Operand.product(String.valueOf(schedule.vectors()), wide.lanes()) : "1";
    }

    /** Samples out of all bound ones. They lie apart, so this is plain Java for both targets. */
    Kernel gather(Op.Gather op) {
        List<Argument> arguments = List.of(
                Argument.STATES,
                Argument.STATES_AT,
                Argument.STATES_STRIDE,
                Argument.ROWS,
                Argument.ROWS_AT,
                Argument.FROM,
                Argument.TO);
        boolean coefficients = op.from().role() == Buffer.Role.COEFFICIENTS;
        String name = (coefficients ? "gatherCoefficients" : "gatherActivations") + op.layer();
        Operand out = emission.operand(op.out(), Axis.UNITS);
        boolean bias = op.epilogue().bias() != null;
        String value = "states[" + (emission.unitMajor() ? "statesRow" : "statesAt + u * statesStride") + " + "
                + (emission.unitMajor() ? "rows[rowsAt + s]" : "row") + "]";
        if (bias) {
            String term = emission.unitMajor() ? "bias" : "parameters[" + emission.biasAt(op.layer()) + " + u]";
            value = emission.words().type().equals("double") ? value + " + " + term : "(" + value + " + " + term + ")";
        }
        Words numbers = emission.words().scalar();
        // a loop of its own, for whole vectors of samples where these are side by side
        boolean relu = op.epilogue().activation() == Activation.RELU;
        if (numbers.type().equals("float")) {
            value = "(float) " + value;
        }
        Lines lines = new Lines();
        if (emission.unitMajor()) {
            emission.words().defineFor(lines, relu ? "zero" : "");
            lines.begin("for (int u = 0; u < " + Emission.unitsName(op.layer()) + "; u++)");
            lines.line("int statesRow = statesAt + u * statesStride");
            lines.line("int at = " + out.row(Axis.UNITS, "u"));
            if (bias) {
                lines.line(numbers.type() + " bias = parameters[" + emission.biasAt(op.layer()) + " + u]");
            }
            lines.begin("for (int s = from; s < to; s++)");
            lines.line(out.array() + "[at + s] = " + value).end();
            if (relu) {
                Words words = emission.words();
                lines.begin("for (int s = from; s < to; s += " + words.step() + ")");
                String zero = words.vector() ? "zero" : words.constant(0);
                String max = words.max(words.load(out.array(), "at + s"), zero);
                lines.line(words.store(max, out.array(), "at + s")).end();
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
                Argument.GRAM_AT,
                Argument.STATES_STRIDE,
                Argument.ROWS,
                Argument.ROWS_AT,
                Argument.COUNT,
                Argument.STATES_INTO,
                Argument.FACTOR);
        Operand delta = emission.operand(op.dz(), Axis.UNITS);
        Lines lines = new Lines();
        lines.begin("for (int u = 0; u < " + Emission.unitsName(op.layer()) + "; u++)");
        lines.line("int moveAt = u * capacity");
        lines.line("int coefficientsAt = u * statesStride");
        lines.begin("for (int s = 0; s < count; s++)");
        lines.line(
                "moves[moveAt + s] = " + (emission.words().type().equals("float") ? "(double) factor * " : "factor * ")
                        + delta.array() + "[" + delta.index(Axis.UNITS, "u", Axis.SAMPLES, "s") + "]");
        lines.end();
        lines.begin("for (int s = 0; s < count; s++)");
        lines.line("statesInto[coefficientsAt + rows[rowsAt + s]] += moves[moveAt + s]");
        lines.end().end();
        List<MethodSpec> methods = new ArrayList<>();
        int units = emission.units(op.layer());
        if (wide.vector()) {
            vectorUpdate(lines, methods, units);
        } else {
            plainUpdate(lines);
        }
        methods.add(
                0,
                emission.method(UPDATE, arguments)
                        .addJavadoc(
                                "Layer $L: {@code $L}, in doubles. $L bytes of bytecode.\n\n<p>Schedule: $L.\n",
                                op.layer(),
                                op,
                                Emission.sizeOf(UPDATE),
                                updateText())
                        .addCode(lines.build())
                        .build());
        return new Kernel(op, UPDATE, arguments, methods, updateText());
    }

    private String updateText() {
        return wide.vector()
                ? "lanes along bound samples, tile " + schedule.units() + " units x " + schedule.vectors() + " vectors"
                : "4 samples scaled and added up, " + BLOCK + " bound samples at a time";
    }

    private void vectorUpdate(Lines lines, List<MethodSpec> methods, int units) {
        lines.begin("for (int j = 0; j < statesStride; j += " + width() + ")");
        int mr = Math.min(schedule.units(), units);
        int rest = units % mr;
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
        methods.add(tile(mr));
        if (rest > 0) {
            methods.add(tile(rest));
        }
    }

    private static String tileCall(int units, String u) {
        return UPDATE + "Tile" + units + "(gram, gramAt, statesStride, rows, rowsAt, count, statesInto, " + u + ", j)";
    }

    private MethodSpec tile(int units) {
        int nr = schedule.vectors();
        Lines lines = new Lines();
        for (int p = 0; p < units; p++) {
            lines.line(
                    p == 0
                            ? "int outAt0 = (UNITS_1 + u) * statesStride + j"
                            : "int outAt" + p + " = outAt" + (p - 1) + " + statesStride");
        }
        for (int p = 0; p < units; p++) {
            lines.line(
                    p == 0 ? "int moveAt0 = u * capacity" : "int moveAt" + p + " = moveAt" + (p - 1) + " + capacity");
        }
        for (int p = 0; p < units; p++) {
            for (int q = 0; q < nr; q++) {
                lines.line(wide.register() + " acc" + p + q + " = " + wide.load("statesInto", column("outAt" + p, q)));
            }
        }
        lines.line("int panelAt = gramAt + j * statesStride");
        lines.begin("for (int s = 0; s < count; s++)");
        lines.line("int productAt = panelAt + rows[rowsAt + s] * (" + width() + ")");
        for (int q = 0; q < nr; q++) {
            lines.line(wide.register() + " product" + q + " = " + wide.load("gram", column("productAt", q)));
        }
        for (int p = 0; p < units; p++) {
            lines.line(wide.register() + " move" + p + " = " + wide.broadcast("moves[moveAt" + p + " + s]"));
            for (int q = 0; q < nr; q++) {
                lines.line(wide.accumulate("acc" + p + q, "move" + p, "product" + q));
            }
        }
        lines.end();
        for (int p = 0; p < units; p++) {
            for (int q = 0; q < nr; q++) {
                lines.line(wide.store("acc" + p + q, "statesInto", column("outAt" + p, q)));
            }
        }
        String name = UPDATE + "Tile" + units;
        return emission.method(
                        name,
                        List.of(
                                Argument.GRAM,
                                Argument.GRAM_AT,
                                Argument.STATES_STRIDE,
                                Argument.ROWS,
                                Argument.ROWS_AT,
                                Argument.COUNT,
                                Argument.STATES_INTO))
                .addParameter(TypeName.INT, "u")
                .addParameter(TypeName.INT, "j")
                .addJavadoc("$L bytes of bytecode.\n", Emission.sizeOf(name))
                .addCode(lines.build())
                .build();
    }

    private String column(String at, int q) {
        return Operand.sum(at, Operand.product(String.valueOf(q), wide.lanes()));
    }

    /** The sums of a block are an array of their own, or C2 would not make vectors of the innermost loops. */
    private static void plainUpdate(Lines lines) {
        lines.begin("for (int start = 0; start < statesStride; start += " + BLOCK + ")");
        lines.line("int length = Math.min(" + BLOCK + ", statesStride - start)");
        lines.begin("for (int u = 0; u < UNITS_1; u++)");
        lines.line("Arrays.fill(blockSums, 0, length, 0)");
        lines.line("int moveAt = u * capacity");
        lines.line("int s = 0");
        lines.begin("for (; s <= count - 4; s += 4)");
        for (int q = 0; q < 4; q++) {
            lines.line("double move" + q + " = moves[" + Operand.sum("moveAt + s", String.valueOf(q)) + "]");
            String row = Operand.sum("rowsAt + s", String.valueOf(q));
            lines.line("int productAt" + q + " = gramAt + rows[" + row + "] * statesStride + start");
        }
        lines.begin("for (int j = 0; j < length; j++)");
        lines.line("blockSums[j] += move0 * gram[productAt0 + j] + move1 * gram[productAt1 + j]"
                        + " + move2 * gram[productAt2 + j] + move3 * gram[productAt3 + j]")
                .end();
        lines.end();
        lines.begin("for (; s < count; s++)");
        lines.line("double move = moves[moveAt + s]");
        lines.line("int productAt = gramAt + rows[rowsAt + s] * statesStride + start");
        lines.begin("for (int j = 0; j < length; j++)");
        lines.line("blockSums[j] += move * gram[productAt + j]").end();
        lines.end();
        lines.line("int at = (UNITS_1 + u) * statesStride + start");
        lines.begin("for (int j = 0; j < length; j++)");
        lines.line("statesInto[at + j] += blockSums[j]").end();
        lines.end();
        lines.end();
    }

    /** {@code gramWidth}, and {@code addRowProducts} with what it calls. */
    List<MethodSpec> methods() {
        int n = schedule.rows();
        List<MethodSpec> methods = new ArrayList<>();
        methods.add(TargetClassEmitter.override("gramWidth", TypeName.INT)
                .addStatement("return $L", width())
                .build());
        Lines lines = new Lines();
        if (wide.vector()) {
            // several threads may share the work, so it is no field
            lines.line("double[] products = new double[" + n * n + " * " + wide.lanes() + "]");
        }
        // a is the smaller one, and stays in a cache
        lines.begin("for (int j = 0; j < bRows; j += " + n + ")");
        lines.begin("for (int i = 0; i < aRows; i += " + n + ")");
        lines.line("rowProductsTile(a, aAt, aRows, b, bAt, bRows, stride, length, out, outAt, outStride, i, j"
                + (wide.vector() ? ", products)" : ")"));
        lines.end().end();
        methods.add(products("addRowProducts", List.of(Modifier.PUBLIC))
                .addAnnotation(Override.class)
                .addCode(lines.build())
                .build());
        MethodSpec.Builder tile = products("rowProductsTile", List.of(Modifier.PRIVATE, Modifier.STATIC))
                .addParameter(TypeName.INT, "i")
                .addParameter(TypeName.INT, "j");
        if (wide.vector()) {
            tile.addParameter(DOUBLES, "products");
        }
        methods.add(tile.addJavadoc(
                        "$L x $L dot products; at the edges, rows stand in for those that are not there. $L bytes of bytecode.\n",
                        n,
                        n,
                        Emission.sizeOf("rowProductsTile"))
                .addCode(productsTile(n))
                .build());
        return methods;
    }

    private static MethodSpec.Builder products(String name, List<Modifier> modifiers) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(modifiers.toArray(Modifier[]::new))
                .addParameter(DOUBLES, "a")
                .addParameter(TypeName.INT, "aAt")
                .addParameter(TypeName.INT, "aRows")
                .addParameter(DOUBLES, "b")
                .addParameter(TypeName.INT, "bAt")
                .addParameter(TypeName.INT, "bRows")
                .addParameter(TypeName.INT, "stride")
                .addParameter(TypeName.INT, "length")
                .addParameter(DOUBLES, "out")
                .addParameter(TypeName.INT, "outAt")
                .addParameter(TypeName.INT, "outStride");
    }

    private CodeBlock productsTile(int n) {
        Lines lines = new Lines();
        for (String side : List.of("a", "b")) {
            String first = side.equals("a") ? "i" : "j";
            for (int p = 0; p < n; p++) {
                String row = p == 0 ? first : "Math.min(" + first + " + " + p + ", " + side + "Rows - 1)";
                lines.line("int " + side + "At" + p + " = " + side + "At + " + row + " * stride");
            }
        }
        for (int p = 0; p < n; p++) {
            for (int q = 0; q < n; q++) {
                lines.line(wide.register() + " acc" + p + q + " = " + wide.zero());
            }
        }
        lines.begin("for (int k = 0; k < length; k += " + wide.step() + ")");
        for (int q = 0; q < n; q++) {
            lines.line(wide.register() + " b" + q + " = " + wide.load("b", "bAt" + q + " + k"));
        }
        for (int p = 0; p < n; p++) {
            lines.line(wide.register() + " a" + p + " = " + wide.load("a", "aAt" + p + " + k"));
            for (int q = 0; q < n; q++) {
                lines.line(wide.accumulate("acc" + p + q, "a" + p, "b" + q));
            }
        }
        lines.end();
        if (wide.vector()) {
            for (int p = 0; p < n; p++) {
                for (int q = 0; q < n; q++) {
                    lines.line(wide.store(
                            "acc" + p + q, "products", Operand.product(String.valueOf(p * n + q), wide.lanes())));
                }
            }
            lines.begin("for (int p = 0; p < Math.min(" + n + ", aRows - i); p++)");
            lines.begin("for (int q = 0; q < Math.min(" + n + ", bRows - j); q++)");
            lines.line("double sum = 0");
            lines.line("int productAt = (p * " + n + " + q) * " + wide.lanes());
            lines.begin("for (int l = 0; l < " + wide.lanes() + "; l++)");
            lines.line("sum += products[productAt + l]").end();
            lines.line("out[outAt + (i + p) * outStride + j + q] += sum");
            lines.end().end();
        } else {
            for (int p = 0; p < n; p++) {
                for (int q = 0; q < n; q++) {
                    String index = "outAt + " + (p == 0 ? "i" : "(i + " + p + ")") + " * outStride + j"
                            + (q == 0 ? "" : " + " + q);
                    List<String> inside = new ArrayList<>();
                    if (p > 0) {
                        inside.add("i + " + p + " < aRows");
                    }
                    if (q > 0) {
                        inside.add("j + " + q + " < bRows");
                    }
                    if (!inside.isEmpty()) {
                        lines.begin("if (" + String.join(" && ", inside) + ")");
                    }
                    lines.line("out[" + index + "] += acc" + p + q);
                    if (!inside.isEmpty()) {
                        lines.end();
                    }
                }
            }
        }
        return lines.build();
    }
}
