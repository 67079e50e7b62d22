package io.github.layerc.array;

import io.github.layerc.array.ElementType.Kind;
import io.github.layerc.data.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The format IDX, as the page of MNIST describes it: two zeros, a type, the number of axes, the size of each in four bytes, and the values, all with the
 * highest byte first.
 */
final class IdxFormat {
    private static final Map<Integer, ElementType> TYPES = new TreeMap<>(Map.of(
            0x08, ElementType.UINT8,
            0x09, new ElementType(Kind.SIGNED, Byte.BYTES),
            0x0b, new ElementType(Kind.SIGNED, Short.BYTES),
            0x0c, new ElementType(Kind.SIGNED, Integer.BYTES),
            0x0d, new ElementType(Kind.REAL, Float.BYTES),
            0x0e, new ElementType(Kind.REAL, Double.BYTES)));

    /** As many as NumPy has. */
    private static final int MAX_AXES = 32;

    private IdxFormat() {}

    /** Whether bytes can be a start: there is no better sign than two zeros, a type, and a number of axes. */
    static boolean starts(byte[] bytes) {
        return bytes.length >= 4
                && bytes[0] == 0
                && bytes[1] == 0
                && TYPES.containsKey((int) bytes[2])
                && bytes[3] >= 1
                && bytes[3] <= MAX_AXES;
    }

    /** @throws DataException if these bytes are no such array, damaged or truncated */
    static StoredArray read(ArrayInput in) {
        byte[] start = in.next(4);
        if (start.length < 4 || start[0] != 0 || start[1] != 0) {
            throw in.isNot("an IDX file", "00 00, a type and a number of axes in front", start);
        }
        ElementType type = TYPES.get((int) start[2]);
        if (type == null) {
            String types = "08, 09, 0b, 0c, 0d or 0e";
            throw DataException.of(
                    in.place(), "unknown type of IDX", types, String.format(Locale.ROOT, "%02x", start[2]));
        }
        int count = start[3];
        if (count < 1 || count > MAX_AXES) {
            throw DataException.of(in.place(), "damaged IDX header", "1 to " + MAX_AXES + " axes", count & 0xff);
        }
        byte[] sizes = in.next(Integer.BYTES * count);
        if (sizes.length < Integer.BYTES * count) {
            throw DataException.of(
                    in.place(), "truncated IDX file", "the sizes of " + count + " axes", sizes.length + " bytes");
        }
        List<Long> axes = new ArrayList<>();
        for (int axis = 0; axis < count; axis++) {
            axes.add(Integer.toUnsignedLong(ByteBuffer.wrap(sizes).getInt(Integer.BYTES * axis)));
        }
        return new ValueReader(in, "IDX file", type, ByteOrder.BIG_ENDIAN, new Axes(axes), false).read();
    }
}
