package io.github.layerc.pictures.image;

/**
 * Scales a picture whose rows come one after the other, from the top, to any height and width, each axis as {@link Axis} says. Values are averaged as
 * they are stored, not as intensities of light, and rounded once.
 */
final class Scaler {
    static final int CHANNELS = 3;

    private final Axis rows;
    private final Axis columns;
    private final long[] line;
    private final long[] sums;
    /** The first target row that is not complete. */
    private int open;

    Scaler(int sourceHeight, int sourceWidth, int height, int width) {
        this.rows = Axis.of(sourceHeight, height);
        this.columns = Axis.of(sourceWidth, width);
        this.line = new long[width * CHANNELS];
        this.sums = new long[height * width * CHANNELS];
    }

    /** @param rgb a colour {@code 0xRRGGBB} for each column; higher bits do not count */
    void add(int y, int[] rgb) {
        scaleLine(rgb);
        while (rows.to(open) <= y) {
            open++;
        }
        for (int row = open; row < rows.length() && rows.from(row) <= y; row++) {
            long weight = rows.weight(row, y);
            int at = row * line.length;
            for (int i = 0; i < line.length; i++) {
                sums[at + i] += weight * line[i];
            }
        }
    }

    private void scaleLine(int[] rgb) {
        for (int x = 0; x < columns.length(); x++) {
            long red = 0;
            long green = 0;
            long blue = 0;
            for (int from = columns.from(x); from < columns.to(x); from++) {
                long weight = columns.weight(x, from);
                int colour = rgb[from];
                red += weight * (colour >> 16 & 0xff);
                green += weight * (colour >> 8 & 0xff);
                blue += weight * (colour & 0xff);
            }
            line[x * CHANNELS] = red;
            line[x * CHANNELS + 1] = green;
            line[x * CHANNELS + 2] = blue;
        }
    }

    /** The picture {@code [height][width][3]}, after the last row. */
    byte[] result() {
        long total = rows.total() * columns.total();
        byte[] out = new byte[sums.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) ((sums[i] + total / 2) / total);
        }
        return out;
    }
}
