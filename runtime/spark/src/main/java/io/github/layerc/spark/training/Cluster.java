package io.github.layerc.spark.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.spark.scoring.NetworkModel;
import io.github.layerc.spark.training.shard.OrderedSum;
import io.github.layerc.spark.training.shard.Shard;
import io.github.layerc.spark.training.shard.Sums;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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

    /**
     * The gradients of the sum of all losses at these parameters, and the losses for validation.
     *
     * @param kept at which the rows for validation are looked at
     */
    Sums gradients(NetworkModel model, double[] kept) {
        double[] weights = classWeights;
        return sum(
                model,
                kept,
                model.network().parameterCount(),
                (shard, engine, sums) -> shard.addGradients(engine, weights, sums));
    }

    /**
     * The sum over all rows of the states to which the work of their own partition leads, and of their costs.
     *
     * @param from where all of them begin, with the parameters of the model
     * @param exact whether costs are the losses at the parameters of the model; else they are what steps tell
     */
    Sums train(NetworkModel model, FlatState from, LocalTraining training, boolean exact) {
        double[] weights = classWeights;
        return sum(model, model.parameters(), from.size(), (shard, engine, sums) -> {
            Optional<Dataset> rows = shard.dataset(weights);
            if (rows.isPresent()) {
                int count = rows.get().count();
                double loss = exact ? shard.losses(engine, weights) / count : Double.NaN;
                LocalTraining.End end = training.run(engine, rows.get(), from, sums.place());
                sums.add(1, count, exact ? loss : end.cost(), end.state()::at);
            }
        });
    }

    /** The parameters go with the tasks: Spark sends what these have in common to every executor once, as it does a broadcast, of which there is one less so. */
    private Sums sum(NetworkModel model, double[] kept, int size, Work work) {
        Task task = new Task(
                model,
                Arrays.equals(kept, model.parameters()) ? new double[0] : kept.clone(),
                target,
                batch,
                size,
                work);
        JavaRDD<Sums> each = shards.mapPartitionsWithIndex(task::sums, true);
        return new OrderedSum(shards.getNumPartitions(), size).of(each);
    }

    /** What goes to the executors. */
    private static final class Task implements Serializable {
        private static final long serialVersionUID = 1;

        private final NetworkModel model;
        /** Empty where it is what the model has. */
        private final double[] kept;

        private final String target;
        private final int batch;
        private final int size;
        private final Work work;

        /** @param size of what is summed */
        Task(NetworkModel model, double[] kept, String target, int batch, int size, Work work) {
            this.model = model;
            this.kept = kept;
            this.target = target;
            this.batch = batch;
            this.size = size;
            this.work = work;
        }

        Iterator<Sums> sums(int partition, Iterator<Shard> shards) {
            if (!shards.hasNext()) {
                return List.<Sums>of().iterator();
            }
            Shard shard = shards.next();
            Sums sums = new Sums(partition, size);
            try (Engine engine = model.open(target, batch)) {
                if (kept.length > 0) {
                    engine.setParametersFromDouble(kept);
                }
                // before the work, which may change the parameters
                sums.addValidation(shard.validationLosses(engine), shard.validationRows());
                if (kept.length > 0) {
                    engine.setParametersFromDouble(model.parameters());
                }
                work.with(shard, engine, sums);
            }
            return List.of(sums).iterator();
        }
    }
}
