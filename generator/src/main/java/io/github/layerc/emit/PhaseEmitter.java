package io.github.layerc.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Members;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Program;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Op;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Entry points of a class that uses several threads. A program goes in two phases: what is done for each sample, shared out by samples; then the
 * gradients, which sum over all samples, shared out by inputs. Every thread has an instance of the class with scratch of its own over the same
 * parameters and workspace. Small gradients are all the last thread's.
 *
 * <pre>
 * step:  call = arguments;  run stepSamples, in parts;  run stepInputs, in parts;  the sum of the parts' losses
 * </pre>
 */
final class PhaseEmitter {
    static final ClassName WORKERS = ClassName.get("io.github.layerc.engine", "Workers");

    /** Tiles of samples have at most so many rows, and a cache line so many numbers. */
    private static final int MULTIPLE = 16;

    /** Inputs are shared out in whole vectors of every length. */
    private static final int INPUTS_MULTIPLE = 64;

    /** Doubles in a cache line, so that threads do not write to the same one. */
    private static final int LINE = 8;

    private final Emission emission;
    private final Kernels kernels;
    private final EntryEmitter entries;
    private final String className;
    private final Set<Argument> passed = new LinkedHashSet<>();
    private final List<FieldSpec> tasks = new ArrayList<>();

    PhaseEmitter(Emission emission, Kernels kernels, EntryEmitter entries, String className) {
        this.emission = emission;
        this.kernels = kernels;
        this.entries = entries;
        this.className = className;
    }

    List<MethodSpec> emit(Program program) {
        Entry entry = program.entry();
        List<Argument> arguments = EntryEmitter.arguments(entry);
        passed.addAll(arguments);
        List<Op> samples = program.ops().stream().filter(op -> !late(op)).toList();
        List<Op> inputs = program.ops().stream().filter(PhaseEmitter::late).toList();
        requireLate(program);
        boolean losses = samples.stream().anyMatch(op -> op.phase() == Op.Phase.LOSSES);

        List<MethodSpec> methods = new ArrayList<>();
        Lines lines = new Lines();
        for (Argument argument : arguments) {
            lines.line("call." + argument + " = " + argument);
        }
        String first = entry.method() + "Samples";
        lines.line("int parts = workers.parts(count * " + flops(samples) + "L)", "FLOPs of a sample");
        lines.line("workers.run(" + first + "Task, parts)");
        methods.addAll(phase(program, first, samples, losses));
        if (!inputs.isEmpty()) {
            String second = entry.method() + "Inputs";
            lines.line("workers.run(" + second + "Task, workers.parts(count * " + flops(inputs) + "L))");
            methods.addAll(phase(program, second, inputs, false));
        }
        if (losses) {
            lines.line("double losses = 0");
            lines.begin("for (int part = 0; part < parts; part++)");
            lines.line("losses += call.losses[part * " + LINE + "]").end();
            lines.line("return losses");
        }
        methods.add(0, entries.method(program, lines));
        return methods;
    }

    /** Gradients and updates: behind everything that is done for each sample. */
    private static boolean late(Op op) {
        return op.span() != Op.Span.SAMPLES;
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

    private List<MethodSpec> phase(Program program, String name, List<Op> ops, boolean losses) {
        boolean samples = !late(ops.get(0));
        List<Argument> arguments = EntryEmitter.arguments(program.entry());
        tasks.add(FieldSpec.builder(WORKERS.nestedClass("Task"), name + "Task", Modifier.PRIVATE, Modifier.FINAL)
                .initializer("this::$L", name)
                .build());

        String range = samples ? "from, to" : "part, parts";
        List<String> values =
                arguments.stream().map(argument -> "call." + argument).toList();
        String call = "scratch[part]." + name + "(" + String.join(", ", values) + ", " + range + ")";
        CodeBlock.Builder glue = CodeBlock.builder();
        if (samples) {
            String multiple = emission.unitMajor() ? "LANES" : String.valueOf(MULTIPLE);
            glue.addStatement("int from = $T.split(call.count, part, parts, $L)", WORKERS, multiple);
            glue.addStatement("int to = $T.split(call.count, part + 1, parts, $L)", WORKERS, multiple);
        }
        glue.addStatement("$L$L", losses ? "call.losses[part * " + LINE + "] = " : "", call);

        Lines lines = new Lines();
        List<Argument> inside = new ArrayList<>(arguments);
        if (entries.scaled(program)) {
            entries.scale(lines);
            inside.add(Argument.INPUT_SCALE);
        }
        List<MethodSpec> parts = new ArrayList<>();
        if (samples) {
            inside.addAll(List.of(Argument.FROM, Argument.TO));
            entries.body(
                    lines, parts, name, inside, ops, op -> List.of(Argument.FROM.toString(), Argument.TO.toString()));
            if (losses) {
                lines.line("return losses");
            }
        } else {
            inside.addAll(List.of(Argument.PART, Argument.PARTS));
            List<Op> shared = ops.stream().filter(this::shared).toList();
            List<Op> small = ops.stream().filter(op -> !shared(op)).toList();
            entries.body(lines, parts, name, inside, shared, this::share);
            lines.begin("if (part == parts - 1)");
            entries.body(lines, parts, name + "Small", inside, small, op -> List.of("0", entries.inputs(op)));
            lines.end();
        }
        List<MethodSpec> methods = new ArrayList<>();
        methods.add(MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .addParameter(TypeName.INT, "part")
                .addParameter(TypeName.INT, "parts")
                .addCode(glue.build())
                .build());
        methods.add(emission.method(name, arguments)
                .addParameter(TypeName.INT, samples ? "from" : "part")
                .addParameter(TypeName.INT, samples ? "to" : "parts")
                .returns(losses ? TypeName.DOUBLE : TypeName.VOID)
                .addCode(lines.build())
                .build());
        methods.addAll(parts);
        return methods;
    }

    private boolean shared(Op op) {
        return kernels.of(op).arguments().contains(Argument.FROM);
    }

    private List<String> share(Op op) {
        String start = "Workers.split(" + entries.inputs(op) + ", part";
        return List.of(start + ", parts, " + INPUTS_MULTIPLE + ")", start + " + 1, parts, " + INPUTS_MULTIPLE + ")");
    }

    /** What the class has for its threads. */
    void addTo(TypeSpec.Builder type, int threads) {
        ClassName call = ClassName.get("", "Call");
        TypeSpec.Builder fields = TypeSpec.classBuilder("Call")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The arguments of the running call, for all threads, and the sums of their losses.\n");
        for (Argument argument : passed) {
            fields.addField(argument.parameter(emission.network().precision()).type(), argument.toString());
        }
        fields.addField(FieldSpec.builder(double[].class, "losses", Modifier.FINAL)
                .initializer("new double[$L * THREADS]", LINE)
                .build());
        type.addField(Members.constant(TypeName.INT, "THREADS", CodeBlock.of("$L", threads)));
        type.addField(FieldSpec.builder(WORKERS, "workers", Modifier.PRIVATE, Modifier.FINAL)
                .build());
        type.addField(FieldSpec.builder(
                        ArrayTypeName.of(ClassName.get("", className)), "scratch", Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("An instance for each thread, with scratch of its own over the same workspace.\n")
                .build());
        type.addField(FieldSpec.builder(call, "call", Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new $T()", call)
                .build());
        tasks.forEach(type::addField);
        type.addType(fields.build());
        type.addMethod(Members.override("threads", TypeName.INT)
                .addStatement("return THREADS")
                .build());
        type.addMethod(Members.override("close", TypeName.VOID)
                .addStatement("workers.close()")
                .build());
    }
}
