package io.github.layerc.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Members;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Field;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Printer;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Program;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Op;
import io.github.layerc.schedule.Machine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Entry points of a class that uses several threads. A program goes in two phases: what is done for each sample, shared out by samples; then the
 * gradients, which sum over all samples, shared out by inputs. Where batch normalisation makes samples depend on each other, the first phase is several, with
 * the normalisation between them. Every thread has an instance of the class with scratch of its own over the same
 * parameters and workspace. Small gradients are all the last thread's.
 *
 * <pre>
 * step:  call = arguments;  run stepSamples, in parts;  run stepInputs, in parts;  the sum of the parts' losses
 * </pre>
 */
final class PhaseEmitter {
    static final ClassName WORKERS = ClassName.get("io.github.layerc.engine", "Workers");

    /** Tiles of samples have at most so many rows, and a cache line so many numbers. */
    private static final int MULTIPLE = Machine.CACHE_LINE_BYTES / Float.BYTES;

    /** Doubles in a cache line, so that threads do not write to the same one. */
    private static final int LINE = Machine.CACHE_LINE_BYTES / Double.BYTES;

    private static final Name CALL = Expression.name("call");
    private static final Name PART = Argument.PART.value();
    private static final Name PARTS = Argument.PARTS.value();
    private static final Name LOSSES = Expression.name("losses");
    private static final List<Expression> WITHOUT_RANGE = List.of(Expression.number(0), Expression.number(0));

    private final Emission emission;
    private final Kernels kernels;
    private final EntryEmitter entries;

    PhaseEmitter(Emission emission, Kernels kernels, EntryEmitter entries) {
        this.emission = emission;
        this.kernels = kernels;
        this.entries = entries;
    }

    List<Method> emit(Program program) {
        Entry entry = program.entry();
        List<Op> inputs = program.ops().stream().filter(PhaseEmitter::late).toList();
        requireLate(program);
        boolean losses = losses(program.ops());

        List<Method> methods = new ArrayList<>();
        Body body = new Body();
        for (Argument argument : EntryEmitter.arguments(entry)) {
            body.assign(ofCall(argument), argument.value());
        }
        Name parts = null;
        for (SamplesPhase each : samplesPhases(program)) {
            if (each.together()) {
                List<Argument> inside = entries.unpacked(entry, each.ops(), Argument.COUNT);
                entries.body(body, methods, each.name(), inside, each.ops(), op -> WITHOUT_RANGE);
                continue;
            }
            Name some = body.declare(Type.INT, "parts" + each.number(), parts(each.ops()), "FLOPs of a sample");
            parts = parts == null || losses(each.ops()) ? some : parts;
            body.run(run(each.name(), some));
            methods.addAll(phase(program, each.name(), each.ops()));
        }
        if (!inputs.isEmpty()) {
            body.run(run(inputsPhase(entry), parts(inputs)));
            methods.addAll(phase(program, inputsPhase(entry), inputs));
        }
        if (losses) {
            body.declare(Type.DOUBLE, LOSSES.text(), Expression.number(0));
            body.loop(PART.text(), parts).increase(LOSSES, lossesOfPart());
            body.leave(LOSSES);
        }
        methods.add(0, entries.method(program, List.of(Argument.COUNT), body));
        return methods;
    }

    /**
     * What is done for each sample, as far as it goes without all others, or with all of them.
     *
     * @param number behind its name, empty for the first one
     * @param together whether samples depend on each other in it: the caller's thread does it alone
     */
    private record SamplesPhase(Entry entry, String number, boolean together, List<Op> ops) {
        String name() {
            return entry.method() + (together ? "Together" : "Samples") + number;
        }
    }

    private static List<SamplesPhase> samplesPhases(Program program) {
        List<SamplesPhase> phases = new ArrayList<>();
        List<Op> ops = new ArrayList<>();
        for (Op op : program.ops()) {
            if (late(op)) {
                continue;
            }
            if (!ops.isEmpty() && ops.get(0).span() != op.span()) {
                add(phases, program.entry(), ops);
                ops = new ArrayList<>();
            }
            ops.add(op);
        }
        add(phases, program.entry(), ops);
        return phases;
    }

