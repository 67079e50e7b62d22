package io.github.layerc.pictures;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.hdf5.HdfSource;
import io.github.layerc.network.Network;
import io.github.layerc.pictures.Canvas.Colour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A data set of two classes that this program draws, for whoever has no pictures at hand: 64x64x3 as the cat pictures are, class 1 the face of
 * a cat (head, ears, eyes, nose, whiskers), class 0 other things, both of the same colours, at varying places and sizes before the same kind
 * of clutter. A network can learn it, and does not get every picture right. The same seed draws the same bytes on every machine.
 */
public final class SyntheticPictures {
    private static final int SIZE = 64;
    private static final int CHANNELS = 3;
    private static final int TRAIN = 209;
    private static final int TEST = 50;
    private static final long SEED = 2;

    private static final String DRAWN = "drawn by layerc";

    /** Its version is raised by every change of what is drawn, so that files drawn before are drawn again. */
    private static final String ORIGIN = DRAWN + ", version 1, seed " + SEED;

    private static final double CAT_SHARE = 0.35;
    private static final double NOISE = 30;

    /** How far a face can be from the middle, in pixels. With 6 about 80 of 100 pictures are told apart after training, with 3 about 93. */
    private static final double JITTER = 4;

    private final Random random;

    private SyntheticPictures(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Checks that a network is one for such pictures, before any is drawn.
     *
     * @throws DataException if it does not take their values, or has more than one output
     */
    public static void requireFits(Network network) {
        int values = SIZE * SIZE * CHANNELS;
        if (network.inputs() != values || network.outputs() != 1) {
            throw DataException.of(
                    "network " + network.name(),
                    "no network for the pictures that are drawn where layerc.data names no others",
                    values + " inputs and 1 output",
                    network.inputs() + " and " + network.outputs());
        }
    }

    /** 209 pictures for training and 50 for test. */
    public static PictureSet draw() {
        return draw(SEED, TRAIN, TEST);
    }

    /**
     * Pictures of a seed; 35 of 100 are of class 1, rounded.
     *
     * @param train number of pictures for training, at least 1
     * @param test number of pictures for test, at least 1
     */
    public static PictureSet draw(long seed, int train, int test) {
        SyntheticPictures pictures = new SyntheticPictures(seed);
        Dataset trainSet = pictures.part(train);
        Dataset testSet = pictures.part(test);
        return new PictureSet(trainSet, testSet, List.of(SIZE, SIZE, CHANNELS), List.of("non-cat", "cat"));
    }

    /**
     * The pictures of {@link #draw()} in the files of a folder, where they are drawn if they are not there yet, and from where they are read
     * like any others.
     *
     * @throws DataException if the folder cannot be written to, or holds such files that are damaged or were not drawn by this class
     */
    public static PictureSet readOrDraw(Path folder) {
        boolean train = drawnBefore(folder.resolve(PictureFiles.TRAIN_FILE));
        boolean test = drawnBefore(folder.resolve(PictureFiles.TEST_FILE));
        if (!train || !test) {
            PictureFiles.write(folder, draw(), ORIGIN);
        }
        return PictureFiles.read(folder);
    }

    /** Whether this version drew the file. Pictures of somebody else are never replaced. */
    private static boolean drawnBefore(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try (HdfSource source = HdfSource.open(file)) {
            String origin = source.text(PictureFiles.ORIGIN);
            if (!origin.startsWith(DRAWN)) {
                throw DataException.of(
                        file,
                        "pictures would be replaced by drawn ones",
                        "no file or one that was drawn before",
                        origin.isEmpty() ? "a file of unknown origin" : "a file of origin " + origin);
            }
            return origin.equals(ORIGIN);
        }
    }

    private Dataset part(int count) {
        byte[] samples = new byte[count * SIZE * SIZE * CHANNELS];
        int[] labels = labels(count);
        for (int s = 0; s < count; s++) {
            picture(labels[s] == 1, samples, s * SIZE * SIZE * CHANNELS);
        }
        return Dataset.ofBytes(samples, SIZE * SIZE * CHANNELS, labels, 1);
    }

    private int[] labels(int count) {
        int[] labels = new int[count];
        int cats = (int) Math.round(CAT_SHARE * count);
        for (int s = 0; s < count; s++) {
            labels[s] = s < cats ? 1 : 0;
        }
        for (int s = count - 1; s > 0; s--) {
            int other = random.nextInt(s + 1);
            int label = labels[s];
            labels[s] = labels[other];
            labels[other] = label;
        }
        return labels;
    }

    private void picture(boolean cat, byte[] out, int at) {
        Canvas canvas = new Canvas(SIZE, colour(), colour());
        for (int i = random.nextInt(6); i > 0; i--) {
            thing(canvas, between(0, SIZE), between(0, SIZE), between(4, 12));
        }
        double x = SIZE / 2.0 + between(-JITTER, JITTER);
        double y = SIZE / 2.0 + between(-JITTER, JITTER);
        double radius = between(16, 24);
        if (cat) {
            face(canvas, x, y, radius);
        } else {
            thing(canvas, x, y, radius);
            thing(canvas, x + between(-10, 10), y + between(-10, 10), radius / 3);
            thing(canvas, x + between(-10, 10), y + between(-10, 10), radius / 3);
        }
        double[] noise = new double[SIZE * SIZE * CHANNELS];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = between(-NOISE, NOISE);
        }
        canvas.write(out, at, noise);
    }

