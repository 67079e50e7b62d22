package io.github.layerc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.engine.Engine;
import io.github.layerc.files.LargeFiles;
import io.github.layerc.files.MappedMatrix;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.rows.ColumnDistribution;
import io.github.layerc.table.Column;
import io.github.layerc.table.Missing;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import io.github.layerc.training.Trainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table whose rows are mapped trains to the same bits as one in memory. */
class MappedTableTest {
    private static final Table TABLE = Table.builder()
            .column(Column.number("x").with(Transform.STANDARDIZE))
            .column(Column.number("y").with(Transform.ROBUST).with(Missing.MEDIAN))
            .column(Column.category("c", "a", "b").with(Missing.INDICATOR))
            .label("kind", "no", "yes")
            .build();

    @TempDir
    private Path folder;

    @AfterEach
    void clear() {
        System.clearProperty(LargeFiles.PROPERTY);
    }

    private static Network network(Precision precision) {
        return Network.builder("", "Net")
                .input(Input.flat(TABLE.features()))
                .layer(6, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .loss(Loss.BINARY_CROSS_ENTROPY)
                .precision(precision)
                .training(
                        new TrainingSettings(Optimizer.ADAM, 0.01).withEpochs(3).withBatch(16))
                .build();
    }

    private static List<ColumnDistribution> distributions(Path file, Network network) {
        return new TableSource(file, TABLE, Optional.empty(), 0.2)
                .read(network, note -> {})
                .distributions();
    }

    private double[] trained(Path file, Network network) {
        TrainingSet set = new TableSource(file, TABLE, Optional.empty(), 0.2).read(network, note -> {});
        try (Engine engine = Interpreter.create(network, 16)) {
            engine.initialize();
            Trainer.Result result = new Trainer(network.training(), 5)
                    .withTest(set.test())
                    .withValidation(set.validation().orElseThrow())
                    .train(engine, set.train());
            double[] all = Arrays.copyOf(engine.parametersAsDouble(), network.parameterCount() + 1);
            all[all.length - 1] = result.history().finalCost();
            assertThat(set.train().areElsewhere()).isEqualTo(System.getProperty(LargeFiles.PROPERTY) != null);
            return all;
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.layerc.network.Precision#values")
    void trainsToTheSameBits(Precision precision) throws IOException {
        Random random = new Random(11);
        StringBuilder csv = new StringBuilder("x,y,c,kind\n");
        for (int i = 0; i < 500; i++) {
            double x = random.nextGaussian();
            csv.append(x).append(',').append(i % 9 == 0 ? "" : random.nextInt(100) + "");
            csv.append(i % 3 == 0 ? ",a," : i % 3 == 1 ? ",b," : ",,")
                    .append(x > 0.2 ? "yes" : "no")
                    .append('\n');
        }
        Path file = folder.resolve("t.csv");
        Files.writeString(file, csv);
        Network network = network(precision);

        double[] inMemory = trained(file, network);
        List<ColumnDistribution> counted = distributions(file, network);
        // a fifth is left out for the test, and of the others for the validation
        assertThat(counted)
                .hasSize(3)
                .allSatisfy(each -> assertThat(each.rows()).isBetween(318, 322));
        System.setProperty(LargeFiles.PROPERTY, "0");

        assertThat(trained(file, network)).isEqualTo(inMemory);
        assertThat(distributions(file, network)).isEqualTo(counted);
    }

    /** Rows of which one map does not hold a whole number are no matter: each map begins with a row. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void rowsAreWhereTheyWereWritten(int columns) {
        try (MappedMatrix.Writer writer = new MappedMatrix.Writer(Precision.DOUBLE, columns)) {
            double[] row = new double[columns];
            for (int r = 0; r < 30_000; r++) {
                row[columns - 1] = r;
                writer.add(row);
            }
            MappedMatrix matrix = writer.finish();
            for (int r = 0; r < 30_000; r += 999) {
                assertThat(matrix.at(r, columns - 1)).isEqualTo(r);
            }
        }
    }

    /** An array in a file of its own stays there, in either byte order. */
    @ParameterizedTest
    @ValueSource(strings = {"<f4", ">f4", "<f8"})
    void arraysTrainToTheSameBits(String type) throws IOException {
        int count = 200;
        boolean isFloat = type.endsWith("4");
        ByteBuffer x = ByteBuffer.allocate(count * 5 * (isFloat ? 4 : 8))
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        byte[] y = new byte[count];
        Random random = new Random(3);
        for (int i = 0; i < count * 5; i++) {
            double value = random.nextGaussian();
            y[i / 5] = (byte) (value > 0 ? 1 : 0);
            x = isFloat ? x.putFloat((float) value) : x.putDouble(value);
        }
        npy("x.npy", type, "(200, 5)", x.array());
        npy("y.npy", "|u1", "(200,)", y);
        Network network = Network.builder("", "Net")
                .input(Input.flat(5))
                .layer(3, Activation.TANH)
                .layer(1, Activation.SIGMOID)
                .training(
                        new TrainingSettings(Optimizer.ADAM, 0.01).withEpochs(2).withBatch(16))
                .build();

        double[] inMemory = trained(network);
        System.setProperty(LargeFiles.PROPERTY, "1000");

        assertThat(trained(network)).isEqualTo(inMemory);
    }

    private void npy(String name, String type, String shape, byte[] values) throws IOException {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0});
        out.write(text);
        out.write(values);
        Files.write(folder.resolve(name), out.toByteArray());
    }

    private double[] trained(Network network) {
        TrainingSet set = DataSources.find(folder).read(network, note -> {});
        assertThat(set.train().areElsewhere()).isEqualTo(System.getProperty(LargeFiles.PROPERTY) != null);
        try (Engine engine = Interpreter.create(network, 16)) {
            engine.initialize();
            new Trainer(network.training(), 5).withTest(set.test()).train(engine, set.train());
            return engine.parametersAsDouble();
        }
    }
}
