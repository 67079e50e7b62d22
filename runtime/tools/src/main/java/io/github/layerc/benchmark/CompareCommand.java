package io.github.layerc.benchmark;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import io.github.layerc.command.Engines;
import io.github.layerc.data.DataException;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.engine.VectorSupport;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.TrainingException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What {@code layerc:compare} runs: measures prediction and training step of a generated class against the interpreter, prints a table, and
 * writes {@code compare.json} and {@code compare.html}. Arguments are {@code key=value}, see {@link CompareSettings}.
 */
public final class CompareCommand {
    private static final String JSON = "compare.json";
    private static final String PAGE = "compare.html";
    private static final String VECTOR = "vector";
    private static final String INTERPRETER = "interpreter";

    private final CompareSettings settings;
    private final Engines engines;
    private final Network network;
    private final PrintStream console;

    private CompareCommand(CompareSettings settings, Engines engines, PrintStream console) {
        this.settings = settings;
        this.engines = engines;
        this.network = engines.network();
        this.console = console;
    }

    /** Ends the JVM: with 0, or with 1 and one line that says why; a bug of our own ends in a stack trace. */
    public static void main(String[] arguments) {
        int exitCode = 0;
        try {
            CompareSettings settings = CompareSettings.parse(arguments);
            new CompareCommand(settings, Engines.of(settings.network()), System.out).run();
        } catch (RunnerException | IllegalArgumentException | TrainingException | DataException | IOException e) {
            System.err.println("compare: " + e.getMessage());
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    private void run() throws RunnerException, IOException {
        OutputFolder folder = OutputFolder.open(settings.output(), JSON, PAGE);
        console.println(network.name() + " " + network.layerDims() + ", "
                + network.precision().keyword() + ", 1 thread, Java " + Runtime.version());
        List<String> keywords = keywords();
        Path log = settings.output().resolve("jmh.log");
        List<Row> rows = new ArrayList<>();
        try (MachineLock lock = MachineLock.take();
                OutputStream file = settings.verbose() ? OutputStream.nullOutputStream() : Files.newOutputStream(log);
                PrintStream stream = new PrintStream(file, true, StandardCharsets.UTF_8)) {
            lock.warn(console);
            PrintStream jmh = settings.verbose() ? console : stream;
            rows.addAll(measure(Operation.PREDICT, 1, keywords, jmh));
            if (settings.samples() > 1) {
                rows.addAll(measure(Operation.PREDICT, settings.samples(), keywords, jmh));
            }
            rows.addAll(measure(Operation.TRAIN_STEP, settings.samples(), keywords, jmh));
            if (settings.training()) {
                rows.addAll(measure(Operation.TRAINING, settings.samples(), keywords, jmh));
            }
        } catch (RunnerException e) {
            throw settings.verbose() ? e : new RunnerException(e.getMessage() + ": see " + log, e);
        }
        JsonArray json = new JsonArray();
        rows.forEach(row -> json.add(row.toJson()));
        String text =
                new GsonBuilder().serializeNulls().setPrettyPrinting().create().toJson(json) + "\n";
        String page = ComparePage.of(network, rows);
        Map<String, OutputFolder.Content> files = new LinkedHashMap<>();
        files.put(JSON, path -> Files.writeString(path, text));
        files.put(PAGE, path -> Files.writeString(path, page));
        folder.write(files);
        console.print(System.lineSeparator() + Table.of(rows));
        Table.doubt(rows).ifPresent(console::println);
        files.keySet().forEach(name -> console.println("wrote " + folder.path().resolve(name)));
    }

    /** The interpreter is the last. */
    private List<String> keywords() {
        try {
            VectorSupport.require(network.name(), Target.VECTOR);
            return List.of(VECTOR, "scalar", INTERPRETER);
        } catch (IllegalStateException e) {
            console.println("no rows of generated-vector: " + e.getMessage());
            return List.of("scalar", INTERPRETER);
        }
    }

    /** An engine, and the form in which it trains. */
    private record Candidate(String keyword, Form form) {}

    /** Every engine in direct form, and generated code in Gram form where it can train so. */
    private List<Candidate> candidates(Operation operation, Workload workload, List<String> keywords) {
        List<Candidate> candidates = new ArrayList<>();
        for (String keyword : keywords) {
            candidates.add(new Candidate(keyword, Form.DIRECT));
            boolean trains = operation != Operation.PREDICT && !keyword.equals(INTERPRETER);
            if (trains && hasGramForm(keyword, workload)) {
                candidates.add(new Candidate(keyword, Form.GRAM));
            }
        }
        return candidates;
    }

    private boolean hasGramForm(String keyword, Workload workload) {
        TrainingSettings training = network.training();
        if (!Form.GRAM.accepts(training.linearIn(network.layers().get(0)))) {
            return false;
        }
        try (Engine engine = engines.open(keyword, workload.count())) {
            engine.initialize();
            try (Training gram = engine.train(workload.dataset(), training.withForm(Form.GRAM))) {
                return gram.form() == Form.GRAM;
            }
        } catch (IllegalArgumentException e) {
            return false; // the class has no kernels for it, or the heap no room
        }
    }

    /** The rows of one operation; the interpreter's is the last. */
    private List<Row> measure(Operation operation, int batch, List<String> keywords, PrintStream log)
            throws RunnerException {
        Workload workload = new Workload(network, batch);
        List<Row> rows = new ArrayList<>();
        for (Candidate candidate : candidates(operation, workload, keywords)) {
            String keyword = candidate.keyword();
            Form form = candidate.form();
            String name;
            double residual;
            try (Engine engine = engines.open(keyword, batch)) {
                name = engine.name();
                residual = Residual.of(operation, engine, form, workload);
            }
            Measurement found = Measurement.of(settings, operation, keyword, form, batch, log);
            console.println(operation.keyword() + " of " + batch + " with " + name
                    + (form == Form.GRAM ? " in Gram form" : "") + ": " + Table.time(found.nsPerOp()));
            rows.add(new Row(
                    network,
                    operation,
                    batch,
                    name,
                    form,
                    found.nsPerOp(),
                    found.errorNs(),
                    found.bytesPerOp(),
                    residual,
                    1));
        }
        double reference = rows.get(rows.size() - 1).nsPerOp();
        return rows.stream()
                .map(row -> row.withSpeedup(reference / row.nsPerOp()))
                .toList();
    }
}
