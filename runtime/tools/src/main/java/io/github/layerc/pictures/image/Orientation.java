package io.github.layerc.pictures.image;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * How a camera was held, as the tag Orientation of EXIF says (CIPA DC-008, 4.6.5.1.6): where the first row and the first column of the stored picture
 * are, seen upright. 1: top, left; 2: top, right; 3: bottom, right; 4: bottom, left; 5: left, top; 6: right, top; 7: right, bottom; 8: left, bottom.
 *
 * @param tag from 1 to 8
 */
record Orientation(int tag) {
    private static final Orientation UPRIGHT = new Orientation(1);

    /** The orientation of a JPEG file; upright where it has none, or EXIF that cannot be read, which no viewer refuses either. */
    static Orientation of(byte[] jpeg) {
        try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            List<JPEGSegment> exif = JPEGSegmentUtil.readSegments(stream, JPEG.APP1, "Exif");
            return exif.isEmpty() ? UPRIGHT : read(exif.get(0));
        } catch (IOException | RuntimeException e) {
            return UPRIGHT;
        }
    }

    private static Orientation read(JPEGSegment exif) throws IOException {
        InputStream data = exif.data();
        // a second zero ends the name of the segment
        data.skipNBytes(1);
        try (MemoryCacheImageInputStream tiff = new MemoryCacheImageInputStream(data)) {
            Entry entry = new TIFFReader().read(tiff).getEntryById(TIFF.TAG_ORIENTATION);
            boolean known = entry != null && entry.getValue() instanceof Number tag && isKnown(tag.intValue());
            return known ? new Orientation(((Number) entry.getValue()).intValue()) : UPRIGHT;
        }
    }

    private static boolean isKnown(int tag) {
        return tag >= 1 && tag <= 8;
    }

    /** Whether the rows of the stored picture are columns of the upright one. */
    boolean isTurned() {
        return tag >= 5;
    }

    /**
     * Turns a picture upright.
     *
     * @param stored {@code [height][width][3]} of an upright picture, or {@code [width][height][3]} where it {@linkplain #isTurned is turned}
     * @param height of the upright picture
     * @param width of the upright picture
     */
    byte[] upright(byte[] stored, int height, int width) {
        if (tag == 1) {
            return stored;
        }
        int channels = Scaler.CHANNELS;
        int storedWidth = isTurned() ? height : width;
        byte[] out = new byte[stored.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromRight = width - 1 - x;
                int fromBottom = height - 1 - y;
                int row = switch (tag) {
                    case 2 -> y;
                    case 3, 4 -> fromBottom;
                    case 5, 8 -> x;
                    default -> fromRight;
                };
                int column = switch (tag) {
                    case 2, 3 -> fromRight;
                    case 4 -> x;
                    case 5, 6 -> y;
                    default -> fromBottom;
                };
                System.arraycopy(
                        stored, (row * storedWidth + column) * channels, out, (y * width + x) * channels, channels);
            }
        }
        return out;
    }
}
