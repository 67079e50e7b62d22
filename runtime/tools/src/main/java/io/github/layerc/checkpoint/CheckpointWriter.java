package io.github.layerc.checkpoint;

import io.github.layerc.data.TrainingState;
import io.github.layerc.training.History;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** The contents of a checkpoint of a training, value by value; grows as it is written to. See {@link TrainingCheckpointFile}. */
final class CheckpointWriter {
    /** How an array stands in the file. */
    enum Storage {
        FLOAT,
        DOUBLE,
        /** It is the beginning of the parameters at the start. */
        START
    }

    /** To look at fewer numbers than these takes longer than to write twice the bytes. */
    private static final int WORTH_NARROWING = 50_000;

    private final TrainingCheckpointFile.Start start;
    private ByteBuffer out;

    /** @param room to write to while it suffices; what it holds is lost */
    CheckpointWriter(TrainingCheckpointFile.Start start, ByteBuffer room) {
        this.start = start;
        this.out = room.clear();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ByteBuffer room(long bytes) {
        long needed = out.position() + bytes;
        if (needed > Integer.MAX_VALUE - 16) {
            throw new OutOfMemoryError("checkpoint of " + needed + " bytes");
        }
        if (needed > out.capacity()) {
            int more = (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, 2L * out.capacity()));
            out = ByteBuffer.allocate(more).put(out.flip());
        }
        return out;
    }

    void number(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void real(double value) {
        room(Double.BYTES).putDouble(value);
    }

    void text(String text) {
        byte[] bytes = bytes(text);
        number(bytes.length);
        room(bytes.length).put(bytes);
    }

    void state(TrainingState state) {
        text(state.form().name());
        arrays(state.arrays());
    }

    void arrays(Map<String, double[]> arrays) {
        number(arrays.size());
        arrays.forEach((name, array) -> {
            text(name);
            array(array);
        });
    }

    private void array(double[] array) {
        number(array.length);
        Storage storage = storage(array);
        text(storage.name());
        switch (storage) {
            case START -> number(start.checksum(array.length));
            case FLOAT -> {
                float[] narrow = new float[array.length];
                for (int i = 0; i < narrow.length; i++) {
                    narrow[i] = (float) array[i];
                }
                ByteBuffer to = room((long) Float.BYTES * array.length);
                to.asFloatBuffer().put(narrow);
                to.position(to.position() + Float.BYTES * array.length);
            }
            case DOUBLE -> {
                ByteBuffer to = room((long) Double.BYTES * array.length);
                to.asDoubleBuffer().put(array);
                to.position(to.position() + Double.BYTES * array.length);
            }
        }
    }

    private Storage storage(double[] array) {
        if (start.beginsWith(array)) {
            return Storage.START;
        }
        if (array.length < WORTH_NARROWING) {
            return Storage.DOUBLE;
        }
        for (double value : array) {
            if (Double.doubleToRawLongBits((float) value) != Double.doubleToRawLongBits(value)) {
                return Storage.DOUBLE;
            }
        }
        return Storage.FLOAT;
    }

    void entry(History.Entry entry) {
        number(entry.iteration());
        real(entry.cost());
        test(entry.test());
        test(entry.validation());
        number(entry.learningRate().isPresent() ? 1 : 0);
        entry.learningRate().ifPresent(this::real);
    }

    private void test(Optional<History.Test> test) {
        number(test.isPresent() ? 1 : 0);
        test.ifPresent(one -> {
            real(one.cost());
            number(one.accuracy().isPresent() ? 1 : 0);
            one.accuracy().ifPresent(accuracy -> {
                number(accuracy.correct());
                number(accuracy.count());
            });
            number(one.metrics().size());
            one.metrics().forEach((name, value) -> {
                text(name);
                real(value);
            });
        });
    }

    ByteBuffer finished() {
        CRC32 sum = new CRC32();
        sum.update(out.array(), 0, out.position());
        number((int) sum.getValue());
        return out.flip();
    }
}
