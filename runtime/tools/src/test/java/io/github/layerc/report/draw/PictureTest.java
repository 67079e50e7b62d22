package io.github.layerc.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class PictureTest {
    @Test
    void isAFileOfPngWithinThePage() throws IOException {
        int[] rgb = new Random(1).ints(7 * 5, 0, 1 << 24).toArray();
        Html html = new Html();
        new Picture(7, 5, rgb).draw(html, "a \"picture\"");

        String img = html.toString();
        assertThat(img)
                .startsWith("<img src=\"data:image/png;base64,")
                .endsWith("alt=\"a &quot;picture&quot;\" width=\"7\" height=\"5\"/>");
        String data = img.substring(img.indexOf("base64,") + 7, img.indexOf("\" alt"));
        assertThat(pixels(Base64.getDecoder().decode(data), 7, 5)).containsExactly(rgb);
    }

    /** Reads a file as the specification of PNG says, for the one kind that is written here. */
    private static int[] pixels(byte[] file, int width, int height) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        assertThat(in.readLong()).isEqualTo(0x89504e470d0a1a0aL);
        DataInputStream header = new DataInputStream(new ByteArrayInputStream(chunk(in, "IHDR")));
        assertThat(header.readInt()).isEqualTo(width);
        assertThat(header.readInt()).isEqualTo(height);
        assertThat(header.readAllBytes()).containsExactly(8, 2, 0, 0, 0);
        byte[] rows = new InflaterInputStream(new ByteArrayInputStream(chunk(in, "IDAT"))).readAllBytes();
        assertThat(chunk(in, "IEND")).isEmpty();
        assertThat(in.read()).isEqualTo(-1);
        int[] rgb = new int[width * height];
        int at = 0;
        for (int y = 0; y < height; y++) {
            assertThat(rows[at++]).as("filter").isEqualTo((byte) 1);
            int[] channels = new int[3];
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    channels[c] = channels[c] + rows[at++] & 255;
                }
                rgb[y * width + x] = channels[0] << 16 | channels[1] << 8 | channels[2];
            }
        }
        assertThat(rows).hasSize(at);
        return rgb;
    }

    private static byte[] chunk(DataInputStream in, String type) throws IOException {
        int length = in.readInt();
        byte[] name = in.readNBytes(4);
        byte[] data = in.readNBytes(length);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data);
        assertThat(new String(name, StandardCharsets.US_ASCII)).isEqualTo(type);
        assertThat(in.readInt()).isEqualTo((int) check.getValue());
        return data;
    }

    @Test
    void becomesSmallerByMeans() {
        int[] rgb = new int[160 * 320];
        for (int i = 0; i < rgb.length; i++) {
            // columns of four pixels by turns
            rgb[i] = i % 4 < 2 ? 0x640a00 : 0x661e02;
        }
        Picture small = new Picture(160, 320, rgb).forPage();

        assertThat(small.width()).isEqualTo(40);
        assertThat(small.height()).isEqualTo(80);
        assertThat(small.rgb()).containsOnly(0x651401);
        assertThat(small.forPage()).isSameAs(small);
        assertThat(new Picture(10_000, 1, new int[10_000]).forPage().height()).isEqualTo(1);
    }

    @Test
    void takesWhatIsNoColourToTheNearestOne() {
        assertThat(Picture.colour(-1, 255.5, Double.NaN)).isEqualTo(0x00ff00);
        assertThat(Picture.colour(Double.NEGATIVE_INFINITY, 1e300, 127.5)).isEqualTo(0x00ff80);
    }

    @Test
    void refusesPixelsThatDoNotFit() {
        assertThatThrownBy(() -> new Picture(2, 3, new int[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pixels must be those of width and height: width=2, height=3, pixels=5");
    }
}
