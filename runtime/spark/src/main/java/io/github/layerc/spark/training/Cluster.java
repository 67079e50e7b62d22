package io.github.layerc.spark.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.spark.scoring.NetworkModel;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;

/**
 * The packed rows where they lie, and what is asked of all of them at once.
 */
final class Cluster {
    private final JavaRDD<Shard> shards;
    private final double[] classWeights;
    private final String target;
    private final int batch;

    /**
     * @param shards persisted, at most one for each partition
     * @param classWeights one for each class
     * @param target and {@code batch}, with which tasks open the class
     */
    Cluster(JavaRDD<Shard> shards, double[] classWeights, String target, int batch) {
        this.shards = shards;
        this.classWeights = classWeights.clone();
        this.target = target;
        this.batch = batch;
    }

    /** What a task does with its rows. */
    @FunctionalInterface
    private interface Work extends Serializable {
        void with(Shard shard, Engine engine, Sums sums);
    }

    /** The gradients of the sum of all losses, and the losses for validation, at these parameters. */
    Sums gradients(NetworkModel model) {
        double[] weights = classWeights;
        return sum(model, (shard, engine, sums) -> shard.addGradients(engine, weights, sums));
    }

    /** The sum over all rows of the parameters to which the work of their own partition leads, and of the costs there. */
    Sums train(NetworkModel model, LocalTraining training) {
        double[] weights = classWeights;
        return sum(model, (shard, engine, sums) -> {
            Optional<Dataset> rows = shard.dataset(weights);
            if (rows.isPresent()) {
                double cost = training.run(engine, rows.get(), sums.place());
                double[] parameters = engine.parametersAsDouble();
                sums.add(1, rows.get().count(), cost, i -> parameters[i]);
            }
        });
    }

    /** The parameters go with the tasks: Spark sends what these have in common to every executor once, as it does a broadcast, of which there is one less so. */
    private Sums sum(NetworkModel model, Work work) {
        int size = model.network().parameterCount();
        String engine = target;
        int samples = batch;
        JavaRDD<Sums> each = shards.mapPartitionsWithIndex(
                (partition, some) -> sums(partition, some, () -> model.open(engine, samples), work, size), true);
        return new OrderedSum(shards.getNumPartitions(), size).of(each);
    }

    private static Iterator<Sums> sums(
            int partition, Iterator<Shard> shards, Supplier<Engine> engines, Work work, int size) {
        if (!shards.hasNext()) {
            return List.<Sums>of().iterator();
        }
        Shard shard = shards.next();
        Sums sums = new Sums(partition, size);
        try (Engine engine = engines.get()) {
            // before the work, which may change the parameters
            sums.addValidation(shard.validationLosses(engine), shard.validationRows());
            work.with(shard, engine, sums);
        }
        return List.of(sums).iterator();
    }
}
