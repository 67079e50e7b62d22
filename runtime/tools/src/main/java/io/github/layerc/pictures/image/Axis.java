package io.github.layerc.pictures.image;

/**
 * With what weights the pixels along one axis of a picture become those of another length, all whole numbers, so that every machine rounds alike.
 *
 * <ul>
 *   <li>Where it shrinks, by areas (a box filter): a pixel is the mean of all that it covers, those at its ends by the share that it covers of them.
 *   <li>Where it grows, linear between the two pixels whose centres are the nearest; beyond the outermost centres, the outermost pixel.
 * </ul>
 */
final class Axis {
    private final int[] first;
    private final int[][] weights;
    private final long total;

    private Axis(int length, long total) {
        this.first = new int[length];
        this.weights = new int[length][];
        this.total = total;
    }

    /**
     * @param source number of pixels, at least 1
     * @param target number of pixels that they become, at least 1
     */
    static Axis of(int source, int target) {
        return target <= source ? areas(source, target) : linear(source, target);
    }

    /** A source pixel is {@code target} units long, so that a target pixel is {@code source} units. */
    private static Axis areas(int source, int target) {
        Axis axis = new Axis(target, source);
        for (int i = 0; i < target; i++) {
            long start = (long) i * source;
            long end = start + source;
            int from = (int) (start / target);
            int to = (int) ((end + target - 1) / target);
            int[] shares = new int[to - from];
            for (int j = from; j < to; j++) {
                shares[j - from] = (int) (Math.min(end, (j + 1L) * target) - Math.max(start, (long) j * target));
            }
            axis.set(i, from, shares);
        }
        return axis;
    }

    /** Source pixels are {@code 2 target} units apart; the centre of target pixel {@code i} lies {@code (2 i + 1) source - target} behind the first centre. */
    private static Axis linear(int source, int target) {
        long apart = 2L * target;
        Axis axis = new Axis(target, apart);
        for (int i = 0; i < target; i++) {
            long at = Math.min(Math.max((2L * i + 1) * source - target, 0), (source - 1) * apart);
            int from = (int) (at / apart);
            int behind = (int) (at % apart);
            axis.set(i, from, behind == 0 ? new int[] {(int) apart} : new int[] {(int) apart - behind, behind});
        }
        return axis;
    }

    private void set(int pixel, int from, int[] shares) {
        first[pixel] = from;
        weights[pixel] = shares;
    }

    /** Number of target pixels. */
    int length() {
        return first.length;
    }

    /** The first source pixel that a target pixel is made of. */
    int from(int pixel) {
        return first[pixel];
    }

    /** The source pixel behind the last that a target pixel is made of. */
    int to(int pixel) {
        return first[pixel] + weights[pixel].length;
    }

    /** The weight of a source pixel from {@link #from} to {@link #to}. */
    int weight(int pixel, int source) {
        return weights[pixel][source - first[pixel]];
    }

    /** The sum of the weights, the same for every target pixel. */
    long total() {
        return total;
    }
}
