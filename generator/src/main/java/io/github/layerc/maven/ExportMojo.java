package io.github.layerc.maven;

import io.github.layerc.compiler.CompileException;
import io.github.layerc.compiler.Options;
import io.github.layerc.compiler.StandaloneCompiler.Request;
import io.github.layerc.data.DataException;
import io.github.layerc.engine.Target;
import io.github.layerc.exchange.ExportFormat;
import io.github.layerc.export.Exporter;
import io.github.layerc.export.FormatExport;
import io.github.layerc.export.JavaExport;
import io.github.layerc.export.TrainedModel;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.generation.NamedSpec;
import io.github.layerc.generation.SpecFolder;
import io.github.layerc.generation.TunedSpec;
import io.github.layerc.schedule.Machine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.build.BuildContext;

/**
 * Makes of a spec and its trained model what runs without layerc. {@code java}: one class in one file, which needs nothing but the JDK, and beside it a resource with the
 * parameters where these are 8 KB or more. Or a file for other tools: ONNX, NPZ, safetensors, Keras, Graphviz. The module need not be compiled.
 */
@Mojo(name = "export", threadSafe = true)
public final class ExportMojo extends AbstractMojo {
    private static final List<String> ENTRIES = List.of("predict", "train");

    private final BuildContext buildContext;

    /** Folder of the specs, files that end in {@code .yaml} or {@code .yml}. */
    @Parameter(property = "layerc.sourceDirectory", defaultValue = "${project.basedir}/src/main/networks")
    private File sourceDirectory;

    /** Name of the network, with or without its package; it must be given. */
    @Parameter(property = "layerc.network")
    private String network;

    /** What to export to: {@code java}, {@code onnx}, {@code npz}, {@code safetensors}, {@code keras} (an {@code .h5} file) or {@code dot} (a picture for Graphviz); it must be given. */
    @Parameter(property = "layerc.to")
    private String to;

    /** The trained model; a relative one is taken from the directory in which Maven was started. By default {@code target/layerc/<network>/model.h5}. */
    @Parameter(property = "layerc.model")
    private String model;

    /** The folder to write into; a relative one is taken from the directory in which Maven was started. By default {@code target/layerc/<network>/export}. */
    @Parameter(property = "layerc.output")
    private String output;

    /** Of a class in Java: {@code scalar} for plain Java, also that of Android, or {@code vector} for the Vector API. */
    @Parameter(property = "layerc.target", defaultValue = "scalar")
    private String target;

    /** Of a class in Java: {@code predict}, or {@code train} for one that makes steps of a training, too. */
    @Parameter(property = "layerc.entries", defaultValue = "predict")
    private String entries;

    /**
     * Of a class in Java the machine that its schedules are made for: {@code generic}, {@code avx2}, {@code avx512}, {@code neon}, or {@code host} for the one
     * that Maven runs on. It has the bits of a generated class that was made for the same one.
     */
    @Parameter(property = "layerc.machine", defaultValue = "generic")
    private String machine;

    /** {@code false} leaves out the schedules that lie beside the spec. */
    @Parameter(property = "layerc.tuned", defaultValue = "true")
    private String tuned;

    /** {@code true}: the goal does nothing. */
    @Parameter(property = "layerc.skip", defaultValue = "false")
    private String skip;

    @Parameter(defaultValue = "${project.build.directory}", readonly = true, required = true)
    private File buildDirectory;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Inject
    public ExportMojo(BuildContext buildContext) {
        this.buildContext = buildContext;
    }

    /** Makes an exporter, of what the properties of the goal say. */
    @FunctionalInterface
    private interface Form {
        Exporter of(NamedSpec spec) throws IOException, MojoFailureException;
    }

    /** All that there are, by the word of {@code layerc.to}: a new one is an entry here, and a word in the documentation of that. */
    private Map<String, Form> forms() {
        Map<String, Form> forms = new LinkedHashMap<>();
        forms.put("java", this::javaClass);
        ExportFormat.ALL.forEach(format -> forms.put(format.keyword(), spec -> new FormatExport(format)));
        return forms;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        HdfLog.turnOff();
        try {
            if (new Property("layerc.skip", skip).flag()) {
                getLog().info("layerc.skip: no export");
                return;
            }
            GoalProperties.check(session.getUserProperties(), project.getProperties(), GoalProperties.of(plugin))
                    .forEach(getLog()::warn);
            Map<String, Form> forms = forms();
            String known = String.join(", ", forms.keySet());
            Property wanted = new Property("layerc.to", to);
            wanted.required("one of " + known);
            Form form = forms.get(wanted.oneOf(List.copyOf(forms.keySet())));
            SpecFolder specs = SpecFolder.read(sourceDirectory.toPath(), startDirectory());
            specs.notices().forEach(getLog()::warn);
            new ProblemLog(getLog(), buildContext).requireNone(specs.files(), specs.problems());
            NamedSpec spec = specs.find(new Property("layerc.network", network).required("a network"));
            Path folder = buildDirectory.toPath().resolve("layerc").resolve(specs.outputName(spec));
            Exporter exporter = form.of(spec);
            TrainedModel trained = TrainedModel.read(spec, path("layerc.model", model, folder.resolve("model.h5")));
            write(path("layerc.output", output, folder.resolve("export")), exporter.files(trained));
        } catch (IllegalArgumentException | CompileException | DataException e) {
            throw new MojoFailureException(e.getMessage(), e);
        } catch (IOException e) {
            throw new MojoExecutionException("cannot export: " + e, e);
        }
    }

    private Path startDirectory() {
        return Path.of(session.getExecutionRootDirectory());
    }

    private Path path(String name, String text, Path usual) {
        Property property = new Property(name, text);
        return property.isSet() ? startDirectory().resolve(property.text()).normalize() : usual;
    }

    private void write(Path folder, Map<String, OutputFolder.Content> files) {
        OutputFolder.open(folder, files.keySet().toArray(String[]::new)).write(files);
        Path shown = folder.startsWith(startDirectory()) ? startDirectory().relativize(folder) : folder;
        getLog().info(String.join(", ", files.keySet()) + ": written to " + shown);
    }

    private Exporter javaClass(NamedSpec spec) throws IOException, MojoFailureException {
        Target wanted = new Property("layerc.target", target).oneOf(Target.values(), Target::keyword);
        boolean trains = new Property("layerc.entries", entries).oneOf(ENTRIES).equals("train");
        TunedSpec measured = TunedSpec.read(spec, new Property("layerc.tuned", tuned).flag());
        new ProblemLog(getLog(), buildContext).requireNone(List.of(spec.file()), measured.problems());
        measured.notices().forEach(getLog()::warn);
        Options options = Options.DEFAULT.withMachine(Machine.of(machine)).withTuned(measured.schedules());
        return new JavaExport(options, new Request(wanted, trains));
    }
}
