package io.github.layerc.compiler;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.KernelSummary;
import io.github.layerc.emit.PublicClassEmitter;
import io.github.layerc.emit.TargetClass;
import io.github.layerc.emit.TargetClassEmitter;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.pass.Pass;
import io.github.layerc.pass.Passes;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Lowering;
import io.github.layerc.program.Program;
import io.github.layerc.program.Verifier;
import io.github.layerc.schedule.Scheduler;
import io.github.layerc.spec.Spec;
import io.github.layerc.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The compiler, stage by stage:
 *
 * <pre>
 * network -> lowering -> one program for each entry point -> passes, verified -> schedules and kernels for each target -> Java
 *         -> javac in memory -> size of every method, checked against the budget and written into its documentation
 * </pre>
 *
 * <p>The same network and options give the same bytes, on every machine.
 */
public final class Compiler {
    /** HotSpot never compiles a method above 8000 bytes of bytecode; compilers of Java differ by some. */
    public static final int METHOD_BUDGET = 7000;

    /** Each is some methods of its own: a class file holds not many more, and javac takes a second or two for so many. */
    static final int MOST_LAYERS = 1000;

    private static final Pattern SIZE = Pattern.compile("@bytes:(\\w+)@");

    private Compiler() {}

    /**
     * Compiles a spec.
     *
     * @throws CompileException if the network cannot be compiled within the budgets, or this Java has no compiler
     */
    public static Compilation compile(Spec spec, Options options) {
        return compile(spec.network(), spec.table(), spec.fileName(), options);
    }

    /**
     * Compiles a network.
     *
     * @param source name of the file that it comes from, for the first line of the generated ones
     * @throws CompileException if the network cannot be compiled within the budgets, or this Java has no compiler
     * @throws IllegalArgumentException if a measured schedule cannot be emitted for its kernel
     */
    public static Compilation compile(Network network, String source, Options options) {
        return compile(network, Optional.empty(), source, options);
    }

    private static Compilation compile(Network network, Optional<Table> table, String source, Options options) {
        requireFewLayers(network);
        Network resolved = options.applied(network);
        return measured(resolved, table, source, options, programs(resolved));
    }

    static CompileException tooWide(Network network, int columns) {
        return new CompileException("network " + network.name()
                + ": a row has more columns than a constructor of Java can have arguments: expected patterns of names such as x{0..99}, which are one array each: columns="
                + columns);
    }

    static void requireFewLayers(Network network) {
        if (network.layers().size() > MOST_LAYERS) {
            throw new CompileException("network " + network.name() + ": a network to be compiled must have at most "
                    + MOST_LAYERS + " layers: layers=" + network.layers().size());
        }
    }

    /** Compiles with other passes than the usual ones; the results are the same, rounding aside. */
    static Compilation compile(Network network, String source, List<Program> lowered, List<Pass> passes) {
        return measured(network, Optional.empty(), source, Options.DEFAULT, run(lowered, passes));
    }

    /** The sources without the sizes in their documentation: all stages before javac. */
    public static List<SourceFile> draft(Network network, String source, Options options) {
        Network resolved = options.applied(network);
        return emit(resolved, Optional.empty(), source, options, programs(resolved)).stream()
                .map(Draft::file)
                .toList();
    }

    /** The programs of all entry points, in order. */
    private static List<Passes.Result> programs(Network network) {
        return programs(network, List.of(Entry.values()));
    }

    /** The programs of some entry points. */
    static List<Passes.Result> programs(Network network, List<Entry> entries) {
        List<Program> lowered =
                entries.stream().map(entry -> Lowering.lower(network, entry)).toList();
        List<Passes.Result> programs = run(lowered, Passes.all(network, lowered));
        programs.forEach(result -> Verifier.verifyNothingUnused(result.program()));
        return programs;
    }

    private static List<Passes.Result> run(List<Program> lowered, List<Pass> passes) {
        return lowered.stream().map(program -> Passes.run(program, passes)).toList();
    }

