package io.github.layerc.spark.training;

import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.TrainingSettings;
import java.io.Serializable;

/**
 * How steps are made: as the spec says, but for what somebody has set. It travels, which settings themselves do not.
 *
 * @param optimizer its word; empty for that of the spec
 * @param learningRate 0 for that of the spec
 * @param batch samples of a local step; 0 for those of the spec
 */
public record StepSettings(String optimizer, double learningRate, int batch) implements Serializable {

    /** The spec's settings with what was set. */
    public TrainingSettings of(Network network) {
        TrainingSettings settings = network.training();
        if (!optimizer.isEmpty()) {
            Optimizer other = Optimizer.all().stream()
                    .filter(some -> some.keyword().equals(optimizer))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown optimizer: expected one of "
                            + String.join(
                                    ", ",
                                    Optimizer.all().stream()
                                            .map(Optimizer::keyword)
                                            .toList())
                            + ": optimizer=" + optimizer));
            if (!other.keyword().equals(settings.optimizer().keyword())) {
                // a search takes all rows
                settings = (other.searches() ? settings.withBatch(TrainingSettings.FULL_BATCH) : settings)
                        .withOptimizer(other)
                        .withLearningRate(TrainingSettings.usualLearningRate(other));
            }
        }
        settings = learningRate == 0 ? settings : settings.withLearningRate(learningRate);
        return batch == 0 ? settings : settings.withBatch(batch);
    }

    /** Of the steps of a partition: without what is the driver's to do. The direct form, since the other one is chosen by what is measured. */
    TrainingSettings local(Network network) {
        TrainingSettings all = of(network);
        return steps(all).withL1(all.l1()).withL2(all.l2()).withBatch(all.batch());
    }

    /** Of the updates at the driver, whose gradients have the penalty already. */
    TrainingSettings driver(Network network) {
        TrainingSettings all = of(network);
        TrainingSettings steps = steps(all);
        return all.averaging() == 0 ? steps : steps.withAveraging(all.averaging());
    }

    private static TrainingSettings steps(TrainingSettings all) {
        TrainingSettings steps = new TrainingSettings(all.optimizer(), all.learningRate())
                .withSchedule(all.schedule())
                .withForm(Form.DIRECT);
        steps = all.optimizer().hasMomentum() ? steps.withMomentum(all.momentum()) : steps;
        return all.clip().isPresent() ? steps.withClip(all.clip().get()) : steps;
    }
}
