package io.github.layerc.array;

import io.github.layerc.array.ElementType.Kind;
import io.github.layerc.data.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Reads the values that follow the header of an array, into one Java array and through a small buffer. */
final class ValueReader {
    private static final int MOST_VALUES = Integer.MAX_VALUE - 16;
    private static final int BUFFER = 1 << 16;

    private final ArrayInput in;
    private final String format;
    private final ElementType type;
    private final ByteOrder order;
    private final Axes axes;
    private final boolean fortran;

    /**
     * @param format the name of the format, for messages
     * @param fortran whether the first axis is the fastest in the file
     */
    ValueReader(ArrayInput in, String format, ElementType type, ByteOrder order, Axes axes, boolean fortran) {
        this.in = in;
        this.format = format;
        this.type = type;
        this.order = order;
        this.axes = axes;
        // one axis is the fastest in any order
        this.fortran = fortran && axes.sizes().size() > 1;
    }

    /**
     * All values, in C order.
     *
     * @throws DataException if there are fewer or more bytes than the shape has, more than memory, or values that are not of their type
     */
    StoredArray read() {
        long bytes = axes.bytes(type.width());
        requireRoom(bytes);
        try {
            Object values = values((int) (bytes / type.width()));
            if (!in.isAtEnd()) {
                throw tooLong(bytes, "more");
            }
            return new StoredArray(in.place(), type, axes, values);
        } catch (OutOfMemoryError e) {
            throw StoredArray.outOfMemory(in.place(), axes, e);
        }
    }

    /** Before anything is allocated: a damaged header can ask for any amount. */
    private void requireRoom(long bytes) {
        OptionalLong left = in.left();
        if (left.isPresent() && left.getAsLong() > bytes) {
            throw tooLong(bytes, left.getAsLong());
        }
        if (bytes > in.mostLeft()) {
            throw truncated(bytes, (left.isPresent() ? "" : "at most ") + in.mostLeft());
        }
        if (bytes / type.width() > MOST_VALUES) {
            throw DataException.of(in.place(), "too many values", "at most " + MOST_VALUES, axes.text());
        }
    }

    private DataException truncated(long expected, Object found) {
        return DataException.of(in.place(), "truncated " + format, expected + " bytes for " + axes.text(), found);
    }

    private DataException tooLong(long expected, Object found) {
        return DataException.of(
                in.place(), "more values than the shape has", expected + " bytes for " + axes.text(), found);
    }

    private Object values(int count) {
        if (type.kind() == Kind.BOOLEAN || type.equals(ElementType.UINT8)) {
            return bytes(count);
        }
        if (type.isText()) {
            String[] texts = new String[count];
            forEach(count, (index, buffer, at) -> texts[index] = text(index, buffer, at));
            return texts;
        }
        if (type.fitsFloat()) {
            float[] numbers = new float[count];
            forEach(count, (index, buffer, at) -> numbers[index] = (float) number(index, buffer, at));
            return numbers;
        }
        double[] numbers = new double[count];
        forEach(count, (index, buffer, at) -> numbers[index] = number(index, buffer, at));
        return numbers;
    }

    /** Straight into the array, without a buffer. */
    private byte[] bytes(int count) {
        byte[] stored = new byte[count];
        int read = in.read(stored, count);
        if (read < count) {
            throw truncated(count, read);
        }
        if (type.kind() == Kind.BOOLEAN) {
            for (int i = 0; i < count; i++) {
                if (stored[i] != 0 && stored[i] != 1) {
                    throw broken("no boolean", inC(i, count), "0 or 1", stored[i] & 0xff);
                }
            }
        }
        if (!fortran) {
            return stored;
        }
        byte[] values = new byte[count];
        for (int i = 0; i < count; i++) {
            values[inC(i, count)] = stored[i];
        }
        return values;
    }

    /** Takes a value that lies in a buffer. */
    private interface Sink {
        void take(int index, ByteBuffer buffer, int at);
    }

    private void forEach(int count, Sink sink) {
        int width = type.width();
        int each = Math.min(count, Math.max(1, BUFFER / width));
        byte[] bytes = new byte[each * width];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        for (int from = 0; from < count; from += each) {
            int values = Math.min(each, count - from);
            int read = in.read(bytes, values * width);
            if (read < values * width) {
                throw truncated((long) count * width, (long) from * width + read);
            }
            for (int i = 0; i < values; i++) {
                sink.take(inC(from + i, count), buffer, i * width);
            }
        }
    }

    /** The number in C order of the value that is stored as one with this number. */
    private int inC(int stored, int count) {
        if (!fortran) {
            return stored;
        }
        int left = stored;
        int index = 0;
        int stride = count;
        for (long size : axes.sizes()) {
            stride /= (int) size;
            index += left % (int) size * stride;
            left /= (int) size;
        }
        return index;
    }

    private double number(int index, ByteBuffer buffer, int at) {
        if (type.kind() == Kind.REAL) {
            return type.width() == Float.BYTES ? buffer.getFloat(at) : buffer.getDouble(at);
        }
        long value = switch (type.width()) {
            case Byte.BYTES -> buffer.get(at);
            case Short.BYTES -> buffer.getShort(at);
            case Integer.BYTES -> buffer.getInt(at);
            default -> buffer.getLong(at);
        };
        if (type.width() == Long.BYTES) {
            return exact(index, value);
        }
        return type.kind() == Kind.SIGNED ? value : value & ((1L << (Byte.SIZE * type.width())) - 1);
    }

    private double exact(int index, long value) {
        boolean signed = type.kind() == Kind.SIGNED || value >= 0;
        // half of a number without sign, so that it has one; what is cut off by 2 is seen below
        double number = signed ? value : 2 * (double) (value >>> 1);
        // (long) 0x1p63 is Long.MAX_VALUE, which a double does not hold
        boolean isExact = signed
                ? number < 0x1p63 && (long) number == value
                : number < 0x1p64 && (value & 1) == 0 && (long) (number / 2) == value >>> 1;
        if (!isExact) {
            String found = signed ? Long.toString(value) : Long.toUnsignedString(value);
            throw broken("integer that a double does not hold", index, "one of 53 bits", found);
        }
        return number;
    }

    private String text(int index, ByteBuffer buffer, int at) {
        if (type.kind() == Kind.BYTES) {
            int length = type.width();
            while (length > 0 && buffer.get(at + length - 1) == 0) {
                length--;
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(buffer.slice(at, length))
                        .toString();
            } catch (CharacterCodingException e) {
                throw broken("damaged text", index, "UTF-8", e.getMessage());
            }
        }
        StringBuilder text = new StringBuilder();
        int length = type.width() / Integer.BYTES;
        while (length > 0 && buffer.getInt(at + (length - 1) * Integer.BYTES) == 0) {
            length--;
        }
        for (int i = 0; i < length; i++) {
            int character = buffer.getInt(at + i * Integer.BYTES);
            if (!Character.isValidCodePoint(character) || Character.getType(character) == Character.SURROGATE) {
                throw broken("damaged text", index, "characters of Unicode", "0x" + Integer.toHexString(character));
            }
            text.appendCodePoint(character);
        }
        return text.toString();
    }

    private DataException broken(String rule, int index, String expected, Object found) {
        return DataException.of(in.place(), rule + " in " + axes.where(index), expected, found);
    }
}
