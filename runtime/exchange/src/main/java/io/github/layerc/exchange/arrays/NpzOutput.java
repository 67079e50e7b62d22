package io.github.layerc.exchange.arrays;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the format NPZ of NumPy, as {@code numpy.savez} does: an archive of stored entries {@code W1.npy}, {@code b1.npy}, ... with shapes {@code (units, fan-in)} and {@code (units, 1)}. */
public final class NpzOutput {
    /** The first time that an archive can tell: the same parameters make the same file. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final String MAGIC = "\u0093NUMPY\u0001\u0000";

    /** Values start at a multiple of it, as NumPy has it. */
    private static final int ALIGNMENT = 64;

    private final ParameterArrays arrays;

    private NpzOutput(ParameterArrays arrays) {
        this.arrays = arrays;
    }

    /** @param parameters in the canonical layout */
    public static void write(Path file, Network network, double[] parameters) throws IOException {
        NpzOutput output = new NpzOutput(new ParameterArrays(network, parameters));
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Layer.Parameters array : output.arrays.all()) {
                zip.putNextEntry(output.entry(array));
                output.write(array, zip);
                zip.closeEntry();
            }
        }
    }

    /** Size and checksum stand in front of a stored entry, so it is made twice. */
    private ZipEntry entry(Layer.Parameters array) throws IOException {
        CRC32 sum = new CRC32();
        write(array, new CheckedOutputStream(OutputStream.nullOutputStream(), sum));
        ZipEntry entry = new ZipEntry(array.name() + ".npy");
        entry.setTimeLocal(NO_TIME);
        entry.setSize(header(array).length + arrays.bytes(array));
        entry.setCrc(sum.getValue());
        return entry;
    }

    private void write(Layer.Parameters array, OutputStream out) throws IOException {
        out.write(header(array));
        arrays.write(array, out);
    }

    /** Version 1.0: the magic, two bytes of length, and a dictionary of Python, padded with spaces. */
    private byte[] header(Layer.Parameters array) {
        String type = arrays.areFloats() ? "<f4" : "<f8";
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + array.rows() + ", "
                + array.columns() + "), }";
        int start = MAGIC.length() + Short.BYTES;
        int length = (start + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - start;
        byte[] header = new byte[start + length];
        Arrays.fill(header, (byte) ' ');
        put(header, 0, MAGIC);
        header[MAGIC.length()] = (byte) length;
        header[MAGIC.length() + 1] = (byte) (length >> 8);
        put(header, start, text);
        header[header.length - 1] = '\n';
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