    private static void add(List<SamplesPhase> phases, Entry entry, List<Op> ops) {
        boolean together = ops.get(0).span() == Op.Span.TOGETHER;
        long before =
                phases.stream().filter(phase -> phase.together() == together).count();
        phases.add(new SamplesPhase(entry, before == 0 ? "" : String.valueOf(before + 1), together, ops));
    }

    private static String inputsPhase(Entry entry) {
        return entry.method() + "Inputs";
    }

    private static boolean losses(List<Op> ops) {
        return ops.stream().anyMatch(op -> op.phase() == Op.Phase.LOSSES);
    }

    private static Expression ofCall(Argument argument) {
        return new Field(CALL, argument.toString());
    }

    private static Expression lossesOfPart() {
        return Expression.element(new Field(CALL, LOSSES.text()), Expression.product(PART, Expression.number(LINE)));
    }

    /** How many threads are worth while for so much work. */
    private static Call parts(List<Op> ops) {
        Expression flops = new Expression.Literal(flops(ops) + "L");
        return Expression.call(Expression.name("workers"), "parts", Expression.product(Argument.COUNT.value(), flops));
    }

    private static Call run(String phase, Expression parts) {
        return Expression.call(Expression.name("workers"), "run", Expression.name(phase + "Task"), parts);
    }

    /** Gradients and updates: behind everything that is done for each sample. */
    private static boolean late(Op op) {
        return op.span() != Op.Span.SAMPLES && op.span() != Op.Span.TOGETHER;
    }

    /** Gradients may move behind everything else if nothing else that stands behind them overwrites what they read. */
    private static void requireLate(Program program) {
        Set<Buffer> written = new HashSet<>();
        for (int i = program.ops().size() - 1; i >= 0; i--) {
            Op op = program.ops().get(i);
            if (!late(op)) {
                written.addAll(op.writes());
            } else if (op.reads().stream().anyMatch(written::contains)) {
                throw new AssertionError("a gradient cannot wait: " + op + "\n" + program);
            }
        }
    }

    private static String flops(List<Op> ops) {
        long flops = ops.stream().mapToLong(Op::flopsPerSample).sum();
        return flops >= 10_000 ? String.format(Locale.ROOT, "%,d", flops).replace(',', '_') : String.valueOf(flops);
    }

    private List<Method> phase(Program program, String name, List<Op> ops) {
        boolean samples = !late(ops.get(0));
        boolean losses = losses(ops);
        List<Argument> arguments = EntryEmitter.arguments(program.entry());
        Body body = new Body();
        List<Argument> inside = new ArrayList<>(entries.unpacked(program.entry(), ops));
        entries.unpack(body, program.entry(), inside);
        if (entries.scaled(program)) {
            entries.scale(body);
            inside.add(Argument.INPUT_SCALE);
        }
        List<Method> parts = new ArrayList<>();
        List<Argument> range = samples ? List.of(Argument.FROM, Argument.TO) : List.of(Argument.PART, Argument.PARTS);
        inside.addAll(range);
        if (samples) {
            entries.body(body, parts, name, inside, ops, op -> List.of(Argument.FROM.value(), Argument.TO.value()));
            if (losses) {
                body.leave(LOSSES);
            }
        } else {
            List<Op> shared = ops.stream().filter(this::shared).toList();
            List<Op> small = ops.stream().filter(op -> !shared(op)).toList();
            entries.body(body, parts, name, inside, shared, this::share);
            Expression last = Expression.difference(PARTS, Expression.number(1));
            entries.body(
                    body.when(Expression.compare(PART, Sign.EQUAL, last)),
                    parts,
                    name + "Small",
                    inside,
                    small,
                    op -> List.of(Expression.number(0), entries.inputs(op)));
        }
        List<Method> methods = new ArrayList<>();
        methods.add(task(name, arguments, range, losses));
        methods.add(emission.method(name, arguments)
                .parameters(range)
                .returns(losses ? Type.DOUBLE : null)
                .code(body));
        methods.addAll(parts);
        return methods;
    }

