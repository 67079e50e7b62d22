package io.github.layerc.samples;

import io.github.layerc.data.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An array in the format NPY, versions 1 to 3, as NumPy documents it ({@code numpy.lib.format}): a line of text that is a dictionary of Python, and behind it
 * the values. Integers {@code i1, u1, i2, i4, i8} and floats {@code f4, f8}, of both byte orders, in C order or Fortran's.
 */
final class NpyArray {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([<>|=])([a-zA-Z])(\\d+)['\"]");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^)]*)\\)");
    private static final Pattern AXIS = Pattern.compile("\\d{1,18}");
    private static final List<String> TYPES = List.of("i1", "u1", "i2", "i4", "i8", "f4", "f8");

    private final String type;
    private final int width;
    private final long[] shape;
    private final boolean fortran;
    private final ByteBuffer values;

    private NpyArray(Path place, byte[] file, int headerAt, int headerLength) {
        // latin1 up to version 2, UTF-8 in 3: what is read of it is ASCII
        String header = new String(file, headerAt, headerLength, StandardCharsets.ISO_8859_1).strip();
        Matcher typed = TYPE.matcher(header);
        Matcher ordered = ORDER.matcher(header);
        Matcher shaped = SHAPE.matcher(header);
        if (!header.contains("descr") || !ordered.find() || !shaped.find()) {
            throw DataException.of(place, "damaged NPY header", "descr, fortran_order and shape", header);
        }
        this.type = typed.find() ? typed.group(2) + typed.group(3) : "";
        if (!TYPES.contains(type)) {
            throw DataException.of(place, "unsupported type of NPY", String.join(", ", TYPES), header);
        }
        this.width = type.charAt(1) - '0';
        this.fortran = ordered.group(1).equals("True");
        List<String> axes = Stream.of(shaped.group(1).split(",", -1))
                .map(String::strip)
                .filter(axis -> !axis.isEmpty())
                .toList();
        if (!axes.stream().allMatch(axis -> AXIS.matcher(axis).matches())) {
            throw DataException.of(place, "damaged NPY header", "a shape of whole numbers", header);
        }
        this.shape = axes.stream().mapToLong(Long::parseLong).toArray();
        int at = headerAt + headerLength;
        int found = file.length - at;
        long size = width;
        for (long axis : shape) {
            if (axis > 0 && size > Long.MAX_VALUE / axis) {
                throw DataException.of(place, "damaged NPY header", "a shape that a file can hold", shapeText());
            }
            size *= axis;
        }
        if (size != found) {
            throw DataException.of(
                    place,
                    found < size ? "truncated NPY file" : "more values than the shape has",
                    size + " bytes for " + shapeText(),
                    found);
        }
        ByteOrder order = typed.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        this.values = ByteBuffer.wrap(file, at, found).slice().order(order);
    }

    /**
     * The array of a file.
     *
     * @param place for messages
     * @throws DataException if it is no such file, damaged, truncated, or holds other things than numbers
     */
    static NpyArray of(Path place, byte[] file) {
        if (file.length < 10 || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw DataException.of(
                    place, "not an NPY file", "one that starts with \\x93NUMPY", file.length + " other bytes");
        }
        int version = file[6];
        if (version < 1 || version > 3) {
            throw DataException.of(place, "unsupported version of NPY", "1 to 3", version);
        }
        int at = version == 1 ? 10 : 12;
        ByteBuffer start = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long length = version == 1
                ? Short.toUnsignedLong(start.getShort(8))
                : file.length < at ? Long.MAX_VALUE : Integer.toUnsignedLong(start.getInt(8));
        if (length > file.length - at) {
            throw DataException.of(place, "truncated NPY file", "a header", file.length + " bytes");
        }
        return new NpyArray(place, file, at, (int) length);
    }

    long[] shape() {
        return shape.clone();
    }

    String shapeText() {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Whether the values are unsigned bytes. */
    boolean isBytes() {
        return type.equals("u1");
    }

    /** Unsigned bytes in C order. */
    byte[] bytes() {
        byte[] bytes = new byte[values.remaining()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = values.get(stored(i));
        }
        return bytes;
    }

    /** Values of all other types in C order. */
    double[] numbers() {
        IntToDoubleFunction value = switch (type) {
            case "i1" -> i -> values.get(i);
            case "i2" -> i -> values.getShort(i * Short.BYTES);
            case "i4" -> i -> values.getInt(i * Integer.BYTES);
            case "i8" -> i -> values.getLong(i * Long.BYTES);
            case "f4" -> i -> values.getFloat(i * Float.BYTES);
            default -> i -> values.getDouble(i * Double.BYTES);
        };
        double[] numbers = new double[values.remaining() / width];
        Arrays.setAll(numbers, i -> value.applyAsDouble(stored(i)));
        return numbers;
    }

    /** Where a value lies, by its place in C order: in Fortran's order, the first axis is the fastest. */
    private int stored(int index) {
        if (!fortran) {
            return index;
        }
        int left = index;
        int at = 0;
        int stride = values.remaining() / width;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            stride /= (int) shape[axis];
            at += left % (int) shape[axis] * stride;
            left /= (int) shape[axis];
        }
        return at;
    }
}