    private void face(Canvas canvas, double x, double y, double r) {
        Colour fur = colour();
        Colour dark = fur.mix(new Colour(20, 15, 15), 0.8);
        Colour eye = new Colour(between(95, 165), between(115, 165), between(25, 105));
        for (int side = -1; side <= 1; side += 2) {
            canvas.paint(
                    Canvas.triangle(
                            x + side * 0.95 * r,
                            y - 1.35 * r,
                            x + side * 0.15 * r,
                            y - 0.75 * r,
                            x + side * 0.95 * r,
                            y - 0.1 * r),
                    fur);
        }
        canvas.paint(Canvas.ellipse(x, y, r, 0.85 * r), fur);
        for (int side = -1; side <= 1; side += 2) {
            canvas.paint(Canvas.ellipse(x + side * 0.42 * r, y - 0.2 * r, 0.24 * r, 0.18 * r), eye);
            canvas.paint(Canvas.ellipse(x + side * 0.42 * r, y - 0.2 * r, 0.07 * r, 0.17 * r), dark);
            for (int whisker = -1; whisker <= 1; whisker++) {
                canvas.paint(
                        Canvas.line(
                                x + side * 0.25 * r, y + 0.32 * r, x + side * 1.15 * r, y + (0.3 + 0.2 * whisker) * r),
                        dark);
            }
        }
        canvas.paint(Canvas.triangle(x - 0.14 * r, y + 0.15 * r, x + 0.14 * r, y + 0.15 * r, x, y + 0.33 * r), dark);
    }

    /** An ellipse, a box, a triangle or a line, of any colour. */
    private void thing(Canvas canvas, double x, double y, double r) {
        double width = between(0.6, 1.1) * r;
        double height = between(0.6, 1.1) * r;
        canvas.paint(
                switch (random.nextInt(4)) {
                    case 0 -> Canvas.ellipse(x, y, width, height);
                    case 1 -> Canvas.rectangle(x - width, y - height, x + width, y + height);
                    case 2 -> Canvas.triangle(x - width, y + height, x + width, y + height, x, y - height);
                    default -> Canvas.triangle(x - width, y - height, x + width, y - height, x, y + height);
                },
                colour());
    }

    /** Rather dark: brighter pictures make gradient descent with the learning rates of the notebook jump. */
    private Colour colour() {
        return new Colour(between(10, 140), between(10, 140), between(10, 140));
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
