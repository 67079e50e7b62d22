package io.github.layerc.network;

import java.util.List;
import java.util.Optional;

/** What the parts of a network have to say to each other. */
record NetworkRules(
        Input input,
        List<Layer> layers,
        Loss loss,
        Initializer initializer,
        TrainingSettings training,
        Precision precision) {

    /** @throws IllegalArgumentException if a rule is broken */
    void check() {
        layers.subList(0, layers.size() - 1).forEach(NetworkRules::requireElementwise);
        checkOutput(layers.get(layers.size() - 1));
        if (!input.scale().fits(precision)) {
            throw new IllegalArgumentException(
                    "input scale must be finite and not zero in " + precision.keyword() + ": scale=" + input.scale());
        }
        for (Layer layer : layers) {
            precision.requireFits(layer.activation());
            layer.initializer().ifPresent(precision::requireFits);
            layer.normalization().ifPresent(precision::requireFits);
        }
        precision.requireFits(loss);
        precision.requireFits(initializer.kind());
        training.requireFits(precision);
        layers.forEach(this::requirePenalty);
        training.requireFits(layers);
        requireClasses(training, loss, layers.get(layers.size() - 1).units());
        layers.forEach(this::requireTogether);
    }

    private static void requireElementwise(Layer layer) {
        if (!layer.activation().elementwise()) {
            throw new IllegalArgumentException("layer " + layer.number() + ": "
                    + layer.activation().keyword() + " is for the output layer only: activation="
                    + layer.activation().keyword());
        }
    }

    private void checkOutput(Layer last) {
        if (last.dropout() > 0) {
            throw new IllegalArgumentException("layer " + last.number()
                    + ": dropout is for layers before the output only: dropout=" + last.dropout());
        }
        if (last.normalization().isPresent()) {
            throw new IllegalArgumentException("layer " + last.number()
                    + ": normalization is for layers before the output only: normalization="
                    + last.normalization().get().keyword());
        }
        Activation output = last.activation();
        if (!output.elementwise() && last.units() == 1) {
            throw new IllegalArgumentException("layer " + last.number() + ": " + output.keyword()
                    + " needs at least 2 units, with one its output is always 1: units=1");
        }
        if (!loss.accepts(output)) {
            throw new IllegalArgumentException("loss " + loss.keyword() + " needs output activation "
                    + loss.outputRule() + ": activation=" + output.keyword());
        }
    }

    private void requirePenalty(Layer layer) {
        Penalty penalty = training.penaltyOf(layer);
        try {
            penalty.requireFits(precision);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("layer " + layer.number() + ": " + e.getMessage(), e);
        }
        if (layer.number() == 1 && !training.form().accepts(penalty.l1() == 0)) {
            throw new IllegalArgumentException("layer 1: form "
                    + training.form().keyword()
                    + " needs a first layer without l1, which looks at the sign of each weight: l1=" + penalty.l1());
        }
    }

    /** What batch normalisation does not go with. */
    private void requireTogether(Layer layer) {
        Optional<Normalization> runs = layer.batchNorm();
        if (!training.form().accepts(runs.isEmpty())) {
            throw new IllegalArgumentException("layer " + layer.number() + ": form "
                    + training.form().keyword()
                    + " needs layers without batch_norm, which is folded into weights that it does not make:"
                    + " normalization=" + runs.orElseThrow().text());
        }
        if (training.classWeights().isPresent()) {
            requireNoBatchNorm(layer, "class weights");
        }
    }

    static void requireNoBatchNorm(Layer layer, String what) {
        if (layer.batchNorm().isPresent()) {
            throw new IllegalArgumentException("layer " + layer.number()
                    + ": batch_norm takes all samples of a step together, " + what + " take them apart: normalization="
                    + layer.batchNorm().get().text());
        }
    }

    static void requireClasses(TrainingSettings settings, Loss loss, int outputs) {
        if (settings.classWeights().isEmpty()) {
            return;
        }
        if (!loss.targets().classifies()) {
            throw new IllegalArgumentException("class weights need a loss with classes: loss=" + loss.keyword());
        }
        List<Double> weights = settings.classWeights().get().weights();
        int classes = ClassWeights.classes(outputs);
        if (!weights.isEmpty() && weights.size() != classes) {
            throw new IllegalArgumentException(
                    "class weights must be one for each of " + classes + " classes: weights=" + weights);
        }
    }
}
