package io.github.layerc.benchmark;

import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;

/** What is measured. */
public enum Operation {
    /** Outputs of a batch, into an array that the caller brings. */
    PREDICT("predict", "predict") {
        @Override
        public long flops(Network network, int samples) {
            return network.forwardFlops() * samples;
        }
    },
    /** An update with the mean gradient of a batch that was bound before. */
    TRAIN_STEP("train_step", "trainStep") {
        @Override
        public long flops(Network network, int samples) {
            return network.trainingFlops() * samples;
        }
    },
    /** A training as the network's settings say: binding the batch, all iterations, the parameters in the end. */
    TRAINING("training", "training") {
        @Override
        public long flops(Network network, int samples) {
            TrainingSettings settings = network.training();
            int batch = settings.batch() == TrainingSettings.FULL_BATCH ? samples : Math.min(settings.batch(), samples);
            return network.trainingFlops() * batch * settings.iterations();
        }
    };

    private final String keyword;
    private final String method;

    Operation(String keyword, String method) {
        this.keyword = keyword;
        this.method = method;
    }

    /** The word in {@code compare.json}. */
    public String keyword() {
        return keyword;
    }

    /** The method of {@link EngineBenchmark}. */
    String method() {
        return method;
    }

    /** FLOPs of the direct form for so many samples, whatever the form that runs. */
    public abstract long flops(Network network, int samples);
}
