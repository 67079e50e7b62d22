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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An entry point: its program as a list of calls, the formula behind each. Split where there are too many for one method. */
final class EntryEmitter {
    private static final int MOST_CALLS = 150;

    /** Behind the name of an entry point, that of the method for a block of samples. */
    private static final String BLOCK = "Block";

    private static final Name LOSSES = Expression.name("losses");

    private static final Map<Entry, List<Argument>> ARGUMENTS = new EnumMap<>(Map.of(
            Entry.PREDICT,
            List.of(Argument.BATCH, Argument.INPUT_SCALE, Argument.OUT, Argument.OUT_AT),
            Entry.COST,
            List.of(Argument.BATCH, Argument.INPUT_SCALE),
            Entry.GRADIENTS,
            List.of(Argument.BATCH, Argument.INPUT_SCALE, Argument.WEIGHT, Argument.GRADIENTS),
            Entry.STEP,
            List.of(Argument.BATCH, Argument.INTO, Argument.FACTOR),
            Entry.BOUND_STEP,
            List.of(
                    Argument.BATCH,
                    Argument.PANELS,
                    Argument.STRIPS,
                    Argument.BOUND_AT,
                    Argument.INTO,
                    Argument.FACTOR),
            Entry.GRAM_STEP,
            List.of(
                    Argument.GRAM_BATCH,
                    Argument.DELTA_ROWS,
                    Argument.PRE_ACTIVATIONS_INTO,
                    Argument.INTO,
                    Argument.FACTOR),
            Entry.GRAM_PREDICT,
            List.of(Argument.GRAM_BATCH, Argument.OUT, Argument.OUT_AT),
            Entry.GRAM_COST,
            List.of(Argument.GRAM_BATCH)));

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
        boolean scaled = scaled(program);
        List<Method> methods = new ArrayList<>();
        Body body = new Body();
        if (scaled) {
            scale(body);
        }
        List<Argument> arguments = unpacked(entry, program.ops(), Argument.COUNT);
        List<Argument> inside = new ArrayList<>(arguments);
        if (scaled) {
            inside.add(Argument.INPUT_SCALE);
        }
        body(body, methods, entry.method(), inside, program.ops(), this::whole);
        if (entry.losses()) {
            body.leave(LOSSES);
        }
        if (inBlocks(entry)) {
            methods.add(0, block(program, arguments, body));
            methods.add(0, method(program, arguments, blocks(entry, arguments)));
        } else {
            methods.add(0, method(program, arguments, body));
        }
        return methods;
    }

    private boolean inBlocks(Entry entry) {
        return samplesInBlock > 0 && (entry == Entry.PREDICT || entry == Entry.COST);
    }

    /**
     * The arguments of an entry point, of its batch only what operations ask for.
     *
     * @param more that is asked for besides
     */
    List<Argument> unpacked(Entry entry, List<Op> ops, Argument... more) {
        Set<Argument> used = new HashSet<>(Arrays.asList(more));
        ops.forEach(op -> used.addAll(kernels.of(op).arguments()));
        List<Argument> all = new ArrayList<>();
        for (Argument argument : ARGUMENTS.get(entry)) {
            if (argument.held().isEmpty()) {
                all.add(argument);
            } else {
                argument.held().stream().filter(used::contains).forEach(all::add);
            }
        }
        return all;
    }

    /** Declares what is in the batch of an entry point, of these arguments. */
    void unpack(Body body, Entry entry, List<Argument> arguments) {
        boolean any = false;
        for (Argument batch : ARGUMENTS.get(entry)) {
            for (Argument held : batch.held()) {
                if (arguments.contains(held)) {
                    body.declare(held.type(), held.toString(), Expression.call(batch.value(), held.toString()));
                    any = true;
                }
            }
        }
        if (any) {
            body.blank();
        }
    }

    private Method block(Program program, List<Argument> arguments, Body body) {
        Entry entry = program.entry();
        return emission.method(entry.method() + BLOCK, arguments)
                .returns(result(entry))
                .documentation("At most $L samples.\n", samplesInBlock)
                .code(body);
    }

    private static Type result(Entry entry) {
        return entry.losses() ? Type.DOUBLE : null;
    }

    /** Calls of the method for a block, which has the workspace's first samples. */
    private Body blocks(Entry entry, List<Argument> arguments) {
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
        for (Argument argument : arguments) {
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

    /**
     * What the entry point hands out, and takes: its name, arguments and result; in front of its body the way for one sample. In a class that stands alone
     * it takes what is in the batch instead of that.
     *
     * @param arguments that the body uses
     */
    Method method(Program program, List<Argument> arguments, Body body) {
        Entry entry = program.entry();
        Body all = new Body();
        boolean single = hasWayForOneSample(program);
        List<Argument> used = single ? unpacked(entry, program.ops(), Argument.COUNT) : arguments;
        if (!emission.standsAlone()) {
            unpack(all, entry, used);
        }
        if (single) {
            oneSample(all, program);
        }
        all.add(body.build());
        return emission.standsAlone()
                ? emission.method(entry.method(), used).returns(result(entry)).code(all)
                : emission.method(entry.method(), ARGUMENTS.get(entry))
                        .overrides()
                        .returns(result(entry))
                        .code(all);
    }

    /** Where a kernel has one. */
    private boolean hasWayForOneSample(Program program) {
        return program.entry() == Entry.PREDICT
                && program.ops().size() <= MOST_CALLS
                && program.ops().stream()
                        .anyMatch(op -> !kernels.of(op).sampleMethod().isEmpty());
    }

    private void oneSample(Body body, Program program) {
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
            List<Argument> taken = taken(part, arguments);
            Call call = Argument.call(partName, taken);
            Body some = new Body();
            calls(some, part, range);
            if (losses) {
                body.declare(Type.DOUBLE, LOSSES.text(), call);
                some.leave(LOSSES);
            } else {
                body.run(call);
            }
            methods.add(emission.method(partName, taken)
                    .returns(losses ? Type.DOUBLE : null)
                    .code(some));
        }
    }

    /** Of the arguments in scope those that the calls of a part need. */
    private List<Argument> taken(List<List<Op>> part, List<Argument> arguments) {
        Set<Argument> used = EnumSet.of(Argument.COUNT, Argument.FROM, Argument.TO, Argument.PART, Argument.PARTS);
        part.forEach(called -> used.addAll(kernels.called(called).arguments()));
        if (used.contains(Argument.INTO)) {
            used.addAll(List.of(Argument.GRADIENTS, Argument.WEIGHT));
        }
        return arguments.stream().filter(used::contains).toList();
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
