package io.github.layerc.rows;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.layerc.data.Dataset;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.table.Column;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * A large table of numbers from a file, in a heap of 256 MB, beside the parser alone: that neither makes a string nor a number, and the usual way to use it. Not a part of any build:
 *
 * <pre>
 * mvn test -pl generator -am -Dtest=ReadBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "-Xmx256m")
@Warmup(iterations = 1)
@Measurement(iterations = 2)
public class ReadBenchmark {
    private static final int ROWS = 1_000_000;
    private static final int COLUMNS = 100;

    /** What {@link #measure} wrote. */
    @Param("unset")
    private String file;

    private Table table;
    private int[] rows;

    private static String name(int column) {
        return "c" + column;
    }

    @Setup
    public void create() {
        Table.Builder some = Table.builder();
        for (int c = 0; c < COLUMNS; c++) {
            some.column(Column.number(name(c)).with(Transform.STANDARDIZE));
        }
        table = some.label("y", "a", "b").build();
        rows = IntStream.range(0, ROWS).filter(row -> row % 5 > 0).toArray();
    }

    /** Finds every field, and nothing else. */
    @Benchmark
    public long parserAlone() throws IOException {
        long[] length = new long[1];
        AbstractBaseCsvCallbackHandler<Boolean> count = new AbstractBaseCsvCallbackHandler<>() {
            @Override
            protected void handleBegin(long line) {
                length[0]++;
            }

            @Override
            protected void handleField(int number, char[] text, int at, int characters, boolean quoted) {
                length[0] += characters;
            }

            @Override
            protected Boolean buildRecord() {
                return true;
            }
        };
        // as the reader of tables does, it refuses what is no UTF-8
        Reader in = new InputStreamReader(Files.newInputStream(Path.of(file)), StandardCharsets.UTF_8.newDecoder());
        try (CsvReader<Boolean> reader = CsvReader.builder().build(count, in)) {
            reader.forEach(record -> {});
        }
        return length[0];
    }

    /** A string for each field. */
    @Benchmark
    public long parserOfRecords() throws IOException {
        long fields = 0;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(Path.of(file))) {
            for (CsvRecord each : reader) {
                fields += each.getFieldCount();
            }
        }
        return fields;
    }

    /** Checked numbers and labels, in a mapped file. */
    @Benchmark
    public TableRows read() {
        return TableRows.read(RowFiles.require(Path.of(file)), table, true);
    }

    /** The same, then what the transformations learn of four fifths of them, and their samples. */
    @Benchmark
    public Dataset trainingSet() {
        TableRows all = read();
        Fitted fitted = TableData.fit(all, rows);
        Network network = Network.builder("p", "Any")
                .input(Input.flat(COLUMNS))
                .layer(1, Activation.SIGMOID)
                .build();
        return TableData.dataset(all, fitted, network, true, rows);
    }

    /** Not found by the name of this class in a build. */
    @Test
    void measure(@TempDir Path folder) throws IOException, RunnerException {
        Path written = folder.resolve("large.csv");
        write(written);
        new Runner(new OptionsBuilder()
                        .include(ReadBenchmark.class.getName())
                        .param("file", written.toString())
                        .build())
                .run();
    }

    private static void write(Path file) throws IOException {
        Random random = new Random(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int c = 0; c < COLUMNS; c++) {
                out.write(name(c) + ",");
            }
            out.write("y\n");
            for (int row = 0; row < ROWS; row++) {
                for (int c = 0; c < COLUMNS; c++) {
                    out.write(String.format(Locale.ROOT, "%.5f", random.nextGaussian()));
                    out.write(',');
                }
                out.write(row % 2 == 0 ? "a\n" : "b\n");
            }
        }
    }
}
