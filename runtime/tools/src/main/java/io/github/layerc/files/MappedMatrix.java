package io.github.layerc.files;

import io.github.layerc.data.DataException;
import io.github.layerc.data.SampleStore;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Rows of numbers in a file that is mapped, so that the heap never has more of them than somebody copies; what of it is in memory is the system's to decide. One that is written
 * here has no name any more once it is mapped, and its room is free again when nobody uses it; where the system keeps the name of a mapped file, it is removed when the JVM ends.
 */
public final class MappedMatrix implements SampleStore {
    /** Bytes of one mapping, at most: a buffer has an {@code int} of them. */
    private static final long MOST_MAPPED = 1 << 30;

    private static final int WRITTEN = 1 << 16;

    /** Columns that are read together take at most this part of what is free of the heap, unless one alone takes more. */
    private static final int PART_OF_FREE = 2;

    private final Precision precision;
    private final int columns;
    private final int rowsOfMap;

    /** Maps in double precision, none in the other; {@code floats} the other way round. */
    private final List<DoubleBuffer> doubles = new ArrayList<>();

    private final List<FloatBuffer> floats = new ArrayList<>();

    private MappedMatrix(FileChannel channel, long start, Precision precision, ByteOrder order, long rows, int columns)
            throws IOException {
        this.precision = precision;
        this.columns = columns;
        int width = columns * bytes(precision);
        this.rowsOfMap = (int) Math.max(1, MOST_MAPPED / width);
        for (long from = 0; from < rows; from += rowsOfMap) {
            long size = Math.min(rowsOfMap, rows - from) * width;
            ByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, start + from * width, size)
                    .order(order);
            if (precision == Precision.DOUBLE) {
                doubles.add(map.asDoubleBuffer());
            } else {
                floats.add(map.asFloatBuffer());
            }
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
            this(Path.of(System.getProperty("java.io.tmpdir")), precision, columns);
        }

        Writer(Path folder, Precision precision, int columns) {
            this.precision = precision;
            this.columns = columns;
            this.buffer = ByteBuffer.allocateDirect(Math.max(WRITTEN, columns * bytes(precision)))
                    .order(ByteOrder.nativeOrder());
            try {
                this.file = Files.createTempFile(folder, "layerc-", ".rows");
                file.toFile().deleteOnExit();
                this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw DataException.of(
                        folder,
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
                MappedMatrix matrix = new MappedMatrix(channel, 0, precision, ByteOrder.nativeOrder(), rows, columns);
                removeName();
                return matrix;
            } catch (IOException e) {
                throw DataException.of(file, "cannot map a temporary file", "room for its addresses", e);
            }
        }

        private void removeName() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // not on this system: at the end of the JVM
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

    /** Of a number in its map. */
    private int place(int row, int column) {
        return row % rowsOfMap * columns + column;
    }

    @Override
    public double at(int row, int column) {
        int map = row / rowsOfMap;
        int place = place(row, column);
        return precision == Precision.DOUBLE
                ? doubles.get(map).get(place)
                : floats.get(map).get(place);
    }

    /**
     * Columns of some rows, a column at a time, quickest if each is asked for behind the one on its left: a column by itself would go through all of the memory
     * for a few bytes of each row.
     *
     * @param rows numbers of rows, in any order
     * @return of the number of a column its values, {@code [rows]}, in the order of the rows
     */
    public IntFunction<double[]> columns(int... rows) {
        Runtime heap = Runtime.getRuntime();
        long free = heap.maxMemory() - heap.totalMemory() + heap.freeMemory();
        return columns(free / PART_OF_FREE, rows);
    }

    /** @param bytes of columns that are read together, at most, unless one alone has more */
    IntFunction<double[]> columns(long bytes, int... rows) {
        long together = bytes / Double.BYTES / Math.max(1, rows.length);
        return new Neighbours((int) Math.max(1, Math.min(columns, together)), rows)::column;
    }

    /** Some columns beside each other, read together. */
    private final class Neighbours {
        /** Rows that a cache holds until they are columns. */
        private static final int BLOCK = 32;

        private final int[] rows;
        private final double[][] some;
        private int first;
        private int count;

        Neighbours(int together, int... rows) {
            this.rows = rows;
            this.some = new double[together][];
        }

        double[] column(int number) {
            if (number < first || number >= first + count) {
                first = number;
                count = Math.min(some.length, columns - first);
                read();
            }
            return some[number - first];
        }

        private void read() {
            for (int c = 0; c < count; c++) {
                some[c] = new double[rows.length];
            }
            double[] block = new double[BLOCK * count];
            for (int from = 0; from < rows.length; from += BLOCK) {
                int end = Math.min(from + BLOCK, rows.length);
                for (int i = from; i < end; i++) {
                    copy(rows[i], first, block, (i - from) * count, count);
                }
                for (int c = 0; c < count; c++) {
                    for (int i = from; i < end; i++) {
                        some[c][i] = block[(i - from) * count + c];
                    }
                }
            }
        }
    }

    /**
     * Copies a row.
     *
     * @param out {@code [columns]}
     */
    public void row(int number, double[] out) {
        copy(number, 0, out, 0, columns);
    }

    /** Copies neighbouring numbers of a row. */
    private void copy(int row, int from, double[] out, int at, int count) {
        int map = row / rowsOfMap;
        int place = place(row, from);
        if (precision == Precision.DOUBLE) {
            doubles.get(map).get(place, out, at, count);
        } else {
            FloatBuffer stored = floats.get(map);
            for (int c = 0; c < count; c++) {
                out[at + c] = stored.get(place + c);
            }
        }
    }

    @Override
    public void copy(int row, Scale scale, float[] out, int at) {
        int map = row / rowsOfMap;
        int place = place(row, 0);
        if (precision == Precision.FLOAT) {
            floats.get(map).get(place, out, at, columns);
            if (!scale.isOne()) {
                for (int c = at; c < at + columns; c++) {
                    out[c] = (float) scale.apply(out[c]);
                }
            }
        } else {
            DoubleBuffer stored = doubles.get(map);
            for (int c = 0; c < columns; c++) {
                out[at + c] = (float) scale.apply(stored.get(place + c));
            }
        }
    }

    @Override
    public void copy(int row, Scale scale, double[] out, int at) {
        copy(row, 0, out, at, columns);
        if (!scale.isOne()) {
            for (int c = at; c < at + columns; c++) {
                out[c] = scale.apply(out[c]);
            }
        }
    }
}
