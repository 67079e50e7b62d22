package io.github.layerc.checkpoint;

import io.github.layerc.data.DataException;
import io.github.layerc.files.AtomicFile;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.training.TrainingCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The file of the checkpoint of a training, {@code training.checkpoint}. Not a model: it holds what only the training understands, and is written while steps of some
 * microseconds wait, so it is no HDF5. Big-endian: the text {@value #MAGIC} with the version of the format, what the training is one of, the checkpoint, and the CRC-32 of all that. An array is
 * in float where that holds its numbers, and only named where the training has had it since its start, as most have the weights of the first layer in Gram form.
 */
public final class TrainingCheckpointFile {
    private static final String MAGIC = "layerc training checkpoint 3\n";

    private final Path path;
    private final Start start;

    /** Of the last contents, for the next: those of one training are nearly the same number of bytes. */
    private ByteBuffer room = ByteBuffer.allocate(1 << 16);

    /** @param start the parameters that the training started from */
    public TrainingCheckpointFile(Path path, Start start) {
        this.path = path;
        this.start = start;
    }

    public Path path() {
        return path;
    }

    /** Parameters at the start of a training. */
    public static final class Start {
        private final double[] parameters;

        /** Of the part that files name, which in one training is always the same. */
        private int checksum;

        private int checksumLength;

        /** An array that was found to be the beginning: states of one training share it, and most are asked about it. */
        private double[] same = new double[0];

        /** @param parameters in the canonical layout; nobody writes to them */
        public Start(double[] parameters) {
            this.parameters = parameters;
        }

        /** Whether an array is the beginning of these. */
        boolean beginsWith(double[] array) {
            if (array == same) {
                return true;
            }
            int length = array.length;
            boolean begins =
                    length > 1 && length <= parameters.length && Arrays.equals(array, 0, length, parameters, 0, length);
            if (begins) {
                same = array;
            }
            return begins;
        }

        /** The CRC-32 of so many of them. */
        int checksum(int length) {
            if (length != checksumLength) {
                CRC32 sum = new CRC32();
                ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * length);
                bytes.asDoubleBuffer().put(parameters, 0, length);
                sum.update(bytes);
                checksum = (int) sum.getValue();
                checksumLength = length;
            }
            return checksum;
        }

        int length() {
            return parameters.length;
        }

        void copyTo(double[] array) {
            System.arraycopy(parameters, 0, array, 0, array.length);
        }
    }

    /**
     * Replaces the file, whole or not at all.
     *
     * @param run what the training is one of: texts by name, for whoever goes on with it to compare
     * @throws DataException if it cannot be written
     */
    public void write(Map<String, String> run, TrainingCheckpoint checkpoint) {
        new AtomicFile(path).write(contents(run, checkpoint));
    }

    /**
     * Does all that {@link #write} does but to replace the file: loads its classes, and looks once at what stays the same.
     *
     * @throws DataException if it could not be written
     */
    public void rehearse(Map<String, String> run, TrainingCheckpoint checkpoint) {
        new AtomicFile(path).rehearse(contents(run, checkpoint));
    }

    private ByteBuffer contents(Map<String, String> run, TrainingCheckpoint checkpoint) {
        CheckpointWriter out = new CheckpointWriter(start, room);
        out.text(MAGIC);
        out.number(run.size());
        run.forEach((name, text) -> {
            out.text(name);
            out.text(text);
        });
        out.number(checkpoint.iterations());
        out.real(checkpoint.seconds());
        out.state(checkpoint.training());
        out.arrays(checkpoint.batches());
        out.number(checkpoint.history().size());
        checkpoint.history().forEach(out::entry);
        out.number(checkpoint.best().isPresent() ? 1 : 0);
        checkpoint.best().ifPresent(best -> {
            out.text(best.monitor().name());
            out.number(best.iterations());
            out.real(best.value());
            out.number(best.epochsSince());
            out.state(best.training());
        });
        out.arrays(checkpoint.rates());
        room = out.finished();
        return room;
    }

    /**
     * Reads the file.
     *
     * @param run what the training is one of that wants to go on
     * @throws DataException if there is none, or it is damaged or of another format, or of another training
     */
    public TrainingCheckpoint read(Map<String, String> run) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw DataException.of(
                    path,
                    "no checkpoint",
                    "one of a training with -Dlayerc.checkpointEvery, or that was stopped",
                    "none");
        } catch (IOException e) {
            throw DataException.of(path, "cannot read this file", "a checkpoint", e);
        }
        requireWhole(bytes);
        CheckpointReader reader = new CheckpointReader(ByteBuffer.wrap(bytes), start, path);
        reader.text();
        Map<String, String> found = new LinkedHashMap<>();
        int texts = reader.number();
        for (int i = 0; i < texts; i++) {
            found.put(reader.text(), reader.text());
        }
        requireSame(run, found);
        return new TrainingCheckpoint(
                reader.number(),
                reader.real(),
                reader.state(),
                reader.arrays(),
                reader.entries(),
                reader.number() == 0
                        ? Optional.empty()
                        : Optional.of(new TrainingCheckpoint.Best(
                                EarlyStopping.Monitor.valueOf(reader.text()),
                                reader.number(),
                                reader.real(),
                                reader.number(),
                                reader.state())),
                reader.arrays());
    }

    private void requireSame(Map<String, String> expected, Map<String, String> found) {
        Set<String> names = new LinkedHashSet<>(expected.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            String wanted = expected.getOrDefault(name, "nothing");
            String stored = found.getOrDefault(name, "nothing");
            if (!wanted.equals(stored)) {
                throw DataException.of(path, "checkpoint of another training: " + name, wanted, stored);
            }
        }
    }

    private void requireWhole(byte[] bytes) {
        byte[] magic = CheckpointWriter.bytes(MAGIC);
        int head = Integer.BYTES + magic.length;
        boolean named = bytes.length >= head
                && new String(bytes, Integer.BYTES, magic.length, StandardCharsets.UTF_8).equals(MAGIC);
        if (!named) {
            throw DataException.of(
                    path, "not a checkpoint of a training", "a file that starts with " + MAGIC.strip(), "another");
        }
        int end = bytes.length - Integer.BYTES;
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, Math.max(head, end));
        if (end < head || (int) sum.getValue() != ByteBuffer.wrap(bytes).getInt(end)) {
            throw DataException.of(path, "damaged checkpoint", "contents with the CRC-32 at its end", "others");
        }
    }
}
