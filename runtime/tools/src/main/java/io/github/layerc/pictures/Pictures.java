package io.github.layerc.pictures;

import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import io.github.layerc.network.Network;
import io.github.layerc.pictures.image.PictureReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Pictures in files - PNG, JPEG and GIF, of any size - as samples of a network.
 *
 * <ul>
 *   <li>The whole picture is scaled to the height and width of the network, whatever its own proportions: by areas where an axis shrinks (each pixel is
 *       the mean of all that it covers), linearly where it grows. {@link #SCALING} names that in a model.
 *   <li>Colours are sRGB bytes; JPEG with another profile, or in CMYK, is converted, PNG is taken for sRGB. Transparent pixels lie on white. A network of
 *       one channel gets the luma of ITU-R BT.601, {@code 0.299 R + 0.587 G + 0.114 B}, rounded.
 *   <li>JPEG is turned upright as its EXIF says. Of an animated GIF, the first picture is read.
 * </ul>
 */
public final class Pictures {
    /** The way in which pictures are scaled, as models remember it; another name is due where the same picture becomes other bytes. */
    public static final String SCALING = "area_or_bilinear";

    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "gif");
    private static final String SHAPES = "(height, width, 3), (height, width, 1) or (height, width)";
    private static final int RGB = 3;

    private Pictures() {}

    /**
     * One picture, unscaled bytes in the order of a sample, {@code [height][width][channels]}.
     *
     * @param shape {@code (height, width, 3)} for colours, {@code (height, width, 1)} or {@code (height, width)} for grey
     * @throws DataException if the file is missing, empty, no picture, damaged, cut off, or of more than 200 million pixels
     * @throws IllegalArgumentException if the shape is another one
     */
    public static byte[] read(Path file, List<Integer> shape) {
        if (!isPicture(shape)) {
            throw new IllegalArgumentException("shape of pictures must be " + SHAPES + ": shape=" + shape);
        }
        byte[] rgb = PictureReader.read(file, shape.get(0), shape.get(1));
        return channels(shape) == RGB ? rgb : luma(rgb);
    }

    /**
     * Many pictures, one behind the other, in the order of the files. They are read in parallel.
     *
     * @param place of all of them, for messages
     * @param shape as above
     * @throws DataErrors if some of them cannot be read: all of these
     * @throws DataException if they are more than an array holds
     */
    public static byte[] readAll(Path place, List<Path> files, List<Integer> shape) {
        int size = shape.stream().reduce(1, Math::multiplyExact);
        if (files.size() > Integer.MAX_VALUE / size) {
            throw DataException.of(place, "too many pictures", "at most " + Integer.MAX_VALUE / size, files.size());
        }
        byte[] all = new byte[files.size() * size];
        DataException[] errors = new DataException[files.size()];
        IntStream.range(0, files.size()).parallel().forEach(i -> {
            try {
                System.arraycopy(read(files.get(i), shape), 0, all, i * size, size);
            } catch (DataException e) {
                errors[i] = e;
            }
        });
        DataErrors.requireNone(
                place, Arrays.stream(errors).filter(Objects::nonNull).toList());
        return all;
    }

    /** Whether a name says that the file is a picture. */
    public static boolean isNamedAsPicture(Path file) {
        String name = file.getFileName().toString();
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * Checks that the samples of a network can be pictures.
     *
     * @param place where the pictures are
     * @throws DataException if its input has another shape
     */
    public static void requireFits(Path place, Network network) {
        List<Integer> shape = network.input().shape();
        if (!isPicture(shape)) {
            throw DataException.of(
                    place, "network " + network.name() + " takes no pictures", "input shape " + SHAPES, shape);
        }
    }

    /** Whether a shape is one that pictures can have. */
    public static boolean isPicture(List<Integer> shape) {
        return shape.size() == 2 || (shape.size() == 3 && (shape.get(2) == RGB || shape.get(2) == 1));
    }

    private static int channels(List<Integer> shape) {
        return shape.size() == 2 ? 1 : shape.get(2);
    }

    private static byte[] luma(byte[] rgb) {
        byte[] grey = new byte[rgb.length / RGB];
        for (int i = 0; i < grey.length; i++) {
            int red = rgb[i * RGB] & 0xff;
            int green = rgb[i * RGB + 1] & 0xff;
            int blue = rgb[i * RGB + 2] & 0xff;
            grey[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
        }
        return grey;
    }
}
