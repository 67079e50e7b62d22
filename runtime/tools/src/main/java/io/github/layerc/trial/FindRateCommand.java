package io.github.layerc.trial;

import io.github.layerc.command.Engines;
import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.files.DataErrors;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.report.Fact;
import io.github.layerc.report.RatesReport;
import io.github.layerc.report.draw.Numbers;
import io.github.layerc.report.draw.Series;
import io.github.layerc.training.Trainer;
import io.github.layerc.training.TrainingException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What {@code layerc:find-rate} runs: tries learning rates for a few steps each, see {@link RateFinder}, says which is the largest that still makes the cost fall and which one
 * it suggests, see {@link RateCurve}, and writes the curve as {@code rates.csv}, {@code rates.svg} and {@code rates.html}.
 */
public final class FindRateCommand {
    private static final String CSV = "rates.csv";
    private static final String CURVE = "rates.svg";
    private static final String PAGE = "rates.html";

    private static final double USUAL_FROM = 1e-6;
    private static final double USUAL_TO = 10;
    private static final int USUAL_STEPS = 400;
    private static final int USUAL_SAMPLES = 512;

    private final TrialArguments arguments;
    private final PrintStream out;

    private FindRateCommand(TrialArguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /** Exits with 0 where some rate makes the cost fall, with 1 after one line on standard error; a bug of our own ends in a stack trace. */
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
            new FindRateCommand(TrialArguments.parse(arguments, "from", "to", "steps"), out).run();
            return 0;
        } catch (DataException | DataErrors | TrainingException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private void run() {
        Engines engines = Engines.of(arguments.network());
        Network network = engines.network();
        OutputFolder folder = OutputFolder.open(arguments.output(), CSV, CURVE, PAGE);
        double from = arguments.number("from").orElse(USUAL_FROM);
        double to = arguments.number("to").orElse(USUAL_TO);
        if (from >= to) {
            throw new TrainingException("the first rate must be below the last: from=" + from + ", to=" + to);
        }
        TrainingSettings settings = network.training();
        Trainer.requireFits(settings.withLearningRate(from), network);
        Trainer.requireFits(settings.withLearningRate(to), network);
        int steps = arguments.count("steps", USUAL_STEPS);
        int count = arguments.count("samples", USUAL_SAMPLES);
        RateCurve curve;
        int batch;
        try {
            Dataset data = TrialSamples.read(arguments.data(), engines, count, out::println);
            batch = settings.batchOf(data.count());
            try (Engine engine = engines.open("", data.count())) {
                engine.initialize();
                curve = new RateFinder(engine, data, settings, steps).find(from, to);
            }
        } catch (OutOfMemoryError e) {
            throw TrainingException.outOfMemory(network, count, e);
        }
        if (!curve.falls()) {
            throw new TrainingException(network.name() + ": no learning rate from " + from + " to " + to
                    + " makes the cost fall: cost=" + curve.start()
                    + ": look at the labels, the scale of the input, and the activations");
        }
        write(folder, network, curve, steps + " steps of " + Numbers.count(batch, "sample") + " at each rate");
        say(curve, settings);
    }

    private void write(OutputFolder folder, Network network, RateCurve curve, String how) {
        RatesReport report = new RatesReport(
                "Learning rates of " + network.name(),
                network.training().optimizer().text() + ", " + how,
                List.of(series("after the steps", curve, curve::drawable), series("smoothed", curve, curve::smoothed)),
                suggested(curve),
                List.of(
                        new Fact("cost before the steps", Numbers.of(curve.start())),
                        new Fact("cost of outputs that are the same for all samples", Numbers.of(curve.constant())),
                        new Fact("largest rate that still falls", Numbers.of(curve.largest())),
                        new Fact("suggested rate", Double.toString(suggested(curve))),
                        new Fact(
                                "rate of the spec",
                                Double.toString(network.training().learningRate()))));
        Map<String, OutputFolder.Content> files = new LinkedHashMap<>();
        files.put(CSV, file -> Files.writeString(file, curve.csv()));
        files.put(CURVE, file -> Files.writeString(file, report.curve()));
        files.put(PAGE, file -> Files.writeString(file, report.page()));
        folder.write(files);
        files.keySet().forEach(name -> out.println("wrote " + folder.path().resolve(name)));
    }

    private static Series series(String name, RateCurve curve, IntToDoubleFunction cost) {
        return new Series(
                name,
                IntStream.range(0, curve.tried().size())
                        .mapToObj(i -> new Series.Point(curve.tried().get(i).rate(), cost.applyAsDouble(i)))
                        .toList());
    }

    private void say(RateCurve curve, TrainingSettings settings) {
        if (!curve.learns()) {
            out.println("no rate comes below " + Numbers.of(curve.constant())
                    + ", the cost of outputs that are the same for all samples: try more steps with"
                    + " -Dlayerc.rate.steps");
        }
        out.println("largest learning rate that still falls: " + Numbers.of(curve.largest())
                + (curve.endsBeforeTheEdge() ? ", the largest tried: try larger ones with -Dlayerc.rate.to" : ""));
        out.println("suggested learning rate: " + suggested(curve) + "; the spec's: " + settings.learningRate());
    }

    /** More digits than two would promise too much. */
    private static double suggested(RateCurve curve) {
        return new BigDecimal(curve.suggested()).round(new MathContext(2)).doubleValue();
    }
}
