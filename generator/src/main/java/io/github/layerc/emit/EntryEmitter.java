package io.github.layerc.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Program;
import io.github.layerc.program.op.Op;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** An entry point: its program as a list of calls, the formula behind each. Split where there are too many for one method. */
final class EntryEmitter {
    private static final int MOST_CALLS = 150;

    /** Behind the name of an entry point, that of the method for a block of samples. */
    private static final String BLOCK = "Block";

    private static final Map<Entry, List<Argument>> ARGUMENTS = new EnumMap<>(Map.of(
            Entry.PREDICT,
            List.of(
                    Argument.X,
                    Argument.X_AT,
                    Argument.X_STRIDE,
                    Argument.COUNT,
                    Argument.INPUT_SCALE,
                    Argument.OUT,
                    Argument.OUT_AT),
            Entry.COST,
            List.of(
                    Argument.X,
                    Argument.X_AT,
                    Argument.X_STRIDE,
                    Argument.Y,
                    Argument.Y_AT,
                    Argument.COUNT,
                    Argument.INPUT_SCALE),
            Entry.GRADIENTS,
            List.of(
                    Argument.X,
                    Argument.X_AT,
                    Argument.X_STRIDE,
                    Argument.Y,
                    Argument.Y_AT,
                    Argument.COUNT,
                    Argument.INPUT_SCALE,
                    Argument.WEIGHT,
                    Argument.GRADIENTS),
            Entry.STEP,
            List.of(
                    Argument.X,
                    Argument.X_AT,
                    Argument.X_STRIDE,
                    Argument.Y,
                    Argument.Y_AT,
                    Argument.COUNT,
                    Argument.INTO,
                    Argument.FACTOR),
            Entry.BOUND_STEP,
            List.of(
                    Argument.PANELS,
                    Argument.STRIPS,
                    Argument.BOUND_AT,
                    Argument.X,
                    Argument.X_AT,
                    Argument.X_STRIDE,
                    Argument.Y,
                    Argument.Y_AT,
                    Argument.COUNT,
                    Argument.INTO,
                    Argument.FACTOR),
            Entry.GRAM_STEP,
            List.of(
                    Argument.PRE_ACTIVATIONS,
                    Argument.SAMPLES_AT,
                    Argument.GRAM,
                    Argument.GRAM_AT,
                    Argument.GRAM_STRIDE,
                    Argument.Y,
                    Argument.Y_AT,
                    Argument.COUNT,
                    Argument.DELTA_ROWS,
                    Argument.PRE_ACTIVATIONS_INTO,
                    Argument.INTO,
                    Argument.FACTOR),
            Entry.GRAM_PREDICT,
            List.of(Argument.PRE_ACTIVATIONS, Argument.SAMPLES_AT, Argument.COUNT, Argument.OUT, Argument.OUT_AT),
            Entry.GRAM_COST,
            List.of(Argument.PRE_ACTIVATIONS, Argument.SAMPLES_AT, Argument.Y, Argument.Y_AT, Argument.COUNT)));

    private final Emission emission;
    private final Kernels kernels;
    private final int samplesInBlock;

    /** @param samplesInBlock 0 for all samples */
    EntryEmitter(Emission emission, Kernels kernels, int samplesInBlock) {
        this.emission = emission;
        this.kernels = kernels;
        this.samplesInBlock = samplesInBlock;
    }

    /** The method of the entry point, and what it was split into. */
    List<MethodSpec> emit(Program program) {
        Entry entry = program.entry();
        List<Argument> arguments = ARGUMENTS.get(entry);
        boolean scaled = scaled(program);
        List<MethodSpec> methods = new ArrayList<>();
        Lines lines = new Lines();
        if (scaled) {
            scale(lines);
        }
        List<Argument> inside = new ArrayList<>(arguments);
        if (scaled) {
            inside.add(Argument.INPUT_SCALE);
        }
        body(lines, methods, entry.method(), inside, program.ops(), this::whole);
        if (entry.losses()) {
            lines.line("return losses");
        }
        if (inBlocks(entry)) {
            methods.add(0, block(program, lines));
            methods.add(0, method(program, blocks(entry)));
        } else {
            methods.add(0, method(program, lines));
        }
        return methods;
    }

    private boolean inBlocks(Entry entry) {
        return samplesInBlock > 0 && (entry == Entry.PREDICT || entry == Entry.COST);
    }

    private MethodSpec block(Program program, Lines lines) {
        Entry entry = program.entry();
        return emission.method(entry.method() + BLOCK, ARGUMENTS.get(entry))
                .returns(entry.losses() ? TypeName.DOUBLE : TypeName.VOID)
                .addJavadoc("At most $L samples.\n", samplesInBlock)
                .addCode(lines.build())
                .build();
    }

