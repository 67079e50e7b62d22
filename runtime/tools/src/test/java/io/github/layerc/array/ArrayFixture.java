package io.github.layerc.array;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes arrays as NumPy and the makers of MNIST do. */
public final class ArrayFixture {
    private ArrayFixture() {}

    /** The text of a header, without what fills it up. */
    public static String header(String type, boolean fortran, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape
                + ", }";
    }

    public static byte[] npy(int version, String header, byte[] data) {
        byte[] text = (header + "   \n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate((version == 1 ? 10 : 12) + text.length + data.length);
        out.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        out.put((byte) version).put((byte) 0);
        if (version == 1) {
            out.putShort((short) text.length);
        } else {
            out.putInt(text.length);
        }
        return out.put(text).put(data).array();
    }

    /** In C order, of a type such as {@code <f4} and a shape such as {@code (2, 3)}. */
    public static byte[] npy(String type, String shape, double... values) {
        return npy(1, header(type, false, shape), data(type, values));
    }

    /** Strings of one axis, in the type U. */
    public static byte[] strings(String... texts) {
        int width = Arrays.stream(texts)
                .mapToInt(text -> text.codePointCount(0, text.length()))
                .max()
                .orElseThrow();
        ByteBuffer data = ByteBuffer.allocate(4 * width * texts.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < texts.length; i++) {
            data.position(4 * width * i);
            texts[i].codePoints().forEach(data::putInt);
        }
        return npy(1, header("<U" + width, false, "(" + texts.length + ",)"), data.array());
    }

    public static byte[] data(String type, double... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (double value : values) {
            ByteBuffer one = ByteBuffer.allocate(8);
            one.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            switch (type.substring(1)) {
                case "u1", "i1", "b1" -> one.put((byte) value);
                case "u2", "i2" -> one.putShort((short) (int) value);
                case "u4", "i4" -> one.putInt((int) (long) value);
                case "u8", "i8" -> one.putLong((long) value);
                case "f4" -> one.putFloat((float) value);
                default -> one.putDouble(value);
            }
            out.write(one.array(), 0, one.position());
        }
        return out.toByteArray();
    }

    /** Bytes, each value one, in a number of axes. */
    public static byte[] idx(int[] axes, int... values) {
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * axes.length + values.length);
        out.put(new byte[] {0, 0, 8, (byte) axes.length});
        Arrays.stream(axes).forEach(out::putInt);
        Arrays.stream(values).forEach(value -> out.put((byte) value));
        return out.array();
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Arrays in the format NPY by their names. */
    public static byte[] npz(boolean deflated, Map<String, byte[]> arrays) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : new LinkedHashMap<>(arrays).entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey() + ".npy");
                CRC32 sum = new CRC32();
                sum.update(each.getValue());
                entry.setCrc(sum.getValue());
                entry.setSize(each.getValue().length);
                entry.setMethod(deflated ? ZipEntry.DEFLATED : ZipEntry.STORED);
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