    /** What a thread does for its part of a phase: the same on an instance with its scratch. */
    private Method task(String name, List<Argument> arguments, List<Argument> range, boolean losses) {
        Body body = new Body();
        if (range.contains(Argument.FROM)) {
            Expression multiple = emission.unitMajor() ? Names.LANES : Expression.number(MULTIPLE);
            Expression count = Expression.call(ofCall(Argument.BATCH), Argument.COUNT.toString());
            body.integer(Argument.FROM.toString(), Expression.call(WORKERS, "split", count, PART, PARTS, multiple));
            Expression next = Expression.sum(PART, 1);
            body.integer(Argument.TO.toString(), Expression.call(WORKERS, "split", count, next, PARTS, multiple));
        }
        List<Expression> values = new ArrayList<>();
        arguments.forEach(argument -> values.add(ofCall(argument)));
        range.forEach(argument -> values.add(argument.value()));
        Expression instance = Expression.element(Expression.name("scratch"), PART);
        Call call = Expression.call(instance, name, values.toArray(Expression[]::new));
        if (losses) {
            body.assign(lossesOfPart(), call);
        } else {
            body.run(call);
        }
        return emission.method(name, List.of(Argument.PART, Argument.PARTS)).code(body);
    }

    private boolean shared(Op op) {
        return kernels.of(op).arguments().contains(Argument.FROM);
    }

    private List<Expression> share(Op op) {
        return List.of(split(op, PART), split(op, Expression.sum(PART, 1)));
    }

    /** Inputs are shared out in whole vectors of every length. */
    private Expression split(Op op, Expression part) {
        return Expression.call(
                WORKERS, "split", entries.inputs(op), part, PARTS, Expression.number(Machine.LANES_MULTIPLE));
    }

    /**
     * What the class has for its threads.
     *
     * @param programs all that go in phases
     */
    void addTo(TypeSpec.Builder type, String className, List<Program> programs) {
        ClassName call = ClassName.get("", "Call");
        TypeSpec.Builder fields = TypeSpec.classBuilder("Call")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The arguments of the running call, for all threads, and the sums of their losses.\n");
        Printer printer = emission.words().printer();
        programs.stream()
                .flatMap(program -> EntryEmitter.arguments(program.entry()).stream())
                .distinct()
                .forEach(argument -> fields.addField(printer.type(argument.type()), argument.toString()));
        fields.addField(FieldSpec.builder(double[].class, LOSSES.text(), Modifier.FINAL)
                .initializer("new double[$L * THREADS]", LINE)
                .build());
        type.addField(Members.constant(
                TypeName.INT, "THREADS", CodeBlock.of("$L", emission.network().threads())));
        type.addField(FieldSpec.builder(WORKERS, "workers", Modifier.PRIVATE, Modifier.FINAL)
                .build());
        type.addField(FieldSpec.builder(
                        ArrayTypeName.of(ClassName.get("", className)), "scratch", Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("An instance for each thread, with scratch of its own over the same workspace.\n")
                .build());
        type.addField(FieldSpec.builder(call, CALL.text(), Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new $T()", call)
                .build());
        for (Program program : programs) {
            samplesPhases(program).stream()
                    .filter(phase -> !phase.together())
                    .forEach(phase -> type.addField(task(phase.name())));
            if (program.ops().stream().anyMatch(PhaseEmitter::late)) {
                type.addField(task(inputsPhase(program.entry())));
            }
        }
        type.addType(fields.build());
        type.addMethod(Members.override("threads", TypeName.INT)
                .addStatement("return THREADS")
                .build());
        type.addMethod(Members.override("close", TypeName.VOID)
                .addStatement("workers.close()")
                .build());
    }

    private static FieldSpec task(String phase) {
        return FieldSpec.builder(WORKERS.nestedClass("Task"), phase + "Task", Modifier.PRIVATE, Modifier.FINAL)
                .initializer("this::$L", phase)
                .build();
    }
}
