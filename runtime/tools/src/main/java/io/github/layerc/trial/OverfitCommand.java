package io.github.layerc.trial;

import io.github.layerc.command.Engines;
import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.files.DataErrors;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.training.Trainer;
import io.github.layerc.training.TrainingException;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalDouble;

/** What {@code layerc:overfit} runs: trains one batch until it is learnt by heart, see {@link Overfitting}, and says in one line whether it was. It writes no file. */
public final class OverfitCommand {
    private static final int USUAL_SAMPLES = 16;
    private static final int USUAL_ITERATIONS = 5000;

    private final TrialArguments arguments;
    private final PrintStream out;

    private OverfitCommand(TrialArguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /** Exits with 0 where the batch is learnt, with 1 after one line on standard error; a bug of our own ends in a stack trace. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * The same without the exit.
     *
     * @param arguments {@code key=value}, see {@link TrialArguments}
     * @return the exit code
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            new OverfitCommand(TrialArguments.parse(arguments, "iterations", "learningRate", "cost"), out).run();
            return 0;
        } catch (DataException | DataErrors | TrainingException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private void run() {
        Engines engines = Engines.of(arguments.network());
        Network network = engines.network();
        TrainingSettings settings = network.training();
        double rate = arguments.number("learningRate").orElse(settings.learningRate());
        Trainer.requireFits(settings.withLearningRate(rate), network);
        int iterations = arguments.count("iterations", USUAL_ITERATIONS);
        OptionalDouble wanted = arguments.number("cost").map(OptionalDouble::of).orElse(OptionalDouble.empty());
        int count = arguments.count("samples", USUAL_SAMPLES);
        try {
            Dataset data = TrialSamples.read(arguments.data(), engines, count, out::println);
            try (Engine engine = engines.open("", data.count())) {
                engine.initialize();
                Overfitting training = Overfitting.train(engine, data, settings, rate, iterations, wanted);
                String costs = ": cost " + Numbers.of(training.start()) + " at the start, " + Numbers.of(training.end())
                        + " after " + Numbers.count(training.iterations(), "iteration");
                String batch = network.name() + ": one batch of " + Numbers.count(data.count(), "sample");
                if (!training.isLearnt()) {
                    String obstacle =
                            new Obstacle(network, data, settings).of(training, rate, engine.parametersAsDouble());
                    throw new TrainingException(batch + " cannot be learnt" + costs + ": expected at most "
                            + Numbers.of(training.wanted()) + ": look at " + obstacle);
                }
                out.println(batch + " can be learnt" + costs);
            }
        } catch (OutOfMemoryError e) {
            throw TrainingException.outOfMemory(network, count, e);
        }
    }
}
