package io.github.layerc.exchange.arrays;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Writes the format safetensors: tensors {@code W1}, {@code b1}, ... with shapes {@code [units, fan-in]} and {@code [units, 1]}. */
public final class SafetensorsOutput {
    private SafetensorsOutput() {}

    /**
     * Writes a file.
     *
     * @param parameters in the canonical layout
     * @param metadata where they come from, by keys
     */
    public static void write(Path file, Network network, double[] parameters, Map<String, String> metadata)
            throws IOException {
        ParameterArrays arrays = new ParameterArrays(network, parameters);
        byte[] header = header(arrays, metadata);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            for (Layer.Parameters array : arrays.all()) {
                arrays.write(array, out);
            }
        }
    }

    /** Padded with spaces, so that values start at a multiple of 8. */
    private static byte[] header(ParameterArrays arrays, Map<String, String> metadata) {
        JsonObject header = new JsonObject();
        JsonObject texts = new JsonObject();
        texts.addProperty("format", "layerc");
        metadata.forEach(texts::addProperty);
        header.add("__metadata__", texts);
        long at = 0;
        for (Layer.Parameters array : arrays.all()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", (arrays.areFloats() ? Element.FLOAT : Element.DOUBLE).safetensors());
            entry.add("shape", pair(array.rows(), array.columns()));
            entry.add("data_offsets", pair(at, at + arrays.bytes(array)));
            header.add(array.name(), entry);
            at += arrays.bytes(array);
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static JsonArray pair(long first, long second) {
        JsonArray pair = new JsonArray();
        pair.add(first);
        pair.add(second);
        return pair;
    }
}