    /** A source with marks where sizes will stand, and the kernels in it. */
    record Draft(SourceFile file, List<KernelSummary> kernels) {}

    private static List<Draft> emit(
            Network network, Optional<Table> table, String source, Options options, List<Passes.Result> programs) {
        Passes.Result step = Passes.of(Entry.STEP, programs);
        List<Draft> drafts = new ArrayList<>();
        PublicClassEmitter publicClass = new PublicClassEmitter(network, table, step.applied());
        if (publicClass.isTooWide()) {
            throw tooWide(network, table.orElseThrow().columns().size());
        }
        drafts.add(new Draft(file(network, source, publicClass.emit()), List.of()));
        for (Target target : Target.values()) {
            Scheduler scheduler = options.tuned().scheduler(target, network.precision(), options.machine());
            TargetClass emitted = new TargetClassEmitter(network, target, scheduler, programs).emit();
            drafts.add(new Draft(file(network, source, emitted.type()), emitted.summaries()));
        }
        return drafts;
    }

    private static Compilation measured(
            Network network, Optional<Table> table, String source, Options options, List<Passes.Result> programs) {
        List<Draft> drafts = emit(network, table, source, options, programs);
        Map<String, byte[]> classFiles =
                MemoryCompiler.compile(drafts.stream().map(Draft::file).toList());
        List<CompiledClass> classes = compiled(drafts, classFiles);
        checkBudget(network, classes);
        List<SourceFile> files =
                drafts.stream().map(draft -> withSizes(draft.file(), classes)).toList();
        // the sizes stand in comments: the classes are those of the final text
        return new Compilation(network, source, options.machine(), programs, files, classes, classFiles);
    }

    static SourceFile file(Network network, String source, TypeSpec type) {
        String text = JavaFile.builder(network.packageName(), type)
                // a backslash could start a Unicode escape, and with it code
                .addFileComment("Code generated by layerc from $L. Do not edit.", source.replace('\\', '/'))
                .indent("    ")
                .skipJavaLangImports(true)
                .build()
                .toString();
        text = Style.tidy(text, SIZE);
        String folder =
                network.packageName().isEmpty() ? "" : network.packageName().replace('.', '/') + "/";
        return new SourceFile(folder + type.name() + ".java", text);
    }

    static List<CompiledClass> compiled(List<Draft> drafts, Map<String, byte[]> compiled) {
        Map<String, byte[]> classFiles = new TreeMap<>(compiled);
        List<CompiledClass> classes = new ArrayList<>();
        for (Draft draft : drafts) {
            String name = draft.file().className();
            classFiles.forEach((type, bytes) -> {
                if (type.equals(name) || type.startsWith(name + "$")) {
                    List<KernelSummary> kernels = type.equals(name) ? draft.kernels() : List.of();
                    classes.add(CompiledClass.of(simpleName(type), bytes, kernels));
                }
            });
        }
        return classes;
    }

    static void checkBudget(Network network, List<CompiledClass> classes) {
        for (CompiledClass type : classes) {
            type.largestMethod()
                    .filter(method -> method.getValue() > METHOD_BUDGET)
                    .ifPresent(method -> {
                        throw new CompileException("network " + network.name() + ": methods must have at most "
                                + METHOD_BUDGET
                                + " bytes of bytecode, since HotSpot does not compile larger ones: " + type.name() + "."
                                + method.getKey() + "=" + method.getValue());
                    });
        }
    }

    static SourceFile withSizes(SourceFile draft, List<CompiledClass> classes) {
        String name = simpleName(draft.className());
        CompiledClass type = classes.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not compiled: " + name));
        Matcher matcher = SIZE.matcher(draft.text());
        String text =
                matcher.replaceAll(match -> String.valueOf(type.methodBytes().get(match.group(1))));
        return new SourceFile(draft.path(), text);
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
