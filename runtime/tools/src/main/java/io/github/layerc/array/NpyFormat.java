package io.github.layerc.array;

import io.github.layerc.data.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The format NPY, versions 1 to 3, as NumPy documents it ({@code numpy.lib.format}): a line of text that is a dictionary of Python, and behind it the values.
 * Booleans, integers and floats of up to 8 bytes, and strings, of both byte orders, in C order or Fortran's.
 */
final class NpyFormat {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE =
            Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([<>|=])([a-zA-Z])(\\d{0,7})['\"]");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^)]*)\\)");
    private static final Pattern AXIS = Pattern.compile("\\d{1,18}");

    /** Bytes of a header: those of arrays of numbers have some hundred. */
    private static final int MAX_HEADER = 1 << 20;

    private NpyFormat() {}

    /** What a header says. */
    record Header(ElementType type, ByteOrder order, Axes axes, boolean fortran) {}

    static boolean starts(byte[] bytes) {
        return bytes.length >= MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** @throws DataException if these bytes are no such array, damaged, truncated, or hold other things than the above */
    static StoredArray read(ArrayInput in) {
        Header header = header(in);
        return new ValueReader(in, "NPY file", header.type(), header.order(), header.axes(), header.fortran()).read();
    }

    /** Reads up to the values. */
    static Header header(ArrayInput in) {
        byte[] start = in.next(8);
        if (!starts(start)) {
            throw in.isNot("an NPY file", "\\x93NUMPY in front", start);
        }
        int version = start.length < 8 ? 0 : start[6];
        if (version < 1 || version > 3) {
            throw DataException.of(in.place(), "unsupported version of NPY", "1 to 3", version);
        }
        int width = version == 1 ? Short.BYTES : Integer.BYTES;
        byte[] size = in.next(width);
        ByteBuffer sized = ByteBuffer.wrap(Arrays.copyOf(size, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        long length = sized.getLong();
        if (size.length < width || length > in.mostLeft()) {
            throw DataException.of(in.place(), "truncated NPY file", "a header", "at most " + in.mostLeft() + " bytes");
        }
        if (length > MAX_HEADER) {
            throw DataException.of(in.place(), "damaged NPY header", "at most " + MAX_HEADER + " bytes", length);
        }
        byte[] header = in.next((int) length);
        if (header.length < length) {
            throw DataException.of(in.place(), "truncated NPY file", length + " bytes of a header", header.length);
        }
        // latin1 up to version 2, UTF-8 in 3: what is read of it is ASCII
        return header(in, new String(header, StandardCharsets.ISO_8859_1).strip());
    }

    private static Header header(ArrayInput in, String header) {
        Matcher typed = TYPE.matcher(header);
        Matcher ordered = ORDER.matcher(header);
        Matcher shaped = SHAPE.matcher(header);
        if (!header.contains("descr") || !ordered.find() || !shaped.find()) {
            throw DataException.of(in.place(), "damaged NPY header", "descr, fortran_order and shape", header);
        }
        ElementType type = typed.find() ? type(in, typed, header) : unsupported(in, header);
        List<String> axes = Stream.of(shaped.group(1).split(",", -1))
                .map(String::strip)
                .filter(axis -> !axis.isEmpty())
                .toList();
        if (!axes.stream().allMatch(axis -> AXIS.matcher(axis).matches())) {
            throw DataException.of(in.place(), "damaged NPY header", "a shape of whole numbers", header);
        }
        ByteOrder order = typed.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Axes shape = new Axes(axes.stream().map(Long::valueOf).toList());
        boolean fortran = ordered.group(1).equals("True");
        return new Header(type, order, shape, fortran);
    }

    private static ElementType type(ArrayInput in, Matcher typed, String header) {
        char letter = typed.group(2).charAt(0);
        if (letter == 'O') {
            throw DataException.of(in.place(), "array of objects of Python", "numbers, booleans or strings", header);
        }
        int size = typed.group(3).isEmpty() ? 0 : Integer.parseInt(typed.group(3));
        return ElementType.ofNumpy(letter, size).orElseGet(() -> unsupported(in, header));
    }

    private static ElementType unsupported(ArrayInput in, String header) {
        throw DataException.of(in.place(), "unsupported type of NPY", ElementType.NAMES, header);
    }
}
