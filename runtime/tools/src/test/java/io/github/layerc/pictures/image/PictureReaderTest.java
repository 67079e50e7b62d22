package io.github.layerc.pictures.image;

import static java.awt.image.BufferedImage.TYPE_3BYTE_BGR;
import static java.awt.image.BufferedImage.TYPE_BYTE_GRAY;
import static java.awt.image.BufferedImage.TYPE_BYTE_INDEXED;
import static java.awt.image.BufferedImage.TYPE_INT_ARGB;
import static java.awt.image.BufferedImage.TYPE_INT_RGB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PictureReaderTest {
    private static final String QUARTERS = "RGBW";

    @TempDir
    private Path folder;

    /** The four colours of the quarters, as near as the format keeps them. */
    @ParameterizedTest
    @MethodSource
    void readsWhatIsCommon(String name, byte[] bytes) {
        assertThat(letters(PictureReader.read(file(bytes), 2, 2))).isEqualTo(QUARTERS);
    }

    static Stream<Arguments> readsWhatIsCommon() {
        BufferedImage large = PictureFixture.quarters(160, 96, TYPE_3BYTE_BGR);
        BufferedImage odd = PictureFixture.quarters(33, 21, TYPE_INT_RGB);
        return Stream.of(
                Arguments.of("png", PictureFixture.encoded(odd, "png")),
                Arguments.of(
                        "palette png",
                        PictureFixture.encoded(PictureFixture.quarters(40, 40, TYPE_BYTE_INDEXED), "png")),
                Arguments.of(
                        "png with alpha",
                        PictureFixture.encoded(PictureFixture.quarters(40, 40, TYPE_INT_ARGB), "png")),
                Arguments.of("gif", PictureFixture.encoded(odd, "gif")),
                Arguments.of("baseline jpeg", PictureFixture.encoded(large, "jpg")),
                Arguments.of("progressive jpeg", PictureFixture.jpeg(new IIOImage(large, null, null), true)),
                Arguments.of(
                        "a picture of 2 x 2",
                        PictureFixture.encoded(PictureFixture.quarters(2, 2, TYPE_INT_RGB), "png")));
    }

    @Test
    void growsSmallPictures() {
        byte[] one = PictureFixture.encoded(PictureFixture.quarters(2, 2, TYPE_INT_RGB), "png");
        byte[] read = PictureReader.read(file(one), 4, 4);
        assertThat(read).hasSize(48);
        assertThat(read[0] & 0xff).isEqualTo(255);
        // between red and green
        assertThat(new int[] {read[3] & 0xff, read[4] & 0xff, read[5] & 0xff}).containsExactly(191, 64, 0);
    }

    /** Java takes grey for linear light: 128 would become 188. */
    @ParameterizedTest
    @CsvSource({"png, 0", "gif, 0", "jpg, 1"})
    void readsGreyAsItIsStored(String format, int off) {
        BufferedImage grey = new BufferedImage(16, 16, TYPE_BYTE_GRAY);
        for (int i = 0; i < 256; i++) {
            grey.getRaster().setSample(i % 16, i / 16, 0, 128);
        }
        for (byte value : PictureReader.read(file(PictureFixture.encoded(grey, format)), 4, 4)) {
            assertThat(value & 0xff).isBetween(128 - off, 128 + off);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsSixteenBits(boolean alpha) {
        ColorSpace space = ColorSpace.getInstance(ColorSpace.CS_sRGB);
        int transparency = alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE;
        ComponentColorModel model = new ComponentColorModel(space, alpha, false, transparency, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(2, 2);
        for (int i = 0; i < 4; i++) {
            raster.setPixel(i % 2, i / 2, new int[] {257 * 10, 257 * 200 + 100, 65535, 65535});
        }
        byte[] png = PictureFixture.encoded(new BufferedImage(model, raster, false, null), "png");
        assertThat(Arrays.copyOf(PictureReader.read(file(png), 2, 2), 3)).containsExactly(10, 200, 255);
    }

    @Test
    void putsTransparentPixelsOnWhite() {
        BufferedImage image = new BufferedImage(2, 1, TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00ff0000);
        image.setRGB(1, 0, 0x80000000);
        byte[] read = PictureReader.read(file(PictureFixture.encoded(image, "png")), 1, 2);
        assertThat(read).containsExactly(255, 255, 255, 127, 127, 127);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gif", "png"})
    void putsTheTransparentColourOfAPaletteOnWhite(String format) {
        byte[] red = {(byte) 200, 0};
        byte[] none = {0, 0};
        IndexColorModel palette = new IndexColorModel(1, 2, red, none, none, 1);
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
        image.getRaster().setSample(1, 0, 0, 1);
        byte[] read = PictureReader.read(file(PictureFixture.encoded(image, format)), 1, 2);
        assertThat(read).containsExactly(200, 0, 0, 255, 255, 255);
    }

    /** What is in the file besides the picture has no say, and is not even unpacked: a megabyte of it would be a gigabyte. */
    @Test
    void readsNothingOfAPngButItsPixels() {
        byte[] png = PictureFixture.encoded(PictureFixture.quarters(40, 40, TYPE_INT_RGB), "png");
        byte[] gamma = PictureFixture.withChunk(png, "gAMA", new byte[] {0, 0, 1, 0});
        byte[] text = PictureFixture.withChunk(gamma, "zTXt", new byte[] {'x', 0, 0, 1, 2, 3});
        assertThat(PictureReader.read(file(text), 8, 8)).isEqualTo(PictureReader.read(file(png), 8, 8));
    }

    /** Linear light, as an example of another profile. */
    @Test
    void convertsColoursOfOtherProfiles() {
        ColorSpace space = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);
        ComponentColorModel model =
                new ComponentColorModel(space, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
        raster.setPixel(0, 0, new int[] {0, 128, 255});
        int[] row = new int[1];
        PixelRows.of(new BufferedImage(model, raster, false, null)).read(0, row);
        assertThat(row[0] >> 16).isZero();
        assertThat(row[0] >> 8 & 0xff).isBetween(186, 190);
        assertThat(row[0] & 0xff).isEqualTo(255);
    }

    /** The names of the sides are those of the standard, see {@link Orientation}. */
    @ParameterizedTest
    @CsvSource({
        "1, top, left", "2, top, right", "3, bottom, right", "4, bottom, left",
        "5, left, top", "6, right, top", "7, right, bottom", "8, left, bottom"
    })
    void turnsPicturesUpright(int tag, String firstRow, String firstColumn) {
        BufferedImage upright = PictureFixture.quarters(96, 64, TYPE_3BYTE_BGR);
        boolean turned = tag >= 5;
        BufferedImage stored = new BufferedImage(turned ? 64 : 96, turned ? 96 : 64, TYPE_3BYTE_BGR);
        for (int row = 0; row < stored.getHeight(); row++) {
            for (int column = 0; column < stored.getWidth(); column++) {
                int x = place(turned ? row : column, turned ? firstRow : firstColumn, 96);
                int y = place(turned ? column : row, turned ? firstColumn : firstRow, 64);
                stored.setRGB(column, row, upright.getRGB(x, y));
            }
        }
        byte[] jpeg = PictureFixture.withOrientation(PictureFixture.encoded(stored, "jpg"), tag);
        assertThat(letters(PictureReader.read(file(jpeg), 2, 2))).isEqualTo(QUARTERS);
        // of other proportions than the picture
        assertThat(letters(PictureReader.read(file(jpeg), 4, 2))).isEqualTo("RGRGBWBW");
    }

    private static int place(int index, String startsAt, int size) {
        return startsAt.equals("top") || startsAt.equals("left") ? index : size - 1 - index;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, -1})
    void takesUnknownOrientationsForUpright(int tag) {
        byte[] jpeg = PictureFixture.encoded(PictureFixture.quarters(64, 64, TYPE_3BYTE_BGR), "jpg");
        byte[] turned = PictureFixture.withOrientation(jpeg, tag);
        assertThat(letters(PictureReader.read(file(turned), 2, 2))).isEqualTo(QUARTERS);
        turned[14] = 'X';
        assertThat(letters(PictureReader.read(file(turned), 2, 2))).isEqualTo(QUARTERS);
    }

    /** Profiles of inks differ from system to system, so only the hue is asked for. */
    @ParameterizedTest
    @CsvSource({"0, 255, 255, 0, R", "255, 0, 255, 0, G", "255, 255, 0, 0, B", "0, 0, 0, 0, W", "0, 0, 0, 255, K"})
    void readsInks(int cyan, int magenta, int yellow, int black, String letter) {
        for (boolean ycck : new boolean[] {false, true}) {
            byte[] jpeg = PictureFixture.cmyk(32, 32, new int[] {cyan, magenta, yellow, black}, ycck);
            assertThat(letters(PictureReader.read(file(jpeg), 1, 1)))
                    .as("ycck %s", ycck)
                    .isEqualTo(letter);
        }
    }

    @ParameterizedTest
    @MethodSource
    void refusesInOneLine(String name, byte[] bytes, String message) {
        Path file = file(bytes);
        assertThatThrownBy(() -> PictureReader.read(file, 4, 4))
                .isInstanceOf(DataException.class)
                .message()
                .matches("(?s)\\Q" + file + "\\E: " + message)
                .hasLineCount(1);
    }

    static Stream<Arguments> refusesInOneLine() {
        BufferedImage image = PictureFixture.quarters(60, 60, TYPE_INT_RGB);
        byte[] png = PictureFixture.encoded(image, "png");
        byte[] jpeg = PictureFixture.encoded(image, "jpg");
        byte[] progressive = PictureFixture.jpeg(new IIOImage(image, null, null), true);
        byte[] gif = PictureFixture.encoded(image, "gif");
        byte[] damaged = png.clone();
        damaged[60] ^= 1;
        byte[] long1 = png.clone();
        long1[33] = 0x7f;
        byte[] wideGif = gif.clone();
        for (int at : new int[] {6, 8}) {
            wideGif[at] = wideGif[at + 1] = (byte) 0xff;
        }
        int descriptor = 13 + 3 * (2 << (gif[10] & 7));
        for (int at = descriptor + 5; at < descriptor + 9; at++) {
            wideGif[at] = (byte) 0xff;
        }
        byte[] wideJpeg = jpeg.clone();
        int frame = indexOf(jpeg, 0xc0);
        for (int at = frame + 5; at < frame + 9; at++) {
            wideJpeg[at] = (byte) 0xea;
        }
        String cut = "damaged or unsupported picture: expected a PNG file that can be decoded: found IOException: ";
        return Stream.of(
                Arguments.of("empty", new byte[0], "empty file: expected a picture, PNG, JPEG or GIF: found 0 bytes"),
                Arguments.of(
                        "text",
                        "<html>\n".getBytes(StandardCharsets.US_ASCII),
                        "not a picture: expected PNG, JPEG or GIF: found a file that starts with 3c 68 74 6d 6c 3e 0a"),
                Arguments.of(
                        "cut png",
                        Arrays.copyOf(png, png.length - 20),
                        cut + "chunk IDAT of .* bytes, of which the file holds .*"),
                Arguments.of(
                        "png without end",
                        Arrays.copyOf(png, png.length - 12),
                        cut + "the end of the file before that of the picture"),
                Arguments.of(
                        "start of a png",
                        Arrays.copyOf(png, 8),
                        cut + "the end of the file before that of the picture"),
                Arguments.of("damaged png", damaged, cut + "chunk IDAT with a wrong checksum"),
                Arguments.of("chunk too long", long1, cut + "chunk IDAT of \\d+ bytes, of which the file holds \\d+"),
                Arguments.of(
                        "cut jpeg",
                        Arrays.copyOf(jpeg, jpeg.length / 2),
                        "damaged or unsupported picture: expected a JPEG .*"),
                Arguments.of(
                        "cut behind its header",
                        Arrays.copyOf(jpeg, jpeg.length - 200),
                        "damaged or unsupported picture: expected a JPEG .*"),
                Arguments.of(
                        "cut progressive jpeg",
                        Arrays.copyOf(progressive, progressive.length * 2 / 3),
                        "damaged or unsupported picture: expected a JPEG .*"),
                Arguments.of(
                        "start of a jpeg",
                        Arrays.copyOf(jpeg, 3),
                        "damaged or unsupported picture: expected a JPEG .*"),
                Arguments.of(
                        "cut gif",
                        Arrays.copyOf(gif, gif.length / 2),
                        "damaged or unsupported picture: expected a GIF .*"),
                Arguments.of(
                        "start of a gif", Arrays.copyOf(gif, 6), "damaged or unsupported picture: expected a GIF .*"),
                Arguments.of(
                        "huge png",
                        PictureFixture.claiming(png, 60_000, 60_000),
                        "picture is too large: expected at most 200000000 pixels: found 60000 x 60000"),
                Arguments.of(
                        "huge gif",
                        wideGif,
                        "picture is too large: expected at most 200000000 pixels: found 65535 x 65535"),
                Arguments.of(
                        "huge jpeg",
                        wideJpeg,
                        "picture is too large: expected at most 200000000 pixels: found 60138 x 60138"),
                Arguments.of(
                        "png of no rows",
                        PictureFixture.claiming(png, 60, 0),
                        "damaged or unsupported picture: expected a PNG .*"));
    }

    private static int indexOf(byte[] jpeg, int marker) {
        for (int i = 0; i < jpeg.length - 1; i++) {
            if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == marker) {
                return i;
            }
        }
        throw new AssertionError("no marker " + marker);
    }

    @Test
    void refusesWhatIsNoFile() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.png"), folder.resolve("gone.png"));
        assertThatThrownBy(() -> PictureReader.read(link, 1, 1))
                .hasMessage(link + ": no such file: expected a picture, PNG, JPEG or GIF: found a link to nothing");
        Path missing = folder.resolve("none.jpg");
        assertThatThrownBy(() -> PictureReader.read(missing, 1, 1))
                .hasMessage(missing + ": no such file: expected a picture, PNG, JPEG or GIF: found nothing");
        assertThatThrownBy(() -> PictureReader.read(folder, 1, 1))
                .hasMessage(folder + ": not a file: expected a picture, PNG, JPEG or GIF: found a folder");
    }

    private Path file(byte[] bytes) {
        return PictureFixture.write(folder.resolve("picture"), bytes);
    }

    /** One letter for each pixel: red, green, blue, white, black, or a question mark. */
    private static String letters(byte[] rgb) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < rgb.length; i += 3) {
            int red = rgb[i] & 0xff;
            int green = rgb[i + 1] & 0xff;
            int blue = rgb[i + 2] & 0xff;
            int most = Math.max(red, Math.max(green, blue));
            int least = Math.min(red, Math.min(green, blue));
            if (least > 220) {
                letters.append('W');
            } else if (most < 60) {
                letters.append('K');
            } else if (most - red - green - blue + most < 0) {
                letters.append('?');
            } else {
                letters.append(most == red ? 'R' : most == green ? 'G' : 'B');
            }
        }
        return letters.toString();
    }
}
