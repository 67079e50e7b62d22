package io.github.layerc.maven;

import io.github.layerc.compiler.Options;
import io.github.layerc.compiler.StandaloneCompiler.Request;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.build.BuildContext;

/**
 * Makes of a spec and its trained model what runs without layerc. {@code java}: one class in one file, which needs nothing but the JDK, and beside it a resource with the
 * parameters where these are 8 KB or more. Or a file for other tools: ONNX, NPZ, safetensors, Keras, Graphviz. The module need not be compiled.
 */
@Mojo(name = "export", threadSafe = true)
public final class ExportMojo extends SpecMojo {
    private static final List<String> ENTRIES = List.of("predict", "train");

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

    @Inject
    public ExportMojo(BuildContext buildContext) {
        super(buildContext);
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
    String goal() {
        return "export";
    }

    @Override
    void run() throws IOException, MojoFailureException {
        Map<String, Form> forms = forms();
        Property wanted = new Property("layerc.to", to);
        wanted.required("one of " + String.join(", ", forms.keySet()));
        Form form = forms.get(wanted.oneOf(List.copyOf(forms.keySet())));
        SpecFolder specs = specs();
        NamedSpec spec = specs.find(new Property("layerc.network", network).required("a network"));
        Path folder = outputFolder(specs.outputName(spec));
        Exporter exporter = form.of(spec);
        TrainedModel trained = TrainedModel.read(spec, path("layerc.model", model, folder.resolve("model.h5")));
        exporter.notices(trained).forEach(getLog()::warn);
        write(path("layerc.output", output, folder.resolve("export")), exporter.files(trained));
    }

    private Path path(String name, String text, Path usual) {
        Property property = new Property(name, text);
        return property.isSet() ? resolved(property.text()) : usual;
    }

    private void write(Path folder, Map<String, OutputFolder.Content> files) {
        OutputFolder.open(folder, files.keySet().toArray(String[]::new)).write(files);
        getLog().info(String.join(", ", files.keySet()) + ": written to " + shown(folder));
    }

    private Exporter javaClass(NamedSpec spec) throws IOException, MojoFailureException {
        Target wanted = new Property("layerc.target", target).oneOf(Target.values(), Target::keyword);
        boolean trains = new Property("layerc.entries", entries).oneOf(ENTRIES).equals("train");
        TunedSpec measured = tuned(spec, new Property("layerc.tuned", tuned).flag());
        Options options = Options.DEFAULT.withMachine(Machine.of(machine)).withTuned(measured.schedules());
        return new JavaExport(options, new Request(wanted, trains));
    }
}
