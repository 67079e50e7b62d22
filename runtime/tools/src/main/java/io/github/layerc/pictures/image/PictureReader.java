package io.github.layerc.pictures.image;

import io.github.layerc.data.DataException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads one picture: decodes it, turns it upright and scales it. */
public final class PictureReader {
    /** Of a decoded picture, 3 to 8 bytes each: more than cameras have, and less than a small file can claim. */
    static final long MAX_PIXELS = 200_000_000;

    private static final long MAX_BYTES = Integer.MAX_VALUE - 16;
    private static final String PICTURE = "a picture, PNG, JPEG or GIF";

    /** What libjpeg says, among remarks that mean nothing, where a file ends too early. */
    private static final String TRUNCATED = "premature end";

    private PictureReader() {}

    /**
     * The whole picture, {@code [height][width][3]} in sRGB.
     *
     * @throws DataException if the file is missing, empty, no picture, damaged, cut off, or claims more pixels than any camera has
     */
    public static byte[] read(Path file, int height, int width) {
        try {
            byte[] bytes = bytes(file);
            Optional<PictureKind> kind = PictureKind.of(bytes);
            if (kind.isEmpty()) {
                String start = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(bytes.length, 8));
                throw DataException.of(file, "not a picture", "PNG, JPEG or GIF", "a file that starts with " + start);
            }
            return read(file, kind.get(), bytes, height, width);
        } catch (OutOfMemoryError e) {
            long heap = Runtime.getRuntime().maxMemory() >> 20;
            throw new DataException(
                    file
                            + ": too little memory for this picture: expected room for all of its pixels: found a heap of at"
                            + " most " + heap + " MB, which -Xmx raises",
                    e);
        }
    }

    private static byte[] bytes(Path file) {
        if (!Files.exists(file)) {
            String found = Files.isSymbolicLink(file) ? "a link to nothing" : "nothing";
            throw DataException.of(file, "no such file", PICTURE, found);
        }
        if (!Files.isRegularFile(file)) {
            throw DataException.of(
                    file, "not a file", PICTURE, Files.isDirectory(file) ? "a folder" : "a device or a pipe");
        }
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw DataException.of(file, "empty file", PICTURE, "0 bytes");
            }
            if (size > MAX_BYTES) {
                throw DataException.of(file, "file is too large", "at most " + MAX_BYTES + " bytes", size);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw DataException.of(file, "cannot read this file", PICTURE, e);
        }
    }

    private static byte[] read(Path file, PictureKind kind, byte[] bytes, int height, int width) {
        try {
            BufferedImage image = decode(file, kind, kind == PictureKind.PNG ? PngChunks.ofPixels(bytes) : bytes);
            Orientation orientation = kind == PictureKind.JPEG ? Orientation.of(bytes) : new Orientation(1);
            boolean turned = orientation.isTurned();
            byte[] stored = scaled(image, turned ? width : height, turned ? height : width);
            return orientation.upright(stored, height, width);
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // decoders meet damage with exceptions of all kinds
            String expected = "a " + kind + " file that can be decoded";
            throw DataException.of(file, "damaged or unsupported picture", expected, e);
        }
    }

    private static BufferedImage decode(Path file, PictureKind kind, byte[] bytes) throws IOException {
        ImageReader reader = kind.open();
        List<String> warnings = new ArrayList<>();
        try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            reader.setInput(stream, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MAX_PIXELS) {
                String found = reader.getWidth(0) + " x " + reader.getHeight(0);
                throw DataException.of(file, "picture is too large", "at most " + MAX_PIXELS + " pixels", found);
            }
            BufferedImage image = reader.read(0);
            for (String warning : warnings) {
                if (warning.toLowerCase(Locale.ROOT).contains(TRUNCATED)) {
                    throw new IOException(warning);
                }
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    private static byte[] scaled(BufferedImage image, int height, int width) {
        Scaler scaler = new Scaler(image.getHeight(), image.getWidth(), height, width);
        PixelRows pixels = PixelRows.of(image);
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            pixels.read(y, row);
            scaler.add(y, row);
        }
        return scaler.result();
    }
}
