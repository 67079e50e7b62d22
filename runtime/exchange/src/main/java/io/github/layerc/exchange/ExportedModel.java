package io.github.layerc.exchange;

import com.google.gson.Gson;
import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.network.Network;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Target;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A trained network that is to be written in a format of other tools, see {@link ExportFormat}. */
public final class ExportedModel {
    private final Network network;
    private final double[] parameters;
    private final ModelLabels labels;
    private final Optional<Fitted> fitted;
    private final String spec;

    /** Of a network without named columns, as the other one. */
    public ExportedModel(Network network, double[] parameters, ModelLabels labels, String spec) {
        this(network, parameters, labels, Optional.empty(), spec);
    }

    /**
     * @param parameters in the canonical layout; they are rounded to the precision of the network
     * @param labels what the model remembers of its data
     * @param fitted the columns of a model that has some, and what it learned of them
     * @param spec the text that the network was read from, empty where there is none
     * @throws IllegalArgumentException if there are not as many parameters as the network has, or the columns are those of another
     */
    public ExportedModel(
            Network network, double[] parameters, ModelLabels labels, Optional<Fitted> fitted, String spec) {
        if (parameters.length != network.parameterCount()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.parameterCount()
                    + " parameters: length=" + parameters.length);
        }
        fitted.ifPresent(some -> some.table().requireFits(network));
        this.network = network;
        this.parameters =
                Arrays.stream(parameters).map(network.precision()::rounded).toArray();
        this.labels = labels;
        this.fitted = fitted;
        this.spec = spec;
    }

    public Network network() {
        return network;
    }

    /** In the canonical layout, rounded to the precision of the network; a copy. */
    public double[] parameters() {
        return parameters.clone();
    }

    public ModelLabels labels() {
        return labels;
    }

    /** The columns of a model that has some, and what it learned of them. */
    public Optional<Fitted> fitted() {
        return fitted;
    }

    /** The text that the network was read from, empty where there is none. */
    public String spec() {
        return spec;
    }

    /** Of layerc; from the manifest of the jar, which a build that was not packaged has not. */
    public String version() {
        String version = ExportedModel.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    /** Where the model comes from, for formats that have room for texts. */
    public Map<String, String> metadata() {
        Map<String, String> all = new TreeMap<>();
        all.put("network", network.name());
        all.put("layerc_version", version());
        all.put("precision", network.precision().keyword());
        if (!spec.isEmpty()) {
            all.put("spec_sha256", sha256(spec));
        }
        if (!labels.classes().isEmpty()) {
            all.put("classes", new Gson().toJson(labels.classes()));
        }
        List<String> targets = fitted.stream()
                .flatMap(some -> some.table().targets().stream())
                .map(Target::name)
                .toList();
        if (!targets.isEmpty()) {
            all.put("targets", new Gson().toJson(targets));
        }
        if (!labels.pictureScaling().isEmpty()) {
            all.put("picture_scaling", labels.pictureScaling());
        }
        return all;
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java platform has SHA-256", e);
        }
    }
}
