package io.github.layerc.files;

import io.github.layerc.data.DataException;
import io.github.layerc.data.SampleStore;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of numbers in a file that is mapped, so that the heap never has more of them than somebody copies; what of it is in memory is the system's to decide. One that is written
 * here is removed when the JVM ends; a program that is killed leaves it among the temporary ones.
 */
public final class MappedMatrix implements SampleStore {
    /** Bytes of one mapping, at most: a buffer has an {@code int} of them. */
    private static final long MOST_MAPPED = 1 << 30;

    private static final int WRITTEN = 1 << 16;

    private final Precision precision;
    private final ByteOrder order;
    private final int columns;
    private final int rowsOfMap;
    private final List<MappedByteBuffer> maps = new ArrayList<>();

    private MappedMatrix(FileChannel channel, long start, Precision precision, ByteOrder order, long rows, int columns)
            throws IOException {
        this.precision = precision;
        this.order = order;
        this.columns = columns;
        int width = columns * bytes(precision);
        this.rowsOfMap = (int) Math.max(1, MOST_MAPPED / width);
        for (long from = 0; from < rows; from += rowsOfMap) {
            long size = Math.min(rowsOfMap, rows - from) * width;
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, start + from * width, size);
            map.order(order);
            maps.add(map);
        }
    }

    /**
     * The numbers at the end of a file.
     *
     * @throws DataException if it cannot be mapped
     */
    public static MappedMatrix ofEnd(Path file, Precision precision, ByteOrder order, int rows, int columns) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long start = channel.size() - (long) rows * columns * bytes(precision);
            return new MappedMatrix(channel, start, precision, order, rows, columns);
        } catch (IOException e) {
            throw DataException.of(file, "cannot map this file", "room for its addresses", e);
        }
    }

    /** Numbers of a row. */
    public int columns() {
        return columns;
    }

    private static int bytes(Precision precision) {
        return precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
    }

    /** Writes rows, one behind the other, to a new temporary file. */
    public static final class Writer implements AutoCloseable {
        private final Precision precision;
        private final int columns;
        private final Path file;
        private final FileChannel channel;
        private final ByteBuffer buffer;
        private long rows;

        /** @throws DataException if there is no place for temporary files */
        public Writer(Precision precision, int columns) {
            this.precision = precision;
            this.columns = columns;
            this.buffer = ByteBuffer.allocateDirect(Math.max(WRITTEN, columns * bytes(precision)))
                    .order(ByteOrder.nativeOrder());
            try {
                this.file = Files.createTempFile("layerc-", ".rows");
                file.toFile().deleteOnExit();
                this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw DataException.of(
                        System.getProperty("java.io.tmpdir"),
                        "cannot write a temporary file",
                        "a folder with room, or another with -Djava.io.tmpdir",
                        e);
            }
        }

        /** Adds a row, which has a number for each column. */
        public void add(double... row) {
            if (buffer.remaining() < columns * bytes(precision)) {
                flush();
            }
            if (precision == Precision.DOUBLE) {
                buffer.asDoubleBuffer().put(row);
                buffer.position(buffer.position() + columns * Double.BYTES);
            } else {
                for (double value : row) {
                    buffer.putFloat((float) value);
                }
            }
            rows++;
        }

        private void flush() {
            try {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                buffer.clear();
            } catch (IOException e) {
                throw DataException.of(
                        file, "cannot write a temporary file", "room for " + (rows + 1) + " rows or more", e);
            }
        }

        /** The rows that were added; no more can be. */
        public MappedMatrix finish() {
            flush();
            try {
                return new MappedMatrix(channel, 0, precision, ByteOrder.nativeOrder(), rows, columns);
            } catch (IOException e) {
                throw DataException.of(file, "cannot map a temporary file", "room for its addresses", e);
            }
        }

        @Override
        public void close() {
            try {
                // maps stay
                channel.close();
            } catch (IOException e) {
                throw DataException.of(file, "cannot close a temporary file", "a file that was written", e);
            }
        }
    }

    @Override
    public double at(int row, int column) {
        ByteBuffer map = maps.get(row / rowsOfMap);
        int at = (row % rowsOfMap * columns + column) * bytes(precision);
        return precision == Precision.FLOAT ? map.getFloat(at) : map.getDouble(at);
    }

    @Override
    public void copy(int row, Scale scale, float[] out, int at) {
        if (scale.isOne() && precision == Precision.FLOAT) {
            MappedByteBuffer map = maps.get(row / rowsOfMap);
            map.slice(row % rowsOfMap * columns * Float.BYTES, columns * Float.BYTES)
                    .order(order)
                    .asFloatBuffer()
                    .get(out, at, columns);
            return;
        }
        for (int c = 0; c < columns; c++) {
            out[at + c] = (float) scale.apply(at(row, c));
        }
    }

    @Override
    public void copy(int row, Scale scale, double[] out, int at) {
        for (int c = 0; c < columns; c++) {
            out[at + c] = scale.apply(at(row, c));
        }
    }
}
