package io.github.layerc.trial;

import io.github.layerc.command.Engines;
import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.network.Network;
import io.github.layerc.source.Folds;
import io.github.layerc.training.Trainer;
import io.github.layerc.training.TrainingException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What {@code layerc:cross-validate} runs: a training for each part of the data, which is left out and then tested with; the means of all metrics and their standard deviations. Leaves
 * {@code cross-validation.csv}, and no model.
 */
public final class CrossValidateCommand {
    private static final String CSV = "cross-validation.csv";
    private static final int USUAL_FOLDS = 5;

    private final TrialArguments arguments;
    private final PrintStream out;

    private CrossValidateCommand(TrialArguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /** Exits with 0 after a success, with 1 after what is wrong was said on standard error; a bug of our own ends in a stack trace. */
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
            new CrossValidateCommand(TrialArguments.parse(arguments, "folds", "parallel"), out).run();
            return 0;
        } catch (DataException | DataErrors | TrainingException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private void run() {
        Engines engines = Engines.of(arguments.network());
        Network network = engines.network();
        int count = arguments.count("folds", USUAL_FOLDS);
        int parallel = arguments.count("parallel", Runtime.getRuntime().availableProcessors());
        if (count < 2) {
            throw new TrainingException(network.name() + ": folds must be at least 2: folds=" + count);
        }
        Path data = arguments
                .data()
                .orElseThrow(() -> new TrainingException(
                        network.name() + ": no data: expected a table, a folder or a file, named with -Dlayerc.data"));
        Trainer.requireFits(network.training(), network);
        OutputFolder folder = OutputFolder.open(arguments.output(), CSV);
        try {
            Folds folds = Folds.read(data, network, engines.table(), count);
            CrossValidation validation = CrossValidation.run(engines, folds, count, parallel, out);
            validation.table().forEach(out::println);
            folder.write(Map.of(CSV, file -> Files.writeString(file, validation.csv())));
            out.println("wrote " + folder.path().resolve(CSV));
        } catch (OutOfMemoryError e) {
            throw TrainingException.outOfMemory(network, 0, e);
        }
    }
}