    /** Calls of the method for a block, which has the workspace's first samples. */
    private Lines blocks(Entry entry) {
        Lines lines = new Lines();
        boolean losses = entry.losses();
        if (losses) {
            lines.line("double losses = 0");
        }
        lines.comment(
                "the activations of so many samples are in the second-level cache until the next layer has read them");
        lines.begin("for (int s = 0; s < count; s += " + samplesInBlock + ")");
        lines.line("int samples = Math.min(" + samplesInBlock + ", count - s)");
        List<String> values = new ArrayList<>();
        for (Argument argument : ARGUMENTS.get(entry)) {
            values.add(
                    switch (argument) {
                        case X_AT -> "xAt + s * xStride";
                        case Y_AT, OUT_AT -> argument + " + " + Operand.product("s", outputs());
                        case COUNT -> "samples";
                        default -> argument.toString();
                    });
        }
        lines.line((losses ? "losses += " : "") + entry.method() + BLOCK + "(" + String.join(", ", values) + ")");
        lines.end();
        if (losses) {
            lines.line("return losses");
        }
        return lines;
    }

    private String outputs() {
        return Names.units(emission.network().layers().size());
    }

    /** What the entry point hands out, and takes: its name, arguments and result; in front of the lines the way for one sample. */
    MethodSpec method(Program program, Lines lines) {
        Entry entry = program.entry();
        Lines first = new Lines();
        if (entry == Entry.PREDICT && program.ops().size() <= MOST_CALLS) {
            oneSample(first, program);
        }
        return emission.method(entry.method(), ARGUMENTS.get(entry), Modifier.PUBLIC)
                .addAnnotation(Override.class)
                .returns(entry.losses() ? TypeName.DOUBLE : TypeName.VOID)
                .addCode(first.build())
                .addCode(lines.build())
                .build();
    }

    /** A way of its own for one sample, where a kernel has one. */
    private void oneSample(Lines lines, Program program) {
        if (program.ops().stream().allMatch(op -> kernels.of(op).sampleMethod().isEmpty())) {
            return;
        }
        lines.begin("if (count == 1)");
        program.ops().forEach(op -> lines.line(kernels.called(List.of(op)).callForSample(op), op.toString()));
        lines.line("return").end().blank();
    }

    static List<Argument> arguments(Entry entry) {
        return ARGUMENTS.get(entry);
    }

    /** Whether kernels of a step ask for the input scale, which bound samples have behind them. */
    boolean scaled(Program program) {
        return program.entry().bound()
                && program.ops().stream()
                        .anyMatch(op -> kernels.of(op).arguments().contains(Argument.INPUT_SCALE));
    }

    void scale(Lines lines) {
        lines.line(emission.words().type() + " inputScale = 1", "bound samples are scaled already");
        lines.blank();
    }

    /**
     * Calls the kernels of operations; in methods of their own where there are too many for one.
     *
     * @param methods takes those methods
     * @param name of the method whose body it is
     * @param arguments in scope
     */
    void body(Lines lines, List<MethodSpec> methods, String name, List<Argument> arguments, List<Op> ops, Range range) {
        List<List<Op>> calls = kernels.calls(ops);
        if (calls.size() <= MOST_CALLS) {
            calls(lines, calls, range);
            return;
        }
        for (int from = 0; from < calls.size(); from += MOST_CALLS) {
            List<List<Op>> part = calls.subList(from, Math.min(from + MOST_CALLS, calls.size()));
            String partName = name + "Part" + (from / MOST_CALLS + 1);
            boolean losses = part.stream().flatMap(List::stream).anyMatch(op -> op.phase() == Op.Phase.LOSSES);
            lines.line((losses ? "double losses = " : "") + partName + Argument.call(arguments));
            Lines partLines = new Lines();
            calls(partLines, part, range);
            if (losses) {
                partLines.line("return losses");
            }
            methods.add(emission.method(partName, arguments)
                    .returns(losses ? TypeName.DOUBLE : TypeName.VOID)
                    .addCode(partLines.build())
                    .build());
        }
    }

    /** What a call takes of samples or inputs. */
    interface Range {
        /** The arguments {@code from} and {@code to} of the kernel of an operation. */
        List<String> of(Op op);
    }

    private List<String> whole(Op op) {
        return List.of("0", op.span() == Op.Span.SUM ? inputs(op) : Argument.COUNT.toString());
    }

    /** Where the inputs of an operation's layer end. */
    String inputs(Op op) {
        return Names.units(op.layer() - 1);
    }

    private void calls(Lines lines, List<List<Op>> calls, Range range) {
        Op.Phase phase = null;
        for (List<Op> called : calls) {
            Op op = called.get(0);
            if (op.phase() != phase) {
                if (phase != null) {
                    lines.blank();
                }
                phase = op.phase();
                lines.comment(phase.toString());
            }
            List<String> values = range.of(op);
            lines.line(
                    (op.phase() == Op.Phase.LOSSES ? "double losses = " : "")
                            + kernels.called(called).call(called, values.get(0), values.get(1)),
                    called.stream().map(Op::toString).collect(Collectors.joining("; ")));
        }
    }
}
