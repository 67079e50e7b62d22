package io.github.layerc.emit.product;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.DerivativeMethod;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Words;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Products of plain Java in which rows of the right operand are scaled and added up, with many columns:
 *
 * <pre>
 * for a block of columns             its sums and copies stay in the first-level cache
 *   for rows in steps of mr          sums = 0
 *     for the reduction in steps of nr
 *       nr rows of the right operand are copied
 *       for the mr rows              nr rows are added to a sum, see {@link RowAdders}
 *     epilogue and store
 * </pre>
 *
 * <p>A copy is an array of its own and begins at index 0, as the sums do: that is what C2 asks for before it makes vectors of a loop.
 */
final class RowCopiesEmitter {
    /** With fewer columns, to copy them takes longer than vectors save. */
    private static final int FEWEST_COLUMNS = 64;

    private final ProductNest nest;
    private final Emission emission;
    private final Schedule schedule;
    private final Words words;
    private final StoreEmitter store;
    private final RowAdders adders;

    RowCopiesEmitter(ProductNest nest, RowAdders adders) {
        this.nest = nest;
        this.emission = nest.emission();
        this.schedule = nest.schedule();
        this.words = nest.words().withoutBranches();
        this.store = new StoreEmitter(nest);
        this.adders = adders;
    }

    static boolean suits(ProductNest nest) {
        int columns = nest.extent(nest.columns());
        return columns == 0 || columns >= FEWEST_COLUMNS;
    }

    Kernel emit() {
        String name = nest.name() + "Rows";
        Set<Argument> all = new LinkedHashSet<>(nest.operandArguments());
        if (nest.reduction() == Axis.SAMPLES) {
            all.add(Argument.COUNT);
        }
        all.addAll(nest.epilogueArguments());
        List<Argument> arguments = List.copyOf(all);
        MethodSpec driver = emission.method(nest.name(), nest.arguments())
                .addJavadoc(
                        "Layer $L: {@code $L}.\n\n<p>Schedule: $L. $L\n",
                        nest.product().layer(),
                        new NestText(nest).formula(),
                        new NestText(nest).scheduleText(),
                        new NestText(nest).reason())
                .addCode(driver(name, arguments).build())
                .build();
        MethodSpec rows = emission.method(name, arguments)
                .addParameter(TypeName.INT, "first")
                .addParameter(TypeName.INT, "last")
                .addParameter(TypeName.INT, "start")
                .addParameter(TypeName.INT, "length")
                .addJavadoc(
                        "$L {@code first .. last - 1}, $L {@code start .. start + length - 1}. $L bytes of bytecode.\n",
                        nest.rows(),
                        nest.columns(),
                        Emission.sizeOf(name))
                .addCode(rows().build())
                .build();
        return new Kernel(
                nest.product(),
                nest.name(),
                nest.arguments(),
                List.of(driver, rows),
                new NestText(nest).scheduleText());
    }

    private Lines driver(String name, List<Argument> arguments) {
        Lines lines = new Lines();
        String start = nest.start(nest.columns());
        String length = nest.extentName(nest.columns());
        // columns that are samples come in ranges
        boolean blocks = nest.extent(nest.columns()) == 0 || schedule.block() < nest.extent(nest.columns());
        if (blocks) {
            String end = nest.end(nest.columns());
            lines.begin("for (int start = " + start + "; start < " + end + "; start += " + schedule.block() + ")");
            lines.line("int length = Math.min(" + schedule.block() + ", " + end + " - start)");
            start = "start";
            length = "length";
        }
        int extent = nest.extent(nest.rows());
        if (extent > 0 && extent <= schedule.rows()) {
            lines.line(name + Argument.call(arguments, "0", nest.end(nest.rows()), start, length));
        } else {
            String row = nest.rows().variable();
            String end = nest.end(nest.rows());
            lines.begin("for (int " + row + " = " + nest.start(nest.rows()) + "; " + row + " < " + end + "; " + row
                    + " += " + schedule.rows() + ")");
            String last = "Math.min(" + row + " + " + schedule.rows() + ", " + end + ")";
            lines.line(name + Argument.call(arguments, row, last, start, length));
            lines.end();
        }
        if (blocks) {
            lines.end();
        }
        return lines;
    }

