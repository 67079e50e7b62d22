package io.github.layerc.trial;

import io.github.layerc.benchmark.Workload;
import io.github.layerc.command.Engines;
import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.network.TargetRule;
import io.github.layerc.source.DataSource;
import io.github.layerc.source.DataSources;
import io.github.layerc.training.TrainingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** A few samples for a trial: some of those of a training, drawn from all classes, or random ones. The same arguments give the same samples. */
public final class TrialSamples {
    private static final long SEED = 20_260_103;

    private TrialSamples() {}

    /**
     * @param count number of samples, where the data have so many
     * @param out takes a line that says what the samples are
     * @return samples with targets as the loss takes them, not labels
     * @throws TrainingException if no engine can hold so many samples
     * @throws io.github.layerc.data.DataException if there is something wrong with the data, or they do not fit the network
     * @throws io.github.layerc.files.DataErrors if there are more things wrong with them
     */
    public static Dataset read(Optional<Path> data, Engines engines, int count, Consumer<String> out) {
        Network network = engines.network();
        requireRoom(network, count);
        if (data.isEmpty()) {
            out.accept("data: " + count + " random samples with random targets, since layerc.data is not given");
            return new Workload(network, count, SEED).dataset();
        }
        DataSource source = DataSources.find(data.get(), engines.table(), Optional.empty(), 0);
        source.requireFits(network);
        Dataset all = source.read(network, out).train();
        Dataset some = some(all, count);
        out.accept("data: " + some.count() + " of " + all.count() + " training samples in " + source.description());
        return withTargets(some, network);
    }

    private static void requireRoom(Network network, int count) {
        try {
            network.requireBatch(count);
        } catch (IllegalArgumentException e) {
            throw new TrainingException(network.name() + ": " + e.getMessage(), e);
        }
        int most = (Integer.MAX_VALUE - 16) / Math.max(network.inputs(), network.outputs());
        if (count > most) {
            throw new TrainingException(network.name() + ": samples must be at most " + most
                    + ", so that they fit an array: samples=" + count);
        }
    }

    private static Dataset some(Dataset all, int count) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < all.count(); row++) {
            rows.add(row);
        }
        Collections.shuffle(rows, new Random(SEED));
        return all.rows(rows.stream().limit(count).mapToInt(row -> row).toArray());
    }

    private static Dataset withTargets(Dataset data, Network network) {
        int inputs = network.inputs();
        int outputs = network.outputs();
        TargetRule rule = network.loss().targets();
        double[] samples = new double[data.count() * inputs];
        double[] targets = new double[data.count() * outputs];
        for (int s = 0; s < data.count(); s++) {
            for (int i = 0; i < inputs; i++) {
                samples[s * inputs + i] = data.sample(s, i);
            }
            int own = data.targetClass(s, rule);
            for (int u = 0; u < outputs; u++) {
                targets[s * outputs + u] =
                        data.hasLabels() ? rule.of(outputs == 1 ? own == 1 : own == u) : data.target(s, u);
            }
        }
        return Dataset.of(samples, inputs, targets, outputs);
    }
}
