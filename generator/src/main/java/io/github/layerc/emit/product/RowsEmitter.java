package io.github.layerc.emit.product;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Products of plain Java with few columns, in which rows of the right operand are scaled and added up; with many, {@link RowCopiesEmitter} takes them:
 *
 * <pre>
 * for a block of columns             its sums stay in the first-level cache
 *   for rows in steps of mr          sums = 0
 *     for the reduction in steps of nr
 *       mr x nr coefficients
 *       for the columns              independent of each other
 *     epilogue and store
 * </pre>
 *
 * <p>The sums are an array of their own, so that C2 keeps what it loads: a store to them changes no row.
 */
final class RowsEmitter {
    private final ProductNest nest;
    private final Emission emission;
    private final Schedule schedule;
    private final Words words;
    private final StoreEmitter store;
    private final List<MethodSpec> methods = new ArrayList<>();
    private final List<String> emitted = new ArrayList<>();

    RowsEmitter(ProductNest nest) {
        this.nest = nest;
        this.emission = nest.emission();
        this.schedule = nest.schedule();
        this.words = nest.words();
        this.store = new StoreEmitter(nest);
    }

    Kernel emit() {
        Lines lines = new Lines();
        String columns = nest.extentName(nest.columns());
        boolean blocks = schedule.block() < nest.extent(nest.columns());
        if (blocks) {
            String end = nest.end(nest.columns());
            lines.begin("for (int start = " + nest.start(nest.columns()) + "; start < " + end + "; start += "
                    + schedule.block() + ")");
            lines.line("int length = Math.min(" + schedule.block() + ", " + end + " - start)");
        }
        String start = blocks ? "start" : "0";
        String length = blocks ? "length" : columns;
        String row = nest.rows().variable();
        int extent = nest.extent(nest.rows());
        int mr = schedule.rows();
        if (extent == 0) {
            lines.line("int " + row + " = from");
            lines.begin("for (; " + row + " <= to - " + mr + "; " + row + " += " + mr + ")");
            lines.line(call(mr, row, start, length)).end();
            lines.begin("for (; " + row + " < to; " + row + "++)");
            lines.line(call(1, row, start, length)).end();
        } else {
            int full = extent / mr * mr;
            String bound = full == extent ? nest.extentName(nest.rows()) : String.valueOf(full);
            if (full == mr) {
                lines.line(call(mr, "0", start, length));
            } else {
                lines.begin("for (int " + row + " = 0; " + row + " < " + bound + "; " + row + " += " + mr + ")");
                lines.line(call(mr, row, start, length)).end();
            }
            if (full < extent) {
                lines.line(call(extent - full, String.valueOf(full), start, length));
            }
        }
        if (blocks) {
            lines.end();
        }
        List<MethodSpec> all = new ArrayList<>();
        all.add(emission.method(nest.name(), nest.arguments())
                .addJavadoc(
                        "Layer $L: {@code $L}.\n\n<p>Schedule: $L. $L\n",
                        nest.product().layer(),
                        new NestText(nest).formula(),
                        new NestText(nest).scheduleText(),
                        new NestText(nest).reason())
                .addCode(lines.build())
                .build());
        all.addAll(methods);
        return new Kernel(nest.product(), nest.name(), nest.arguments(), all, new NestText(nest).scheduleText());
    }

    /** Emits the method for a number of rows once; returns its call. */
    private String call(int mr, String row, String start, String length) {
        String name = nest.name() + "Rows" + mr;
        Set<Argument> all = new LinkedHashSet<>(nest.operandArguments());
        if (nest.reduction() == Axis.SAMPLES) {
            all.add(Argument.COUNT);
        }
        all.addAll(nest.epilogueArguments());
        List<Argument> arguments = List.copyOf(all);
        if (!emitted.contains(name)) {
            emitted.add(name);
            methods.add(rowsMethod(name, arguments, mr));
        }
        return name + Argument.call(arguments, row, start, length);
    }

