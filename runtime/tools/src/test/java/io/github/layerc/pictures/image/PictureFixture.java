package io.github.layerc.pictures.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures that tests draw, and the files that they become. */
public final class PictureFixture {
    private PictureFixture() {}

    /** Four quarters: red, green above; blue, white below. */
    public static BufferedImage quarters(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
        for (int i = 0; i < 4; i++) {
            graphics.setColor(colours[i]);
            graphics.fillRect(i % 2 * width / 2, i / 2 * height / 2, (width + 1) / 2, (height + 1) / 2);
        }
        graphics.dispose();
        return image;
    }

    /** A picture of one colour in a new file of any kind that ImageIO writes. */
    public static Path write(Path file, Color colour) {
        BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, 24, 16);
        graphics.dispose();
        String name = file.getFileName().toString();
        return write(file, encoded(image, name.substring(name.lastIndexOf('.') + 1)));
    }

    /** Writes a file, and its folders where they are missing. */
    public static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new AssertionError("no writer of " + format);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] jpeg(IIOImage image, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(1);
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.write(null, image, param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /**
     * A JPEG of four channels as Photoshop writes it: the shares of ink are stored inverted, and a segment says so.
     *
     * @param ink shares of cyan, magenta, yellow and black, from 0 to 255
     * @param ycck whether the first three are stored as brightness and colour differences
     */
    static byte[] cmyk(int width, int height, int[] ink, boolean ycck) {
        int[] stored = new int[4];
        for (int i = 0; i < 4; i++) {
            stored[i] = 255 - ink[i];
        }
        if (ycck) {
            // what is converted are the complements of what is stored
            double red = ink[0];
            double green = ink[1];
            double blue = ink[2];
            stored[0] = (int) Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
            stored[1] = (int) Math.round(128 - 0.168736 * red - 0.331264 * green + 0.5 * blue);
            stored[2] = (int) Math.round(128 + 0.5 * red - 0.418688 * green - 0.081312 * blue);
        }
        WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
        for (int i = 0; i < width * height; i++) {
            raster.setPixel(i % width, i / width, stored);
        }
        byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) (ycck ? 2 : 0)};
        return withSegment(jpeg(new IIOImage(raster, null, null), false), 0xee, adobe);
    }

    /** EXIF of one tag, the orientation. */
    static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(32);
        exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8);
        exif.putShort((short) 1).putShort((short) 0x112).putShort((short) 3).putInt(1);
        exif.putShort((short) orientation).putShort((short) 0).putInt(0);
        return withSegment(jpeg, 0xe1, exif.array());
    }

    /** Behind the marker that starts the picture. */
    private static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + 4 + data.length);
        out.put(jpeg, 0, 2).put((byte) 0xff).put((byte) marker).putShort((short) (2 + data.length));
        return out.put(data).put(jpeg, 2, jpeg.length - 2).array();
    }

    /** A PNG with another width and height in its header, and nothing else changed. */
    static byte[] claiming(byte[] png, int width, int height) {
        ByteBuffer out = ByteBuffer.wrap(png.clone());
        out.putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(out.array(), 12, 17);
        return out.putInt(29, (int) crc.getValue()).array();
    }

    /** A PNG with one more chunk behind its header. */
    static byte[] withChunk(byte[] png, String type, byte[] data) {
        int header = 33;
        ByteBuffer out = ByteBuffer.allocate(png.length + 12 + data.length);
        out.put(png, 0, header).putInt(data.length);
        out.put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        CRC32 crc = new CRC32();
        crc.update(out.array(), header + 4, 4 + data.length);
        return out.putInt((int) crc.getValue())
                .put(png, header, png.length - header)
                .array();
    }
}
