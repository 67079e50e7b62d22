package io.github.layerc.report.draw;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Pictures as files of PNG, 8 bits for each of three channels, every row as differences from the pixel to the left (filter 1 of the
 * specification). Written by hand, since the desktop module of the JDK takes four times as long for a hundred small pictures in a JVM that has just
 * started, and is not in every Java runtime.
 */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int COLOUR = 2;
    private static final int LEFT_DIFFERENCE = 1;

    private Png() {}

    /** @param rgb row by row, {@code 0xrrggbb} */
    static byte[] of(int width, int height, int[] rgb) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(file)) {
            out.write(SIGNATURE);
            chunk(out, "IHDR", header(width, height));
            chunk(out, "IDAT", data(width, height, rgb));
            chunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return file.toByteArray();
    }

    private static byte[] header(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(width);
        out.writeInt(height);
        out.write(new byte[] {8, COLOUR, 0, 0, 0});
        return bytes.toByteArray();
    }

    private static byte[] data(int width, int height, int[] rgb) throws IOException {
        byte[] rows = new byte[height * (1 + 3 * width)];
        int at = 0;
        for (int y = 0; y < height; y++) {
            rows[at++] = LEFT_DIFFERENCE;
            int left = 0;
            for (int x = 0; x < width; x++) {
                int pixel = rgb[y * width + x];
                rows[at++] = (byte) ((pixel >> 16) - (left >> 16));
                rows[at++] = (byte) ((pixel >> 8) - (left >> 8));
                rows[at++] = (byte) (pixel - left);
                left = pixel;
            }
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(compressed)) {
            deflater.write(rows);
        }
        return compressed.toByteArray();
    }

    /** Length, type, data, and the check over type and data. */
    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) check.getValue());
    }
}