    private MethodSpec rowsMethod(String name, List<Argument> arguments, int mr) {
        Lines lines = new Lines();
        int length = mr * schedule.block();
        lines.line("Arrays.fill(" + nest.scratch().sums(length) + ", 0, " + length + ", 0)");
        String r = nest.reduction().variable();
        String extent = nest.extentName(nest.reduction());
        int step = schedule.columns();
        int fixed = nest.extent(nest.reduction());
        lines.line("int " + r + " = 0");
        if (fixed == 0 || fixed >= step) {
            lines.begin("for (; " + r + " <= " + extent + " - " + step + "; " + r + " += " + step + ")");
            scaledRows(lines, mr, step);
            lines.end();
        }
        if (fixed == 0 || fixed % step != 0) {
            lines.begin("for (; " + r + " < " + extent + "; " + r + "++)");
            scaledRows(lines, mr, 1);
            lines.end();
        }
        epilogue(lines, mr);
        return emission.method(name, arguments)
                .addParameter(TypeName.INT, nest.rows().variable())
                .addParameter(TypeName.INT, "start")
                .addParameter(TypeName.INT, "length")
                .addJavadoc(
                        "$L, $L {@code start .. start + length - 1}. $L bytes of bytecode.\n",
                        nest.rows().plural(mr),
                        nest.columns(),
                        Emission.sizeOf(name))
                .addCode(lines.build())
                .build();
    }

    private void scaledRows(Lines lines, int mr, int step) {
        Operand left = nest.left();
        Operand right = nest.right();
        String r = nest.reduction().variable();
        for (int p = 0; p < mr; p++) {
            for (int t = 0; t < step; t++) {
                String index = left.index(nest.rows(), plus(nest.rows().variable(), p), nest.reduction(), plus(r, t));
                lines.line(words.type() + " " + left.word() + p + t + " = " + left.array() + "[" + index + "]");
            }
        }
        for (int t = 0; t < step; t++) {
            String place = t == 0
                    ? Operand.sum(right.row(nest.reduction(), r), "start")
                    : Operand.sum(right.word() + "At" + (t - 1), right.stride(nest.reduction()));
            lines.line("int " + right.word() + "At" + t + " = " + place);
        }
        lines.begin("for (int j = 0; j < length; j++)");
        for (int t = 0; t < step; t++) {
            lines.line(words.type() + " " + right.word() + t + " = " + right.array() + "[" + right.word() + "At" + t
                    + " + j]");
        }
        for (int p = 0; p < mr; p++) {
            StringBuilder sum = new StringBuilder();
            for (int t = 0; t < step; t++) {
                sum.append(t == 0 ? "" : " + ")
                        .append(left.word())
                        .append(p)
                        .append(t)
                        .append(" * ");
                sum.append(right.word()).append(t);
            }
            lines.line("sums[" + place(p) + "] += " + sum);
        }
        lines.end();
    }

    private void epilogue(Lines lines, int mr) {
        Operand out = nest.out();
        for (int p = 0; p < mr; p++) {
            String place = p == 0
                    ? Operand.sum(out.row(nest.rows(), nest.rows().variable()), "start")
                    : Operand.sum("outAt" + (p - 1), out.stride(nest.rows()));
            lines.line("int outAt" + p + " = " + place);
        }
        store.constants(lines, words);
        for (int p = 0; p < mr && !store.bias().isEmpty(); p++) {
            String bias = words.broadcast(store.bias(plus(nest.rows().variable(), p)));
            lines.line(words.register() + " bias" + p + " = " + bias);
        }
        lines.begin("for (int j = 0; j < length; j++)");
        for (int p = 0; p < mr; p++) {
            String at = "outAt" + p + " + j";
            String activation = store.activation(words, at);
            lines.line(store.stored(words, words.load("sums", place(p)), at, bias(p), activation));
        }
        lines.end();
    }

    private String bias(int p) {
        return store.bias().isEmpty() ? "" : "bias" + p;
    }

    private String place(int p) {
        return Operand.sum(p == 0 ? "0" : String.valueOf(p * schedule.block()), "j");
    }

    private static String plus(String variable, int offset) {
        return Operand.sum(variable, String.valueOf(offset));
    }
}
