package io.github.layerc.quality;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.training.Trainer;
import java.nio.file.Path;

/** A program that trains a generated class and ends: what {@link TrainingTimes} measures. Prints the seconds of the training. */
final class TrainOnce {
    private TrainOnce() {}

    /** @param arguments class, target, file of the training part */
    public static void main(String[] arguments) throws Exception {
        Class<?> type = Class.forName(arguments[0]);
        Network network = (Network) type.getField("NETWORK").get(null);
        Dataset train = Part.read(Path.of(arguments[2]), network);
        try (Engine engine = (Engine) type.getMethod("create", int.class, Target.class)
                .invoke(null, network.training().batch(), Target.valueOf(arguments[1]))) {
            engine.initialize();
            System.out.println(Trainer.fit(engine, train).seconds());
        }
    }
}
