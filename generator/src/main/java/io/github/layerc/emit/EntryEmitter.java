package io.github.layerc.emit;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Program;
import io.github.layerc.program.op.Op;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An entry point: its program as a list of calls, the formula behind each. Split where there are too many for one method. */
final class EntryEmitter {
    private static final int MOST_CALLS = 150;

    /** Behind the name of an entry point, that of the method for a block of samples. */
    private static final String BLOCK = "Block";

    private static final Name LOSSES = Expression.name("losses");

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
    List<Method> emit(Program program) {
        Entry entry = program.entry();
        List<Argument> arguments = ARGUMENTS.get(entry);
        boolean scaled = scaled(program);
        List<Method> methods = new ArrayList<>();
        Body body = new Body();
        if (scaled) {
            scale(body);
        }
        List<Argument> inside = new ArrayList<>(arguments);
        if (scaled) {
            inside.add(Argument.INPUT_SCALE);
        }
        body(body, methods, entry.method(), inside, program.ops(), this::whole);
        if (entry.losses()) {
            body.leave(LOSSES);
        }
        if (inBlocks(entry)) {
            methods.add(0, block(program, body));
            methods.add(0, method(program, blocks(entry)));
        } else {
            methods.add(0, method(program, body));
        }
        return methods;
    }

    private boolean inBlocks(Entry entry) {
        return samplesInBlock > 0 && (entry == Entry.PREDICT || entry == Entry.COST);
    }

    private Method block(Program program, Body body) {
        Entry entry = program.entry();
        return emission.method(entry.method() + BLOCK, ARGUMENTS.get(entry))
                .returns(result(entry))
                .documentation("At most $L samples.\n", samplesInBlock)
                .code(body);
    }

    private static Type result(Entry entry) {
        return entry.losses() ? Type.DOUBLE : null;
    }

    /** Calls of the method for a block, which has the workspace's first samples. */
    private Body blocks(Entry entry) {
        Body body = new Body();
        boolean losses = entry.losses();
        if (losses) {
            body.declare(Type.DOUBLE, LOSSES.text(), Expression.number(0));
        }
        body.comment(
                "the activations of so many samples are in the second-level cache until the next layer has read them");
        Name s = Expression.name("s");
        Expression most = Expression.number(samplesInBlock);
        Expression count = Argument.COUNT.value();
        Body turn = body.loop(s.text(), Expression.number(0), count, most);
        Name samples = turn.integer("samples", Expression.math("min", most, Expression.difference(count, s)));
        List<Expression> values = new ArrayList<>();
        for (Argument argument : ARGUMENTS.get(entry)) {
            Expression value = argument.value();
            values.add(
                    switch (argument) {
                        case X_AT -> Expression.sum(value, Expression.product(s, Argument.X_STRIDE.value()));
                        case Y_AT, OUT_AT -> Expression.sum(value, Expression.product(s, outputs()));
                        case COUNT -> samples;
                        default -> value;
                    });
        }
        Call call = Expression.call(entry.method() + BLOCK, values);
        if (losses) {
            turn.increase(LOSSES, call);
            body.leave(LOSSES);
        } else {
            turn.run(call);
        }
        return body;
    }

    private Name outputs() {
        return Names.units(emission.network().layers().size());
    }

    /** What the entry point hands out, and takes: its name, arguments and result; in front of its body the way for one sample. */
    Method method(Program program, Body body) {
        Entry entry = program.entry();
        Body all = new Body();
        if (entry == Entry.PREDICT && program.ops().size() <= MOST_CALLS) {
            oneSample(all, program);
        }
        return emission.method(entry.method(), ARGUMENTS.get(entry))
                .overrides()
                .returns(result(entry))
                .code(all.add(body.build()));
    }

    /** A way of its own for one sample, where a kernel has one. */
    private void oneSample(Body body, Program program) {
        if (program.ops().stream().allMatch(op -> kernels.of(op).sampleMethod().isEmpty())) {
            return;
        }
        Body one = body.when(Expression.compare(Argument.COUNT.value(), Sign.EQUAL, Expression.number(1)));
        program.ops().forEach(op -> one.run(kernels.called(List.of(op)).callForSample(op), op.toString()));
        one.leave();
        body.blank();
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

    void scale(Body body) {
        Argument scale = Argument.INPUT_SCALE;
        body.declare(scale.type(), scale.toString(), Expression.number(1), "bound samples are scaled already");
        body.blank();
    }

    /**
     * Calls the kernels of operations; in methods of their own where there are too many for one.
     *
     * @param methods takes those methods
     * @param name of the method whose body it is
     * @param arguments in scope
     */
    void body(Body body, List<Method> methods, String name, List<Argument> arguments, List<Op> ops, Range range) {
        List<List<Op>> calls = kernels.calls(ops);
        if (calls.size() <= MOST_CALLS) {
            calls(body, calls, range);
            return;
        }
        for (int from = 0; from < calls.size(); from += MOST_CALLS) {
            List<List<Op>> part = calls.subList(from, Math.min(from + MOST_CALLS, calls.size()));
            String partName = name + "Part" + (from / MOST_CALLS + 1);
            boolean losses = part.stream().flatMap(List::stream).anyMatch(op -> op.phase() == Op.Phase.LOSSES);
            Call call = Argument.call(partName, arguments);
            Body some = new Body();
            calls(some, part, range);
            if (losses) {
                body.declare(Type.DOUBLE, LOSSES.text(), call);
                some.leave(LOSSES);
            } else {
                body.run(call);
            }
            methods.add(emission.method(partName, arguments)
                    .returns(losses ? Type.DOUBLE : null)
                    .code(some));
        }
    }

    /** What a call takes of samples or inputs. */
    interface Range {
        /** The arguments {@code from} and {@code to} of the kernel of an operation. */
        List<Expression> of(Op op);
    }

    private List<Expression> whole(Op op) {
        return List.of(Expression.number(0), op.span() == Op.Span.SUM ? inputs(op) : Argument.COUNT.value());
    }

    /** Where the inputs of an operation's layer end. */
    Name inputs(Op op) {
        return Names.units(op.layer() - 1);
    }

    private void calls(Body body, List<List<Op>> calls, Range range) {
        Op.Phase phase = null;
        for (List<Op> called : calls) {
            Op op = called.get(0);
            if (op.phase() != phase) {
                if (phase != null) {
                    body.blank();
                }
                phase = op.phase();
                body.comment(phase.toString());
            }
            List<Expression> values = range.of(op);
            Call call = kernels.called(called).call(called, values.get(0), values.get(1));
            String formulas = called.stream().map(Op::toString).collect(Collectors.joining("; "));
            if (op.phase() == Op.Phase.LOSSES) {
                body.declare(Type.DOUBLE, LOSSES.text(), call, formulas);
            } else {
                body.run(call, formulas);
            }
        }
    }
}
