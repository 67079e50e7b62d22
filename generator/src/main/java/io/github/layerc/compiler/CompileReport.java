package io.github.layerc.compiler;

import io.github.layerc.emit.KernelSummary;
import io.github.layerc.emit.NetworkTable;
import io.github.layerc.pass.Passes;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Program;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a network, as text for a person: its layers and passes; every kernel of every target with its formula, shape, work, schedule and
 * bytecode; and how far all that is from the limits of the JVM. The same compilation gives the same text: no times, no dates, no places.
 */
public final class CompileReport {
    /** The class file format counts constants with two bytes. */
    static final int MOST_CONSTANTS = 65_535;

    private static final String LEGEND = """
            m, n, k       the result has shape [m][n], each element is a sum of k terms; samples: as many as a call brings
            FLOP/sample   multiply-adds of products, counted as two; element-wise work is not counted
            largest, all  bytes of bytecode: of the largest method of a kernel or an entry point, of all its methods
            """;

    private final Compilation compilation;

    public CompileReport(Compilation compilation) {
        this.compilation = compilation;
    }

    /** The report; lines end in {@code \n}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "network %s, compiled from %s for machine %s\n\n",
                compilation.network().className(),
                compilation.source(),
                compilation.machine().name()));
        Passes.Result step = Passes.of(Entry.STEP, compilation.programs());
        text.append(new NetworkTable(compilation.network(), step.applied()).lines());
        text.append('\n').append(LEGEND);
        for (CompiledClass type : compilation.classes()) {
            if (!type.kernels().isEmpty()) {
                text.append('\n').append(kernels(type));
            }
        }
        return text.append('\n').append(classes()).toString();
    }

    private String kernels(CompiledClass type) {
        TextTable table = new TextTable("llrrrrrr");
        table.row(type.name(), "formula", "m", "n", "k", "FLOP/sample", "largest", "all");
        for (KernelSummary kernel : type.kernels()) {
            List<Integer> bytes =
                    kernel.methods().stream().map(method -> bytes(type, method)).toList();
            table.row(
                    kernel.method(),
                    kernel.formula(),
                    kernel.m(),
                    kernel.n(),
                    kernel.k(),
                    kernel.flopsPerSample() == 0 ? "" : number(kernel.flopsPerSample()),
                    number(largest(bytes)),
                    number(sum(bytes)));
            if (!kernel.schedule().isEmpty()) {
                table.note(1, kernel.schedule());
            }
        }
        table.blank();
        for (Passes.Result result : compilation.programs()) {
            Program program = result.program();
            // bound steps are for samples in the lanes only, the Gram form is for many inputs
            boolean optional =
                    program.entry() == Entry.BOUND_STEP || program.entry().gram();
            if (!optional || type.methodBytes().containsKey(program.entry().method())) {
                entry(table, type, program);
            }
        }
        return table.text();
    }

    /** An entry point that was split has parts that begin with its name. */
    private static void entry(TextTable table, CompiledClass type, Program program) {
        String name = program.entry().method();
        Collection<Integer> bytes = type.methodBytes().entrySet().stream()
                .filter(method -> method.getKey().matches(name + "(Block|Part.*)?"))
                .map(Map.Entry::getValue)
                .toList();
        table.row(
                name,
                program.ops().size() + " operations",
                "",
                "",
                "",
                number(program.costs().flopsPerSample()),
                number(largest(bytes)),
                number(sum(bytes)));
    }

    /** The budgets of methods and classes. */
    private String classes() {
        TextTable table = new TextTable("lrrlrrrrr");
        table.row(
                "class",
                "characters",
                "methods",
                "largest method",
                "bytes",
                "of " + number(Compiler.METHOD_BUDGET),
                "all bytes",
                "constants",
                "of " + number(MOST_CONSTANTS));
        for (CompiledClass type : compilation.classes()) {
            Optional<Map.Entry<String, Integer>> largest = type.largestMethod();
            table.row(
                    type.name(),
                    characters(type),
                    number(type.methodBytes().size()),
                    largest.map(Map.Entry::getKey).orElse(""),
                    largest.map(method -> number(method.getValue())).orElse(""),
                    largest.map(method -> share(method.getValue(), Compiler.METHOD_BUDGET))
                            .orElse(""),
                    number(type.bytes()),
                    number(type.constants()),
                    share(type.constants(), MOST_CONSTANTS));
        }
        List<CompiledClass> classes = compilation.classes();
        table.row(
                "all",
                number(compilation.files().stream()
                        .mapToInt(file -> file.text().length())
                        .sum()),
                number(classes.stream()
                        .mapToInt(type -> type.methodBytes().size())
                        .sum()),
                "",
                "",
                "",
                number(classes.stream().mapToInt(CompiledClass::bytes).sum()),
                "",
                "");
        return table.text();
    }

    /** Of the source; a nested class stands in that of another. */
    private String characters(CompiledClass type) {
        return compilation.files().stream()
                .filter(file -> file.path().endsWith("/" + type.name() + ".java")
                        || file.path().equals(type.name() + ".java"))
                .map(file -> number(file.text().length()))
                .findFirst()
                .orElse("");
    }

    private static int bytes(CompiledClass type, String method) {
        Integer bytes = type.methodBytes().get(method);
        if (bytes == null) {
            throw new AssertionError("no method " + type.name() + "." + method);
        }
        return bytes;
    }

    private static int largest(Collection<Integer> bytes) {
        return bytes.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static int sum(Collection<Integer> bytes) {
        return bytes.stream().mapToInt(Integer::intValue).sum();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String share(int value, int limit) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * value / limit);
    }
}
