package io.github.layerc.maven;

import io.github.layerc.compiler.Options;
import io.github.layerc.generation.NamedSpec;
import io.github.layerc.generation.SpecFolder;
import io.github.layerc.maven.fork.ClassFolder;
import io.github.layerc.maven.fork.CompiledNetwork;
import io.github.layerc.maven.fork.JavaFork;
import io.github.layerc.maven.fork.JvmFlags;
import io.github.layerc.network.Form;
import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Machine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.ArtifactUtils;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.build.BuildContext;

/**
 * What the goals that run one network have in common: its name, its classes, and a JVM for them.
 */
abstract class NetworkMojo extends SpecMojo {
    /** Name of the network, with or without its package; it must be given. */
    @Parameter(property = "layerc.network")
    private String network;

    /**
     * The machine that a variant is compiled for, for this run only: {@code generic}, {@code avx2}, {@code avx512}, {@code neon}, or
     * {@code host} for the one that Maven runs on. By default the class as it is compiled.
     */
    @Parameter(property = "layerc.machine")
    private String machine;

    /** {@code false} leaves out the schedules that lie beside the spec, for this run only. */
    @Parameter(property = "layerc.tuned", defaultValue = "true")
    private String tuned;

    /** {@code float} or {@code double}: runs a variant of the class in this precision. By default as the spec says. */
    @Parameter(property = "layerc.precision")
    private String precision;

    /** Runs a variant of the class for so many threads. By default as the spec says. */
    @Parameter(property = "layerc.threads")
    private String threads;

    /** {@code auto}, {@code direct} or {@code gram}: trains the first layer in this form. By default as the spec says. */
    @Parameter(property = "layerc.form")
    private String form;

    @Parameter(defaultValue = "${project.build.outputDirectory}", readonly = true, required = true)
    private File classesDirectory;

    @Parameter(defaultValue = "${plugin.artifactMap}", readonly = true, required = true)
    private Map<String, Artifact> pluginArtifacts;

    NetworkMojo(BuildContext buildContext) {
        super(buildContext);
    }

    /** Main class of the program that does the work. */
    abstract String mainClass();

    /** Whether the program runs the class of the network, and not only its spec. */
    boolean runsClass() {
        return true;
    }

    /** More flags for the JVM. */
    List<String> flags(NamedSpec spec) {
        return List.of();
    }

    /**
     * Arguments of the program besides the network and its folder, {@code key=value}.
     *
     * @throws IllegalArgumentException if a property of the goal has a value that it cannot have
     */
    abstract Map<String, String> arguments();

    @Override
    final void run() throws IOException, MojoExecutionException, MojoFailureException {
        Map<String, String> own = arguments();
        Options options = options();
        SpecFolder specs = specs();
        NamedSpec spec = specs.find(new Property("layerc.network", network).required("a network"));
        Path folder = outputFolder(specs.outputName(spec));
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("network", spec.network().className());
        arguments.put("spec", spec.file().toString());
        arguments.put("output", folder.toString());
        arguments.putAll(own);
        List<String> flags = new ArrayList<>(JvmFlags.java());
        flags.addAll(flags(spec));
        run(new JavaFork(flags, classPath(spec, options, folder), mainClass(), words(arguments)), folder, spec);
    }

    private Options options() {
        Property wanted = new Property("layerc.precision", precision);
        Options options = Options.DEFAULT.withPrecision(
                wanted.isSet() ? wanted.oneOf(Precision.values(), Precision::keyword) : null);
        Property firstLayer = new Property("layerc.form", form);
        options = firstLayer.isSet() ? options.withForm(firstLayer.oneOf(Form.values(), Form::keyword)) : options;
        options = machineNamed() ? options.withMachine(Machine.of(machine)) : options;
        Property shared = new Property("layerc.threads", threads);
        return shared.isSet() ? options.withThreads(shared.wholeNumber(1)) : options;
    }

    private boolean machineNamed() {
        return new Property("layerc.machine", machine).isSet();
    }

    final String machine() {
        return machine;
    }

    final String precision() {
        return precision;
    }

    private List<Path> classPath(NamedSpec spec, Options options, Path folder)
            throws IOException, MojoFailureException {
        List<Path> classPath = new ArrayList<>(projectClassPath());
        classPath.addAll(pluginClassPath(classPath));
        if (!runsClass()) {
            return classPath;
        }
        boolean useTuned = new Property("layerc.tuned", tuned).flag();
        boolean otherNetwork = !options.applied(spec.network()).equals(spec.network());
        if (otherNetwork || machineNamed() || !useTuned) {
            Path classes = folder.resolve("classes");
            ClassFolder.write(classes, tuned(spec, useTuned).compile(options).classFiles());
            classPath.add(0, classes);
        } else {
            CompiledNetwork.require(spec, classesDirectory.toPath(), goal());
        }
        return classPath;
    }

    private List<Path> projectClassPath() {
        try {
            return project().getRuntimeClasspathElements().stream()
                    .map(Path::of)
                    .toList();
        } catch (DependencyResolutionRequiredException e) {
            throw new AssertionError("the goal requires dependency resolution", e);
        }
    }

    /** What the programs need and the project does not have; the project's own versions win. */
    private List<Path> pluginClassPath(List<Path> projectClassPath) {
        Set<String> present = project().getArtifacts().stream()
                // in a longer build there are those of the tests, too
                .filter(artifact -> projectClassPath.contains(artifact.getFile().toPath()))
                .map(ArtifactUtils::versionlessKey)
                .collect(Collectors.toSet());
        return pluginArtifacts.entrySet().stream()
                .filter(entry -> !present.contains(entry.getKey()))
                .map(entry -> entry.getValue().getFile().toPath())
                .toList();
    }

    /** Its arguments lie in a file that has the name of the goal. */
    private void run(JavaFork fork, Path folder, NamedSpec spec) throws IOException, MojoExecutionException {
        int exitCode;
        try {
            exitCode = fork.run(folder.resolve(goal() + ".args"), startDirectory());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException(spec.network().name() + ": " + goal() + " was interrupted");
        }
        if (exitCode != 0) {
            throw new MojoExecutionException(
                    spec.network().name() + ": " + goal() + " failed, see above: exit code " + exitCode);
        }
    }

    private static List<String> words(Map<String, String> arguments) {
        return arguments.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }
}
