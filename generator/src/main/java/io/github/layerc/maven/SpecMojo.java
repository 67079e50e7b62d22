package io.github.layerc.maven;

import io.github.layerc.generation.NamedSpec;
import io.github.layerc.generation.Problem;
import io.github.layerc.generation.SpecFolder;
import io.github.layerc.generation.TunedSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.build.BuildContext;

/** What the goals that read the specs of a module have in common. */
abstract class SpecMojo extends GoalMojo {
    private final BuildContext buildContext;

    /** Folder of the specs, files that end in {@code .yaml} or {@code .yml}. */
    @Parameter(property = "layerc.sourceDirectory", defaultValue = "${project.basedir}/src/main/networks")
    private File sourceDirectory;

    @Parameter(defaultValue = "${project.build.directory}", readonly = true, required = true)
    private File buildDirectory;

    SpecMojo(BuildContext buildContext) {
        this.buildContext = buildContext;
    }

    final BuildContext buildContext() {
        return buildContext;
    }

    final Path sourceDirectory() {
        return sourceDirectory.toPath();
    }

    final Path buildDirectory() {
        return buildDirectory.toPath();
    }

    /** Where the results of a network lie. */
    final Path outputFolder(String outputName) {
        return buildDirectory().resolve("layerc").resolve(outputName);
    }

    /** All specs, none of them with an error. */
    final SpecFolder specs() throws IOException, MojoFailureException {
        SpecFolder folder = SpecFolder.read(sourceDirectory(), startDirectory());
        folder.notices().forEach(getLog()::warn);
        requireNone(folder.files(), folder.problems());
        return folder;
    }

    /** The spec with the schedules that were measured for it. */
    final TunedSpec tuned(NamedSpec spec, boolean useTuned) throws IOException, MojoFailureException {
        TunedSpec measured = TunedSpec.read(spec, useTuned);
        requireNone(List.of(spec.file()), measured.problems());
        measured.notices().forEach(getLog()::warn);
        return measured;
    }

    /**
     * Reports problems with specs, and fails if there are any.
     *
     * @param specs files whose problems of the last build are over
     */
    final void requireNone(List<Path> specs, List<Problem> problems) throws MojoFailureException {
        new ProblemLog(getLog(), buildContext).requireNone(specs, problems);
    }
}
