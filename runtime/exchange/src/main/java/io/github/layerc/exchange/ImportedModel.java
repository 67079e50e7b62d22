package io.github.layerc.exchange;

import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.exchange.chain.Chain;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Network;
import java.util.ArrayList;
import java.util.List;

/** A model of another tool as a network with its parameters, and all else that its file says. */
public final class ImportedModel {
    private final Network network;
    private final double[] parameters;
    private final List<String> classes;
    private final List<String> notes;

    ImportedModel(Chain chain, Network network, double[] parameters) {
        this.network = network;
        this.parameters = parameters;
        boolean isNamed = network.loss().targets().classifies()
                && chain.classes().size() == ClassWeights.classes(network.outputs());
        this.classes = isNamed ? chain.classes() : List.of();
        List<String> all = new ArrayList<>(chain.notes());
        if (!isNamed && !chain.classes().isEmpty()) {
            all.add("names of classes are left out, they do not fit the outputs: classes=" + chain.classes());
        }
        this.notes = List.copyOf(all);
    }

    /** With the usual training, see {@link #spec}. */
    public Network network() {
        return network;
    }

    /** In the canonical layout; a copy. */
    public double[] parameters() {
        return parameters.clone();
    }

    /** What a checkpoint remembers of the file. */
    public ModelLabels labels() {
        return new ModelLabels(classes, "");
    }

    /** What somebody who imports it should know, a line each. */
    public List<String> notes() {
        return notes;
    }

    /**
     * The spec of the network, with a training for a person to edit.
     *
     * @param origin what it was made of, for its first line
     */
    public String spec(String origin) {
        return SpecWriter.yaml(network, origin);
    }
}
