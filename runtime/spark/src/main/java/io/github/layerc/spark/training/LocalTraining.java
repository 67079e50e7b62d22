package io.github.layerc.spark.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.network.random.NumpyRandom;
import java.io.Serializable;

/**
 * Epochs that a partition trains by itself, in batches of a permutation that depends on round and partition alone.
 *
 * @param steps what a step does
 * @param epochs of a round
 * @param round from 0
 * @param rounds of the whole training
 * @param seed of the permutations
 */
record LocalTraining(StepSettings steps, int epochs, int round, int rounds, long seed) implements Serializable {
    /**
     * What a partition has come to.
     *
     * @param cost the mean cost of the first epoch
     * @param state the last one, as a single array
     */
    record End(double cost, FlatState state) {}

    /** Trains from a state of all partitions on. */
    End run(Engine engine, Dataset rows, FlatState begin, int partition) {
        TrainingSettings how = steps.local(engine.network());
        int count = rows.count();
        int size = how.batchOf(count);
        int perEpoch = how.updatesPerEpoch(count);
        int updates = Math.multiplyExact(perEpoch, Math.multiplyExact(epochs, rounds));
        int update = round * epochs * perEpoch;
        NumpyRandom random = new NumpyRandom(seed(partition));
        int[] order = new int[count];
        double first = 0;
        try (Training training = engine.train(rows, how)) {
            begin.restore(training);
            for (int epoch = 0; epoch < epochs; epoch++) {
                random.permutation(order);
                double cost = 0;
                for (int from = 0; from < count; from += size) {
                    int to = Math.min(from + size, count);
                    double rate = how.schedule().rate(how.learningRate(), update, updates, 0);
                    cost += (to - from) * training.step(order, from, to, rate);
                    update++;
                }
                first = epoch == 0 ? cost / count : first;
            }
            return new End(first, FlatState.of(training));
        }
    }

    /** 32 bits, which is what the random numbers of NumPy begin with. */
    private long seed(int partition) {
        long mixed = (seed * 1_000_003 + round) * 1_000_003 + partition;
        return (mixed ^ mixed >>> 32) & 0xFFFFFFFFL;
    }
}
