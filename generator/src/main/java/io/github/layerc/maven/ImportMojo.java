package io.github.layerc.maven;

import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.command.ResultFiles;
import io.github.layerc.exchange.ModelImport;
import io.github.layerc.exchange.ParameterImport;
import io.github.layerc.generation.ImportedSpec;
import io.github.layerc.generation.NamedSpec;
import io.github.layerc.generation.SpecFolder;
import io.github.layerc.network.Activation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.build.BuildContext;

/**
 * Makes a spec of a model that another tool has trained, ONNX or Keras ({@code .keras}, {@code .h5}), and {@code target/layerc/<network>/model.h5} of its parameters. At the next {@code mvn
 * compile} it is a class, which the other goals run, and train further. Of parameters alone, safetensors or NPZ, it makes the {@code model.h5} of a spec that is there.
 */
@Mojo(name = "import", threadSafe = true)
public final class ImportMojo extends SpecMojo {

    /** The file of the model; it must be given. A relative path is taken from the directory in which Maven was started. */
    @Parameter(property = "layerc.from")
    private String from;

    /** Name of the network, with or without a package. By default that of the file; for parameters alone it must be given. */
    @Parameter(property = "layerc.network")
    private String network;

    /** Activation behind the last layer, as where a model ends in logits: {@code softmax}, {@code sigmoid} or another. By default there is none but those of the file. */
    @Parameter(property = "layerc.activation")
    private String activation;

    /** {@code true} replaces a spec of the same name. */
    @Parameter(property = "layerc.overwrite", defaultValue = "false")
    private String overwrite;

    @Inject
    public ImportMojo(BuildContext buildContext) {
        super(buildContext);
    }

    @Override
    String goal() {
        return "import";
    }

    @Override
    void run() throws IOException, MojoFailureException {
        Path model = resolved(new Property("layerc.from", from).required("a model"));
        if (ParameterImport.reads(model)) {
            importParameters(model);
        } else {
            importNetwork(model);
        }
    }

    /** Of a spec that is there. */
    private void importParameters(Path model) throws IOException, MojoFailureException {
        SpecFolder specs = specs();
        NamedSpec spec =
                specs.find(new Property("layerc.network", network).required("the network of these parameters"));
        if (spec.spec().table().isPresent()) {
            throw new IllegalArgumentException(model
                    + ": parameters without what the columns of a table learned: expected a spec without columns: layerc.network="
                    + network);
        }
        double[] parameters = ParameterImport.read(model, spec.network());
        Path checkpoint = checkpoint(specs.outputName(spec));
        Checkpoint.write(checkpoint, spec.network(), parameters, spec.spec().text(), 0);
        getLog().info("wrote " + shown(checkpoint));
        removeOfEarlierModel(checkpoint);
    }

    private void importNetwork(Path model) throws IOException {
        boolean replace = new Property("layerc.overwrite", overwrite).flag();
        ImportedSpec imported = ImportedSpec.read(how(model), model, sourceDirectory());
        if (!replace && imported.replacesAnother()) {
            throw new IllegalArgumentException("another spec is there already: " + shown(imported.file())
                    + ": expected another layerc.network, or layerc.overwrite=true");
        }
        String name = imported.network().name();
        Path checkpoint = checkpoint(name);
        imported.write(checkpoint);
        imported.notes().forEach(getLog()::warn);
        getLog().info(name + ": layers " + imported.network().layerDims() + ", "
                + imported.network().precision().keyword());
        getLog().info("wrote " + shown(imported.file()) + " and " + shown(checkpoint));
        removeOfEarlierModel(checkpoint);
    }

    /** History and report of a training would lie beside a model that is not its own, and the next training would judge the model by them. */
    private void removeOfEarlierModel(Path checkpoint) {
        ResultFiles.removeOfEarlierModel(checkpoint.getParent())
                .forEach(file -> getLog().info("removed " + shown(file) + ", which is of the model before"));
    }

    private Path checkpoint(String name) {
        return outputFolder(name).resolve("model.h5");
    }

    private ModelImport how(Path model) {
        Property behind = new Property("layerc.activation", activation);
        Activation[] all = Activation.all().toArray(Activation[]::new);
        Optional<Activation> output =
                behind.isSet() ? Optional.of(behind.oneOf(all, Activation::keyword)) : Optional.empty();
        Property named = new Property("layerc.network", network);
        String className =
                named.isSet() ? network : className(model.getFileName().toString());
        int dot = className.lastIndexOf('.');
        return new ModelImport(className.substring(0, Math.max(0, dot)), className.substring(dot + 1), output);
    }

    /** {@code iris-small.onnx} is {@code IrisSmall}. */
    private static String className(String file) {
        int dot = file.lastIndexOf('.');
        StringBuilder name = new StringBuilder();
        for (String word : file.substring(0, dot < 1 ? file.length() : dot).split("[^A-Za-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return name.toString();
    }
}
