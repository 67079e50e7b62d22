package io.github.layerc.command;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.util.ArrayList;
import java.util.List;

/** What is not as in a training by default: gradient descent with all samples. */
final class UnusualSettings {
    private UnusualSettings() {}

    /** Name and value of each, empty where there are none. */
    static String text(Network network, TrainingSettings settings, int samples) {
        List<String> rules = new ArrayList<>();
        if (!settings.optimizer().equals(TrainingSettings.DEFAULT.optimizer())) {
            rules.add("optimizer " + settings.optimizer().text());
            if (settings.optimizer().hasMomentum()) {
                rules.add("momentum " + settings.momentum());
            }
        }
        if (settings.l1() != TrainingSettings.DEFAULT.l1()) {
            rules.add("l1 " + settings.l1());
        }
        if (settings.l2() != TrainingSettings.DEFAULT.l2()) {
            rules.add("l2 " + settings.l2());
        }
        for (Layer layer : network.layers()) {
            layer.l1().ifPresent(own -> rules.add("l1 of layer " + layer.number() + " " + own));
            layer.l2().ifPresent(own -> rules.add("l2 of layer " + layer.number() + " " + own));
        }
        settings.classWeights().ifPresent(weights -> rules.add("class weights " + weights));
        settings.clip().ifPresent(clip -> rules.add("clip " + clip.text()));
        if (settings.averaging() > 0) {
            rules.add("averaging " + settings.averaging());
        }
        if (!settings.schedule().isConstant()) {
            rules.add("schedule " + settings.schedule().text());
        }
        if (settings.batch() != TrainingSettings.FULL_BATCH) {
            rules.add("batch " + settings.batch() + " of " + samples + " samples");
        }
        if (settings.validation() > 0) {
            rules.add("validation " + settings.validation());
        }
        settings.earlyStopping()
                .ifPresent(
                        rule -> rules.add("early stopping by " + rule.monitor().keyword() + ", patience "
                                + rule.patience() + ", min_delta " + rule.minDelta()));
        return String.join(", ", rules);
    }
}
