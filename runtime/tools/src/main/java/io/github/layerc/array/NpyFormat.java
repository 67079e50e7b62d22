package io.github.layerc.array;

import io.github.layerc.data.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The format NPY, versions 1 to 3, as NumPy documents it ({@code numpy.lib.format}): a line of text that is a dictionary of Python, and behind it the values.
 * Booleans, integers and floats of up to 8 bytes, and strings, of both byte orders, in C order or Fortran's.
 */
final class NpyFormat {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** A key and its value, as Python writes them: a type, or several in brackets; yes or no; the sizes of the axes. */
    private static final Pattern ENTRY = Pattern.compile("\\s*(['\"])(?:"
            + "(?<descr>descr)\\1\\s*:\\s*"
            + "(?:(['\"])(?<order>[<>|=])(?<letter>[a-zA-Z])(?<size>\\d{0,7})\\3|\\[[^\\]]*\\])"
            + "|fortran_order\\1\\s*:\\s*(?<fortran>True|False)"
            + "|shape\\1\\s*:\\s*\\((?<shape>[^)]*)\\)"
            + ")\\s*");

    private static final Pattern END = Pattern.compile(",?\\s*\\}");

    /** With the L of Python 2. */
    private static final Pattern AXIS = Pattern.compile("(0|[1-9]\\d{0,17})L?");

    /** Bytes of a header, as many as NumPy reads unless it is told to read more. */
    private static final int MAX_HEADER = 10_000;

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
        if (version < 1 || version > 3 || start[7] != 0) {
            String found = start.length < 8 ? "none" : version + "." + start[7];
            throw DataException.of(in.place(), "unsupported version of NPY", "1.0, 2.0 or 3.0", found);
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
        Map<String, String> values = entries(in, header);
        ElementType type = type(in, values, header);
        ByteOrder order = values.get("order").equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        boolean fortran = values.get("fortran").equals("True");
        return new Header(type, order, axes(in, values.get("shape"), header), fortran);
    }

    /** Each key once, in any order, and nothing else: what NumPy does not read is not read as something here. */
    private static Map<String, String> entries(ArrayInput in, String header) {
        Map<String, String> values = new HashMap<>();
        Matcher entry = ENTRY.matcher(header);
        int at = 0;
        for (char before : new char[] {'{', ',', ','}) {
            boolean isEntry = at < header.length()
                    && header.charAt(at) == before
                    && entry.region(at + 1, header.length()).lookingAt();
            if (!isEntry) {
                throw damaged(in, header);
            }
            for (String group : List.of("descr", "order", "letter", "size", "fortran", "shape")) {
                Optional.ofNullable(entry.group(group)).ifPresent(value -> values.put(group, value));
            }
            at = entry.end();
        }
        if (!END.matcher(header.substring(at)).matches()
                || !values.keySet().containsAll(List.of("descr", "fortran", "shape"))) {
            throw damaged(in, header);
        }
        return values;
    }

    private static DataException damaged(ArrayInput in, String header) {
        return DataException.of(
                in.place(), "damaged NPY header", "a dictionary of descr, fortran_order and shape", header);
    }

    /** A tuple: one axis has a comma behind it. */
    private static Axes axes(ArrayInput in, String shape, String header) {
        List<String> sizes = new ArrayList<>();
        if (!shape.isBlank()) {
            Stream.of(shape.split(",", -1)).map(String::strip).forEach(sizes::add);
            if (sizes.size() == 1) {
                throw damaged(in, header);
            }
            if (sizes.get(sizes.size() - 1).isEmpty()) {
                sizes.remove(sizes.size() - 1);
            }
        }
        if (!sizes.stream().allMatch(size -> AXIS.matcher(size).matches())) {
            throw damaged(in, header);
        }
        return new Axes(
                sizes.stream().map(size -> Long.valueOf(size.replace("L", ""))).toList());
    }

    private static ElementType type(ArrayInput in, Map<String, String> values, String header) {
        String letter = values.getOrDefault("letter", "V");
        if (letter.equals("O")) {
            throw DataException.of(in.place(), "array of objects of Python", "numbers, booleans or strings", header);
        }
        String size = values.getOrDefault("size", "");
        return ElementType.ofNumpy(letter.charAt(0), size.isEmpty() ? 0 : Integer.parseInt(size))
                .orElseThrow(() -> DataException.of(in.place(), "unsupported type of NPY", ElementType.NAMES, header));
    }
}
