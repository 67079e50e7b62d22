package io.github.layerc.exchange.arrays;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.layerc.data.DataException;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the format safetensors: eight bytes of length, the lowest first, a header of JSON of so many bytes, and behind it the values, little-endian. Each tensor has its
 * place behind the header, and these places are all of it, without gaps.
 */
final class SafetensorsFile {
    /** As the format's own library has it. */
    private static final long MOST_HEADER = 100_000_000;

    private static final String METADATA = "__metadata__";

    private final Path path;
    private final FileChannel channel;

    private SafetensorsFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Where a tensor is.
     *
     * @param from offset of its first byte behind the header
     * @param to offset behind its last
     */
    private record Entry(String name, Element type, List<Integer> shape, long from, long to) {}

    /**
     * All tensors by their names, in the order of the header.
     *
     * @throws DataException if the file is damaged or truncated, or has a type that is not read
     */
    static Map<String, Tensor> read(Path path) {
        try (FileChannel channel = FileChannel.open(path)) {
            return new SafetensorsFile(path, channel).tensors();
        } catch (IOException e) {
            throw DataException.of(path, "cannot read this file", "a file in the format safetensors", e);
        } catch (OutOfMemoryError e) {
            throw DataException.of(path, "too little memory", "room for the values of this file", e);
        }
    }

    private Map<String, Tensor> tensors() throws IOException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw DataException.of(path, "truncated safetensors file", "8 bytes of a length", size + " bytes");
        }
        long length = bytes(0, Long.BYTES).getLong();
        if (length < 2 || length > MOST_HEADER || length > size - Long.BYTES) {
            String most = "a header of 2 to " + Math.min(MOST_HEADER, size - Long.BYTES) + " bytes";
            throw DataException.of(path, "damaged or no safetensors file", most, Long.toUnsignedString(length));
        }
        long start = Long.BYTES + length;
        String header = new String(bytes(Long.BYTES, (int) length).array(), StandardCharsets.UTF_8);
        List<Entry> entries = entries(header);
        requireWhole(entries, size - start);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Entry entry : entries) {
            ByteBuffer bytes = bytes(start + entry.from(), (int) (entry.to() - entry.from()));
            double[] values = new double[Tensor.size(entry.shape())];
            Arrays.setAll(values, i -> entry.type().next(bytes));
            tensors.put(entry.name(), Tensor.of(entry.type(), entry.shape(), values));
        }
        return tensors;
    }

    private ByteBuffer bytes(long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("file became shorter");
            }
        }
        return bytes.flip();
    }

    private List<Entry> entries(String header) {
        List<Entry> entries = new ArrayList<>();
        try {
            for (Map.Entry<String, JsonElement> each :
                    JsonParser.parseString(header).getAsJsonObject().entrySet()) {
                if (!each.getKey().equals(METADATA)) {
                    entries.add(entry(each.getKey(), each.getValue().getAsJsonObject()));
                }
            }
            return entries;
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException
                | ArithmeticException
                | IndexOutOfBoundsException
                | NumberFormatException e) {
            throw DataException.of(
                    path, "damaged header of safetensors", "dtype, shape and data_offsets of tensors", e);
        }
    }

    private Entry entry(String name, JsonObject object) {
        String type = object.get("dtype").getAsString();
        Element element = Element.ofSafetensors(type)
                .orElseThrow(() -> DataException.of(path, name + ": unsupported type", "numbers of whole bytes", type));
        List<Integer> shape = new ArrayList<>();
        object.getAsJsonArray("shape")
                .forEach(axis -> shape.add(axis.getAsBigDecimal().intValueExact()));
        JsonArray offsets = object.getAsJsonArray("data_offsets");
        Entry entry = new Entry(name, element, List.copyOf(shape), offset(offsets, 0), offset(offsets, 1));
        long size = shape.stream().anyMatch(axis -> axis < 0) ? -1 : Tensor.size(shape);
        if (size < 0 || offsets.size() != 2 || size * element.width() != entry.to() - entry.from()) {
            throw DataException.of(
                    path, name + ": damaged data_offsets", "the bytes of " + type + " " + shape, offsets);
        }
        if (size * element.width() > Integer.MAX_VALUE - 16) {
            throw DataException.of(path, name + ": too many values", "at most 2147483631 bytes", offsets);
        }
        return entry;
    }

    private static long offset(JsonArray offsets, int index) {
        return offsets.get(index).getAsBigDecimal().longValueExact();
    }

    private void requireWhole(List<Entry> entries, long size) {
        long at = 0;
        for (Entry entry : entries.stream()
                .sorted(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to))
                .toList()) {
            if (entry.from() != at) {
                String found = entry.from() + " to " + entry.to();
                throw DataException.of(
                        path, entry.name() + ": damaged data_offsets", "values from " + at + " on", found);
            }
            at = entry.to();
        }
        if (at != size) {
            throw DataException.of(path, "truncated or damaged safetensors file", at + " bytes of values", size);
        }
    }
}
