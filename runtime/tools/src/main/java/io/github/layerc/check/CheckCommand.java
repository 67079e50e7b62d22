package io.github.layerc.check;

import io.github.layerc.command.Engines;
import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.VectorSupport;
import io.github.layerc.files.DataErrors;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.training.TrainingException;
import io.github.layerc.trial.TrialArguments;
import io.github.layerc.trial.TrialSamples;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code layerc:check} runs: every forward pass, gradient and step of a generated class, for all targets that this machine has, and of the interpreter, against
 * their bounds; prints a table, and writes {@code check.csv} and {@code TEST-layerc-<network>.xml}.
 */
public final class CheckCommand {
    private static final String CSV = "check.csv";

    /** Whole vectors and some samples that are none. */
    private static final int USUAL_SAMPLES = 17;

    private final TrialArguments arguments;
    private final PrintStream out;
    private final PrintStream err;

    private CheckCommand(TrialArguments arguments, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
    }

    /** Exits with 0 where all rows are within their bounds, with 1 after one line on standard error; a bug of our own ends in a stack trace. */
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
            return new CheckCommand(TrialArguments.parse(arguments), out, err).run();
        } catch (DataException | DataErrors | TrainingException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private int run() {
        Engines engines = Engines.of(arguments.network());
        Network network = engines.network();
        String xml = "TEST-layerc-" + network.name() + ".xml";
        OutputFolder folder = OutputFolder.open(arguments.output(), CSV, xml);
        int count = arguments.count("samples", USUAL_SAMPLES);
        try {
            Dataset data = TrialSamples.read(arguments.data(), engines, count, out::println);
            CheckReport report = new CheckReport(network.name(), rows(engines, data));
            report.table().forEach(out::println);
            Map<String, OutputFolder.Content> files = new LinkedHashMap<>();
            files.put(CSV, report::writeCsv);
            files.put(xml, report::writeXml);
            folder.write(files);
            files.keySet().forEach(name -> out.println("wrote " + folder.path().resolve(name)));
            return verdict(network, report);
        } catch (OutOfMemoryError e) {
            throw TrainingException.outOfMemory(network, count, e);
        }
    }

    private List<CheckRow> rows(Engines engines, Dataset data) {
        Network network = engines.network();
        NetworkCheck check = new NetworkCheck(network, data);
        out.println(network.name() + " " + network.layerDims() + ", "
                + network.precision().keyword() + ", " + check.count() + " samples");
        if (check.leftOut() > 0) {
            out.println(
                    "central differences leave out " + check.leftOut() + " samples, next to a jump of a derivative");
        }
        List<CheckRow> rows = new ArrayList<>(check.differences());
        for (String keyword : keywords(network)) {
            try (Engine engine = engines.open(keyword, check.count())) {
                rows.addAll(check.rows(engine));
            }
        }
        return rows;
    }

    private List<String> keywords(Network network) {
        try {
            VectorSupport.require(network.name(), Target.VECTOR);
            return List.of("interpreter", "scalar", "vector");
        } catch (IllegalStateException e) {
            out.println("no rows of generated-vector: " + e.getMessage());
            return List.of("interpreter", "scalar");
        }
    }

    private int verdict(Network network, CheckReport report) {
        List<CheckRow> failures = report.failures();
        int rows = report.rows().size();
        if (report.unseen() > 0) {
            out.println(report.unseen() + " of " + rows
                    + " rows have bounds too wide to tell"
                    + (network.precision() == Precision.FLOAT ? ": check with -Dlayerc.precision=double" : ""));
        }
        if (failures.isEmpty()) {
            out.println("all " + rows + " rows are within their bounds");
            return 0;
        }
        CheckRow first = failures.get(0);
        err.println(network.name() + ": " + first.name() + ": expected a residual of at most " + first.bound()
                + ": found " + first.residual() + ": " + failures.size() + " of " + rows + " rows failed");
        return 1;
    }
}
