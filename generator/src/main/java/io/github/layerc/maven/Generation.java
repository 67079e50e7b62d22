package io.github.layerc.maven;

import io.github.layerc.compiler.Compilation;
import io.github.layerc.compiler.CompileException;
import io.github.layerc.compiler.CompileReport;
import io.github.layerc.compiler.Options;
import io.github.layerc.compiler.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From the specs of a module to its sources and a report on each: read all specs, compile all, then write or compare. Where one spec has an
 * error, all errors of all specs are collected and nothing is written. A report that is missing or was edited makes the sources be generated
 * again, as a source does; it is written in every mode, since reports are not committed.
 */
final class Generation {
    private static final String REPORT = "compile.txt";

    private final Path shownFrom;
    private final Path sourceDirectory;
    private final GeneratedTree tree;
    private final GeneratedTree reports;
    private final Mode mode;
    private final Options options;

    /** What to do with the sources. */
    enum Mode {
        /** Write them to the build directory. */
        WRITE,
        /** Compare them with the committed ones. */
        CHECK,
        /** Write them over the committed ones. */
        REFRESH
    }

    /**
     * How a run ended.
     *
     * @param problems with the specs; then nothing was written
     * @param objections one line for each committed file that is not as it should be
     * @param files the specs
     * @param upToDate whether there was nothing to do
     * @param changes what was done to the sources; reports do not count
     */
    record Result(
            List<Problem> problems,
            List<String> objections,
            List<Path> files,
            boolean upToDate,
            GeneratedTree.Changes changes) {}

    /**
     * @param shownFrom directory that messages name files from
     * @param tree of the sources
     * @param reports the folder with one for each network, which holds other things, too
     */
    Generation(
            Path shownFrom,
            Path sourceDirectory,
            GeneratedTree tree,
            GeneratedTree reports,
            Mode mode,
            Options options) {
        this.shownFrom = shownFrom;
        this.sourceDirectory = sourceDirectory;
        this.tree = tree;
        this.reports = reports;
        this.mode = mode;
        this.options = options;
    }

    Result run() throws IOException {
        SpecFolder folder = SpecFolder.read(sourceDirectory, shownFrom);
        List<Problem> problems = new ArrayList<>(folder.problems());
        List<Path> specs = folder.files();
        if (!problems.isEmpty()) {
            return new Result(problems, List.of(), specs, false, GeneratedTree.NO_CHANGES);
        }
        String inputs = inputs(folder.specs());
        if (tree.isUpToDate(inputs) && reports.isUpToDate(inputs)) {
            List<String> strangers = mode == Mode.WRITE ? List.of() : tree.strangers();
            return new Result(List.of(), strangers, specs, strangers.isEmpty(), GeneratedTree.NO_CHANGES);
        }
        List<GeneratedFile> files = new ArrayList<>();
        List<GeneratedFile> texts = new ArrayList<>();
        compile(folder, files, texts, problems);
        if (!problems.isEmpty()) {
            return new Result(problems, List.of(), specs, false, GeneratedTree.NO_CHANGES);
        }
        reports.write(inputs, texts);
        return switch (mode) {
            case WRITE -> new Result(List.of(), List.of(), specs, false, tree.write(inputs, files));
            case CHECK -> new Result(List.of(), tree.check(inputs, files), specs, false, GeneratedTree.NO_CHANGES);
            case REFRESH -> {
                GeneratedTree.Changes changes = tree.refresh(inputs, files);
                yield new Result(List.of(), tree.strangers(), specs, false, changes);
            }
        };
    }

    private void compile(
            SpecFolder folder, List<GeneratedFile> files, List<GeneratedFile> texts, List<Problem> problems) {
        for (NamedSpec spec : folder.specs()) {
            try {
                Compilation compilation = spec.compile(options);
                for (SourceFile file : compilation.files()) {
                    files.add(new GeneratedFile(file.path(), file.text(), spec.place()));
                }
                String path = folder.outputName(spec) + "/" + REPORT;
                texts.add(new GeneratedFile(path, new CompileReport(compilation).text(), spec.place()));
            } catch (CompileException e) {
                problems.add(new Problem(spec.file(), spec.place(), 0, 0, e.getMessage()));
            }
        }
    }

    /** Everything that the sources depend on. */
    private String inputs(List<NamedSpec> specs) throws IOException {
        Sha256 hash = new Sha256().add(BuildStamp.current()).add(options.toString());
        for (NamedSpec spec : specs) {
            hash.add(spec.spec().fileName()).add(spec.spec().text());
        }
        return hash.hex();
    }
}
