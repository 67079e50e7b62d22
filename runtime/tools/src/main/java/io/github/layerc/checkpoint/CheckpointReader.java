package io.github.layerc.checkpoint;

import io.github.layerc.data.DataException;
import io.github.layerc.data.TrainingState;
import io.github.layerc.network.Form;
import io.github.layerc.training.Accuracy;
import io.github.layerc.training.History;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a {@link CheckpointWriter} has written, in the same order, of a file whose checksum is right. */
final class CheckpointReader {
    private final ByteBuffer in;
    private final TrainingCheckpointFile.Start start;
    private final Path path;

    /** @param path for messages */
    CheckpointReader(ByteBuffer in, TrainingCheckpointFile.Start start, Path path) {
        this.path = path;
        this.in = in;
        this.start = start;
    }

    int number() {
        return in.getInt();
    }

    double real() {
        return in.getDouble();
    }

    String text() {
        byte[] bytes = new byte[number()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    TrainingState state() {
        return new TrainingState(Form.valueOf(text()), arrays());
    }

    Map<String, double[]> arrays() {
        Map<String, double[]> arrays = new LinkedHashMap<>();
        int size = number();
        for (int i = 0; i < size; i++) {
            String name = text();
            arrays.put(name, array(name));
        }
        return arrays;
    }

    private double[] array(String name) {
        double[] array = new double[number()];
        switch (CheckpointWriter.Storage.valueOf(text())) {
            case START -> {
                int sum = number();
                if (array.length > start.length() || start.checksum(array.length) != sum) {
                    throw DataException.of(
                            path,
                            "checkpoint of another training: " + name,
                            "the parameters that this training starts from",
                            "others");
                }
                start.copyTo(array);
            }
            case FLOAT -> {
                for (int i = 0; i < array.length; i++) {
                    array[i] = in.getFloat();
                }
            }
            case DOUBLE -> {
                for (int i = 0; i < array.length; i++) {
                    array[i] = in.getDouble();
                }
            }
        }
        return array;
    }

    List<History.Entry> entries() {
        List<History.Entry> entries = new ArrayList<>();
        int size = number();
        for (int i = 0; i < size; i++) {
            entries.add(new History.Entry(
                    number(), real(), test(), test(), number() == 0 ? Optional.empty() : Optional.of(real())));
        }
        return entries;
    }

    private Optional<History.Test> test() {
        if (number() == 0) {
            return Optional.empty();
        }
        double cost = real();
        Optional<Accuracy> accuracy = number() == 0 ? Optional.empty() : Optional.of(new Accuracy(number(), number()));
        Map<String, Double> metrics = new LinkedHashMap<>();
        int size = number();
        for (int i = 0; i < size; i++) {
            metrics.put(text(), real());
        }
        return Optional.of(new History.Test(cost, accuracy, metrics));
    }
}