    private Lines rows() {
        Lines lines = new Lines();
        String row = nest.rows().variable();
        int terms = schedule.columns();
        for (int t = 0; t < terms; t++) {
            lines.line(words.type() + "[] row" + t + " = " + nest.scratch().rowCopies(terms, schedule.block()) + "[" + t
                    + "]");
        }
        lines.begin("for (int " + row + " = first; " + row + " < last; " + row + "++)");
        lines.line("Arrays.fill(" + sums() + ", 0, length, 0)").end();
        String r = nest.reduction().variable();
        String extent = nest.extentName(nest.reduction());
        int fixed = nest.extent(nest.reduction());
        if (fixed > 0 && fixed < 2 * terms) {
            // one or two steps, at places that are known
            for (int at = 0; at < fixed; at += terms) {
                lines.blank();
                step(lines, String.valueOf(at), Math.min(terms, fixed - at));
            }
        } else {
            lines.line("int " + r + " = 0");
            lines.begin("for (; " + r + " <= " + extent + " - " + terms + "; " + r + " += " + terms + ")");
            step(lines, r, terms);
            lines.end();
            if (fixed > 0 && fixed % terms > 0) {
                step(lines, r, fixed % terms);
            } else if (fixed == 0 && terms > 1) {
                lines.begin("for (; " + r + " < " + extent + "; " + r + "++)");
                step(lines, r, 1);
                lines.end();
            }
        }
        epilogue(lines);
        return lines;
    }

    /** Copies some rows of the right operand, and adds them to the sums of all rows. */
    private void step(Lines lines, String at, int number) {
        Operand left = nest.left();
        Operand right = nest.right();
        String row = nest.rows().variable();
        List<String> copies = new ArrayList<>();
        List<String> factors = new ArrayList<>();
        String place = Operand.sum(right.row(nest.reduction(), at), "start");
        String held = left.word() + "At";
        for (int t = 0; t < number; t++) {
            String next = Operand.product(String.valueOf(t), right.stride(nest.reduction()));
            lines.line("System.arraycopy(" + right.array() + ", " + Operand.sum(place, next) + ", row" + t
                    + ", 0, length)");
            copies.add("row" + t);
            String element = Operand.product(String.valueOf(t), left.stride(nest.reduction()));
            factors.add(left.array() + "[" + Operand.sum(held, element) + "]");
        }
        lines.begin("for (int " + row + " = first; " + row + " < last; " + row + "++)");
        lines.line("int " + held + " = " + left.index(nest.rows(), row, nest.reduction(), at));
        lines.line(adders.call(sums(), "length", copies, factors));
        lines.end();
    }

    /** The sums of the row that the loop is at. */
    private String sums() {
        return nest.scratch().rowSums(schedule.rows(), schedule.block()) + "["
                + nest.rows().variable() + " - first]";
    }

    private void epilogue(Lines lines) {
        String row = nest.rows().variable();
        boolean set = nest.epilogue().store() == Store.SET;
        lines.blank();
        lines.begin("for (int " + row + " = first; " + row + " < last; " + row + "++)");
        lines.line(words.type() + "[] sums = " + sums());
        lines.line("int outAt = " + Operand.sum(nest.out().row(nest.rows(), row), "start"));
        if (set) {
            String activation = store.activation(words, "j");
            if (!activation.isEmpty()) {
                lines.line("System.arraycopy(" + nest.epilogue().derivativeAt().name() + ", outAt, row0, 0, length)");
                activation = "row0[j]";
            }
            String bias = nest.rows() == Axis.UNITS ? store.bias(row) : "";
            if (!bias.isEmpty()) {
                lines.line(words.type() + " bias = " + bias);
                bias = "bias";
            } else if (!store.bias().isEmpty()) {
                bias = store.bias("start + j");
            }
            store.constants(lines, words);
            String finished = store.finished(words, "sums[j]", bias, activation);
            if (DerivativeMethod.suits(nest.epilogue().derivative())) {
                adders.needDerivative(nest.epilogue().derivative());
            }
            if (!finished.equals("sums[j]")) {
                lines.begin("for (int j = 0; j < length; j++)");
                lines.line("sums[j] = " + finished).end();
            }
            lines.line("System.arraycopy(sums, 0, " + nest.out().array() + ", outAt, length)");
        } else {
            lines.begin("for (int j = 0; j < length; j++)");
            lines.line(store.stored(words, "sums[j]", "outAt + j", "", "")).end();
        }
        lines.end();
    }
}
