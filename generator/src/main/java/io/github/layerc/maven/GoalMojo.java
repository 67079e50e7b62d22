package io.github.layerc.maven;

import io.github.layerc.compiler.CompileException;
import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * What every goal does first and last: it can be skipped, it refuses properties that no goal has, and it says in one line what is wrong with its input. A superclass,
 * since Maven sets the fields of goals only.
 */
abstract class GoalMojo extends AbstractMojo {
    /** Maven's logger looks it up when the library asks for a logger, so it has to be set before. */
    private static final String HDF_LOG = "org.slf4j.simpleLogger.log.io.jhdf";

    /** {@code true}: the goal does nothing. */
    @Parameter(property = "layerc.skip", defaultValue = "false")
    private String skip;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    /** Name of the goal. */
    abstract String goal();

    /** Does what is to be done also where the goal is skipped. */
    void always() {}

    /**
     * Does what the goal is for.
     *
     * @throws IllegalArgumentException if a property has a value that it cannot have
     * @throws CompileException if a spec cannot be compiled
     * @throws DataException if a file is not what it should be
     */
    abstract void run() throws IOException, MojoExecutionException, MojoFailureException;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        turnOffHdfLog();
        always();
        try {
            if (new Property("layerc.skip", skip).flag()) {
                getLog().info("layerc.skip: no " + goal());
                return;
            }
            GoalProperties.check(session.getUserProperties(), project.getProperties(), GoalProperties.of(plugin))
                    .forEach(getLog()::warn);
            run();
        } catch (IllegalArgumentException | CompileException | DataException | DataErrors e) {
            throw new MojoFailureException(e.getMessage(), e);
        } catch (IOException e) {
            throw new MojoExecutionException("cannot " + goal() + ": " + e, e);
        }
    }

    /** What the HDF5 library tells of its work is of use to nobody who runs a goal; unless somebody has asked for it. */
    private static void turnOffHdfLog() {
        if (System.getProperty(HDF_LOG) == null) {
            System.setProperty(HDF_LOG, "off");
        }
    }

    final MavenProject project() {
        return project;
    }

    /** The directory in which Maven was started, from which users name files. */
    final Path startDirectory() {
        return Path.of(session.getExecutionRootDirectory());
    }

    /** A file or folder that a user named. */
    final Path resolved(String path) {
        return startDirectory().resolve(path).normalize();
    }

    /** A path as users name it: from the directory in which Maven was started, where it lies below that. */
    final Path shown(Path path) {
        return path.startsWith(startDirectory()) ? startDirectory().relativize(path) : path;
    }
}
