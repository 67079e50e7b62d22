package io.github.layerc.maven;

import io.github.layerc.compiler.CompileException;
import io.github.layerc.compiler.Options;
import io.github.layerc.compiler.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From the specs of a module to its sources: read all specs, compile all, then write or compare. Where one spec has an error, all errors of
 * all specs are collected and nothing is written.
 */
final class Generation {
    private final Path shownFrom;
    private final Path sourceDirectory;
    private final GeneratedTree tree;
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
     */
    record Result(
            List<Problem> problems,
            List<String> objections,
            List<Path> files,
            boolean upToDate,
            GeneratedTree.Changes changes) {}

    /** @param shownFrom directory that messages name files from */
    Generation(Path shownFrom, Path sourceDirectory, GeneratedTree tree, Mode mode, Options options) {
        this.shownFrom = shownFrom;
        this.sourceDirectory = sourceDirectory;
        this.tree = tree;
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
        if (tree.isUpToDate(inputs)) {
            List<String> strangers = mode == Mode.WRITE ? List.of() : tree.strangers();
            return new Result(List.of(), strangers, specs, strangers.isEmpty(), GeneratedTree.NO_CHANGES);
        }
        List<GeneratedFile> files = compile(folder.specs(), problems);
        if (!problems.isEmpty()) {
            return new Result(problems, List.of(), specs, false, GeneratedTree.NO_CHANGES);
        }
        return switch (mode) {
            case WRITE -> new Result(List.of(), List.of(), specs, false, tree.write(inputs, files));
            case CHECK -> new Result(List.of(), tree.check(inputs, files), specs, false, GeneratedTree.NO_CHANGES);
            case REFRESH -> {
                GeneratedTree.Changes changes = tree.refresh(inputs, files);
                yield new Result(List.of(), tree.strangers(), specs, false, changes);
            }
        };
    }

    private List<GeneratedFile> compile(List<NamedSpec> specs, List<Problem> problems) {
        List<GeneratedFile> files = new ArrayList<>();
        for (NamedSpec spec : specs) {
            try {
                for (SourceFile file : spec.compile(options).files()) {
                    files.add(new GeneratedFile(file.path(), file.text(), spec.place()));
                }
            } catch (CompileException e) {
                problems.add(new Problem(spec.file(), spec.place(), 0, 0, e.getMessage()));
            }
        }
        return files;
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
