package io.github.layerc.generation;

import io.github.layerc.compiler.Compilation;
import io.github.layerc.compiler.CompileException;
import io.github.layerc.compiler.Options;
import io.github.layerc.compiler.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * From the specs of a module to its sources and the reports on each: read all specs, compile all, then write or compare. Where one spec has an
 * error, all errors of all specs are collected and nothing is written. A report that is missing or was edited makes the sources be generated
 * again, as a source does; it is written in every mode, since reports are not committed.
 */
public final class Generation {
    private final Path shownFrom;
    private final Path sourceDirectory;
    private final GeneratedTree tree;
    private final GeneratedTree reportTree;
    private final Set<Report> reports;
    private final Mode mode;
    private final Options options;
    private final boolean tuned;

    /** What to do with the sources. */
    public enum Mode {
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
     * @param problems with the specs, or with what stands in the place of a file; then nothing was written
     * @param objections one line for each committed file that is not as it should be
     * @param notices one line for each file that is not used, and why
     * @param files the specs
     * @param upToDate whether there was nothing to do
     * @param changes what was done to the sources; reports do not count
     */
    public record Result(
            List<Problem> problems,
            List<String> objections,
            List<String> notices,
            List<Path> files,
            boolean upToDate,
            GeneratedTree.Changes changes) {}

    /**
     * @param shownFrom directory that messages name files from
     * @param tree of the sources
     * @param reportTree the folder of reports, one below it for each network, which holds other things, too
     * @param reports that are written on each network
     * @param tuned whether measured schedules that lie beside the specs are used
     */
    public Generation(
            Path shownFrom,
            Path sourceDirectory,
            GeneratedTree tree,
            GeneratedTree reportTree,
            Set<Report> reports,
            Mode mode,
            Options options,
            boolean tuned) {
        this.shownFrom = shownFrom;
        this.sourceDirectory = sourceDirectory;
        this.tree = tree;
        this.reportTree = reportTree;
        this.reports = Set.copyOf(reports);
        this.mode = mode;
        this.options = options;
        this.tuned = tuned;
    }

    public Result run() throws IOException {
        SpecFolder folder = SpecFolder.read(sourceDirectory, shownFrom);
        List<Problem> problems = new ArrayList<>(folder.problems());
        List<TunedSpec> specs = new ArrayList<>();
        for (NamedSpec spec : folder.specs()) {
            TunedSpec read = TunedSpec.read(spec, tuned);
            problems.addAll(read.problems());
            specs.add(read);
        }
        requireFolder(folder, problems);
        List<String> notices = new ArrayList<>(folder.notices());
        specs.forEach(spec -> notices.addAll(spec.notices()));
        notices.addAll(tree.notices(shownFrom));
        notices.addAll(reportTree.notices(shownFrom));
        String inputs = inputs(specs);
        if (problems.isEmpty() && tree.isUpToDate(inputs) && reportTree.isUpToDate(inputs)) {
            List<String> strangers = mode == Mode.WRITE ? List.of() : tree.strangers();
            return new Result(
                    List.of(), strangers, notices, folder.files(), strangers.isEmpty(), GeneratedTree.NO_CHANGES);
        }
        List<GeneratedFile> files = new ArrayList<>();
        List<GeneratedFile> texts = new ArrayList<>();
        if (problems.isEmpty()) {
            compile(folder, specs, files, texts, problems);
        }
        requireFree(tree, files, problems);
        requireFree(reportTree, texts, problems);
        List<String> objections = List.of();
        GeneratedTree.Changes changes = GeneratedTree.NO_CHANGES;
        if (problems.isEmpty()) {
            reportTree.write(inputs, texts);
            switch (mode) {
                case WRITE -> changes = tree.write(inputs, files);
                case CHECK -> objections = tree.check(inputs, files);
                case REFRESH -> {
                    changes = tree.refresh(inputs, files);
                    objections = tree.strangers();
                }
            }
        }
        return new Result(problems, objections, notices, folder.files(), false, changes);
    }

    /** A folder that is gone may be a link, a checkout or a setting gone wrong; one that is there and empty is meant. */
    private void requireFolder(SpecFolder folder, List<Problem> problems) throws IOException {
        if (!folder.exists() && !(mode == Mode.WRITE ? tree.generated() : tree.committed()).isEmpty()) {
            problems.add(
                    problem(
                            sourceDirectory,
                            "no such folder, from which sources were generated before: expected a folder, an empty one if they are to go"));
        }
    }

    private void requireFree(GeneratedTree place, List<GeneratedFile> files, List<Problem> problems) {
        place.obstacles(files).forEach(each -> problems.add(problem(each.path(), each.message())));
    }

    private Problem problem(Path path, String message) {
        return new Problem(path, SpecFiles.place(path, shownFrom), 0, 0, message);
    }

    private void compile(
            SpecFolder folder,
            List<TunedSpec> specs,
            List<GeneratedFile> files,
            List<GeneratedFile> texts,
            List<Problem> problems) {
        for (TunedSpec each : specs) {
            NamedSpec spec = each.spec();
            try {
                Compilation compilation = each.compile(options);
                for (SourceFile file : compilation.files()) {
                    files.add(new GeneratedFile(file.path(), file.text(), spec.place()));
                }
                for (Report report : reports) {
                    String path = folder.outputName(spec) + "/" + report.fileName();
                    texts.add(new GeneratedFile(path, report.text(compilation), spec.place()));
                }
            } catch (CompileException e) {
                problems.add(new Problem(
                        spec.file(),
                        spec.place(),
                        spec.spec().line(),
                        spec.spec().column(),
                        e.getMessage()));
            }
        }
    }

    /** Everything that the sources depend on. */
    private String inputs(List<TunedSpec> specs) throws IOException {
        Sha256 hash = new Sha256().add(BuildStamp.current()).add(options.toString());
        new TreeSet<>(reports).forEach(report -> hash.add(report.fileName()));
        for (TunedSpec each : specs) {
            hash.add(each.spec().spec().fileName()).add(each.spec().spec().text());
            hash.add(each.text());
        }
        return hash.hex();
    }
}
