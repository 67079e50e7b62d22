package io.github.layerc.table;

/**
 * The linear function {@code (x - center) / scale}.
 *
 * @param center finite
 * @param scale finite and not 0
 */
public record Line(double center, double scale) {
    /** Leaves a number as it is. */
    public static final Line IDENTITY = new Line(0, 1);

    public Line {
        if (!Double.isFinite(center) || !Double.isFinite(scale) || scale == 0) {
            throw new IllegalArgumentException(
                    "center and scale must be finite, scale not 0: center=" + center + ", scale=" + scale);
        }
    }

    public double apply(double x) {
        return (x - center) / scale;
    }

    /** The number of which {@link #apply} makes {@code y}, with its sign where it is 0. */
    public double undo(double y) {
        double scaled = y * scale;
        return center == 0 ? scaled : scaled + center;
    }
}
