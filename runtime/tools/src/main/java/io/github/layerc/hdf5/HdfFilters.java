package io.github.layerc.hdf5;

import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The filters that the chunks of a dataset went through, undone here and not by jhdf, which reads over a wrong checksum and takes no notice of
 * filters that were left out for a chunk.
 */
final class HdfFilters {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;
    private static final int CHECKSUM_BYTES = 4;

    /** No byte of deflated data can become more bytes than this. */
    private static final int MAX_RATIO = 1032;

    /** Registered numbers of filters that occur; the first three of them are read. */
    private static final Map<Integer, String> NAMES = Map.of(
            DEFLATE,
            "deflate",
            SHUFFLE,
            "shuffle",
            FLETCHER32,
            "fletcher32",
            4,
            "szip",
            5,
            "nbit",
            6,
            "scaleoffset",
            32000,
            "lzf",
            32001,
            "blosc",
            32008,
            "bitshuffle",
            32015,
            "zstd");

    private final HdfArray array;
    private final List<FilterInfo> filters;

    /** @throws io.github.layerc.data.DataException if there is a filter that is not read, or one twice */
    HdfFilters(HdfArray array, List<FilterInfo> filters) {
        this.array = array;
        this.filters = List.copyOf(filters);
        for (FilterInfo filter : filters) {
            int id = filter.getId();
            if (id < DEFLATE || id > FLETCHER32) {
                String name = NAMES.getOrDefault(id, "unknown") + " (number " + id + ")";
                throw array.broken("unsupported filter", "only deflate, shuffle or fletcher32", name);
            }
            if (filters.stream().filter(other -> other.getId() == id).count() > 1) {
                throw array.broken("unsupported filters", "each at most once", NAMES.get(id) + " twice");
            }
        }
    }

    /**
     * Files of HDF5 1.10 and later can leave chunks that stick out of the shape unfiltered, which only their layout says, and jhdf does not tell. All
     * but a shuffle alone notice that.
     *
     * @throws io.github.layerc.data.DataException if nothing would show whether the filters were used
     */
    void requireTelling(String place, BitSet left) {
        List<FilterInfo> used = IntStream.range(0, filters.size())
                .filter(f -> !left.get(f))
                .mapToObj(filters::get)
                .toList();
        if (used.size() == 1 && used.get(0).getId() == SHUFFLE && width(used.get(0)) > 1) {
            throw array.broken(
                    "unsupported chunk at " + place,
                    "a filter that tells whether it was used at the edge, deflate or fletcher32",
                    "shuffle alone");
        }
    }

    /** @throws io.github.layerc.data.DataException if so many stored bytes can never become a chunk of this size */
    void requirePossible(String place, long stored, BitSet left, long size) {
        long most = stored;
        for (int f = 0; f < filters.size(); f++) {
            most = left.get(f) || filters.get(f).getId() != DEFLATE ? most : MAX_RATIO * stored;
        }
        if (size > most) {
            throw array.broken("wrong size of the chunk at " + place, size + " bytes", "at most " + most);
        }
    }

    /**
     * A chunk as it was before it went through the filters.
     *
     * @param place of the chunk, for messages
     * @param left the filters, by position, that were left out for this chunk
     * @param size of the result
     * @throws io.github.layerc.data.DataException if the chunk is damaged
     */
    byte[] undo(String place, byte[] stored, BitSet left, int size) {
        byte[] bytes = stored;
        for (int f = filters.size() - 1; f >= 0; f--) {
            if (!left.get(f)) {
                FilterInfo filter = filters.get(f);
                bytes = switch (filter.getId()) {
                    case DEFLATE -> inflate(place, bytes, size + CHECKSUM_BYTES);
                    case SHUFFLE -> unshuffle(bytes, width(filter));
                    case FLETCHER32 -> checked(place, bytes);
                    default -> throw new AssertionError("a filter was let through: " + filter);
                };
            }
        }
        if (bytes.length != size) {
            throw array.broken("wrong size of the chunk at " + place, size + " bytes", bytes.length + " bytes");
        }
        return bytes;
    }

    private byte[] inflate(String place, byte[] bytes, int most) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                out.write(buffer, 0, count);
                if (out.size() > most) {
                    throw array.broken(
                            "wrong size of the chunk at " + place, "at most " + most + " bytes", "more deflated ones");
                }
                if (count == 0 && !inflater.finished()) {
                    throw array.broken("damaged chunk at " + place, "a whole deflate stream", "its beginning");
                }
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw array.broken("damaged chunk at " + place, "deflated bytes", e.getMessage());
        } finally {
            inflater.end();
        }
    }

    /** Bytes of an element that was shuffled. */
    private int width(FilterInfo shuffle) {
        int[] data = shuffle.getData();
        int width = data.length == 0 ? 0 : data[0];
        if (width < 1) {
            throw array.broken("damaged filter", "shuffle with the size of an element", width);
        }
        return width;
    }

    /** The first bytes of all elements lay in front, then all second bytes; a rest that is no whole element is kept as it is. */
    private static byte[] unshuffle(byte[] bytes, int width) {
        int count = bytes.length / width;
        byte[] out = bytes.clone();
        for (int b = 0; b < width && count > 0; b++) {
            for (int i = 0; i < count; i++) {
                out[i * width + b] = bytes[b * count + i];
            }
        }
        return out;
    }

    private byte[] checked(String place, byte[] bytes) {
        int length = bytes.length - CHECKSUM_BYTES;
        if (length < 0) {
            throw array.broken("damaged chunk at " + place, "a checksum of 4 bytes", bytes.length + " bytes");
        }
        int stored = 0;
        for (int i = 0; i < CHECKSUM_BYTES; i++) {
            stored |= (bytes[length + i] & 0xff) << (8 * i);
        }
        int sum = fletcher32(bytes, length);
        // HDF5 before 1.6.3 stored both halves with their bytes exchanged where the processor has the low byte first
        int exchanged = ((sum & 0x00ff00ff) << 8) | ((sum >>> 8) & 0x00ff00ff);
        if (stored != sum && stored != exchanged) {
            throw array.broken("damaged chunk at " + place, "fletcher32 checksum " + hex(stored), hex(sum));
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Fletcher's sum of words of two bytes, the high one first, modulo 65535; a last single byte is a high one. */
    private static int fletcher32(byte[] bytes, int length) {
        long first = 0;
        long second = 0;
        for (int i = 0; i < length; i += 2) {
            int low = i + 1 < length ? bytes[i + 1] & 0xff : 0;
            first = fold(first + (((bytes[i] & 0xff) << 8) | low));
            second = fold(second + first);
        }
        return (int) ((second << 16) | first);
    }

    /** Modulo 65535, where 65535 itself stays as it is. */
    private static long fold(long sum) {
        return (sum & 0xffff) + (sum >>> 16);
    }

    private static String hex(int sum) {
        return String.format(Locale.ROOT, "%08x", sum);
    }
}
