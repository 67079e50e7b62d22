package io.github.layerc.maven;

import io.github.layerc.compiler.Options;
import io.github.layerc.generation.GeneratedTree;
import io.github.layerc.generation.Generation;
import io.github.layerc.generation.Report;
import io.github.layerc.schedule.Machine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.build.BuildContext;

/**
 * Compiles the specs of a module to Java sources, three classes for each network, and adds them to the sources of the module. A report on each
 * network, with its kernels, their sizes and what the passes saved, goes to {@code target/layerc/<network>/compile.txt}. Does nothing where
 * neither specs nor generator have changed since the last build.
 *
 * <p>The class {@code ...Vector} of a network needs {@code <arg>--add-modules</arg><arg>jdk.incubator.vector</arg>} among the arguments of
 * the module's compiler.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class GenerateMojo extends SpecMojo {
    /** Compiling the classes first is for a reactor that builds this plugin, too. */
    private static final String REFRESH_COMMAND = "mvn compile -Dlayerc.refresh";

    /** Folder of the generated sources. It belongs to the generator: nothing else should be in it. */
    @Parameter(
            property = "layerc.outputDirectory",
            defaultValue = "${project.build.directory}/generated-sources/layerc")
    private File outputDirectory;

    /**
     * The sources in {@code outputDirectory} are committed: they are compared with what the specs generate, not written, and the build fails
     * where they differ. {@code -Dlayerc.refresh} writes them.
     */
    @Parameter(defaultValue = "false")
    private boolean committed;

    /** {@code true} writes committed sources instead of comparing them. */
    @Parameter(property = "layerc.refresh", defaultValue = "false")
    private String refresh;

    /**
     * The machine that schedules are made for: {@code generic}, {@code avx2}, {@code avx512}, {@code neon}, or {@code host} for the one that
     * Maven runs on. The code is correct on every other.
     */
    @Parameter(property = "layerc.machine", defaultValue = "generic")
    private String machine;

    /** {@code false} leaves out the schedules that lie beside the specs, where {@code layerc:tune} has measured them. */
    @Parameter(property = "layerc.tuned", defaultValue = "true")
    private String tuned;

    /**
     * {@code passes} leaves {@code target/layerc/<network>/passes.txt}: the program of every entry point as lowered, and after each
     * pass. By default there is no such file.
     */
    @Parameter(property = "layerc.dump")
    private String dump;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Inject
    public GenerateMojo(BuildContext buildContext) {
        super(buildContext);
    }

    @Override
    String goal() {
        return "generate";
    }

    /** The sources that are there are compiled also where nothing is generated. */
    @Override
    void always() {
        project().addCompileSourceRoot(outputDirectory.getAbsolutePath());
    }

    @Override
    void run() throws IOException, MojoFailureException {
        Generation.Result result = generation().run();
        result.notices().forEach(getLog()::warn);
        requireNone(result.files(), result.problems());
        if (!result.objections().isEmpty()) {
            refuse(result.objections());
        }
        result.changes().written().forEach(this::announce);
        result.changes().deleted().forEach(this::announce);
        report(result);
    }

    private Generation generation() {
        Machine named = Machine.of(machine);
        if (named.name().equals(Machine.HOST)) {
            getLog().info("machine " + named.name() + ": " + named.numbers());
        }
        Generation.Mode mode =
                !committed ? Generation.Mode.WRITE : refreshes() ? Generation.Mode.REFRESH : Generation.Mode.CHECK;
        Path build = buildDirectory();
        Path status = build.resolve("maven-status/layerc-maven-plugin/generate");
        String id = execution.getExecutionId();
        return new Generation(
                startDirectory(),
                sourceDirectory(),
                new GeneratedTree(outputDirectory.toPath(), status.resolve(id + ".digest")),
                new GeneratedTree(build.resolve("layerc"), status.resolve(id + ".reports.digest")),
                reports(),
                mode,
                Options.DEFAULT.withMachine(named),
                new Property("layerc.tuned", tuned).flag());
    }

    private boolean refreshes() {
        return new Property("layerc.refresh", refresh).flag();
    }

    private Set<Report> reports() {
        Property wanted = new Property("layerc.dump", dump);
        return wanted.isSet()
                ? EnumSet.of(Report.COMPILATION, wanted.oneOf(new Report[] {Report.PASSES}, Report::keyword))
                : EnumSet.of(Report.COMPILATION);
    }

    private void refuse(List<String> objections) throws MojoFailureException {
        Path folder = outputDirectory.toPath();
        for (String objection : objections) {
            getLog().error(shown(folder.resolve(objection)).toString());
        }
        throw new MojoFailureException(
                refreshes()
                        ? "files that layerc did not generate: delete them or move them out of " + outputDirectory
                        : "committed sources are not what the specs generate: refresh them with " + REFRESH_COMMAND
                                + " and commit them");
    }

    private void report(Generation.Result result) {
        if (result.files().isEmpty()) {
            getLog().info("no specs in " + sourceDirectory());
        } else if (result.upToDate()) {
            getLog().info(counted(result.files().size(), "network") + ": up to date");
        } else {
            getLog().info(counted(result.files().size(), "network") + ": "
                    + (committed && !refreshes()
                            ? "committed sources agree"
                            : counted(result.changes().written().size(), "file") + " written, "
                                    + result.changes().deleted().size() + " deleted"));
        }
    }

    private void announce(Path file) {
        buildContext().refresh(file.toFile());
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
