package io.github.layerc.pictures;

/**
 * A square picture to draw on, three channels of bytes. Coordinates are in pixels, y downwards; the centre of pixel (0, 0) is (0.5, 0.5).
 * Only operations that every JVM rounds alike are used, so a picture is the same everywhere.
 */
final class Canvas {
    /** Whether a point belongs to a shape. */
    @FunctionalInterface
    interface Shape {
        boolean contains(double x, double y);
    }

    /** A colour, channels from 0 to 255. */
    record Colour(double red, double green, double blue) {

        /** Between this colour and another: this one for 0, the other for 1. */
        Colour mix(Colour other, double share) {
            return new Colour(
                    red + share * (other.red - red),
                    green + share * (other.green - green),
                    blue + share * (other.blue - blue));
        }
    }

    private final int size;
    private final Colour[] pixels;

    /** A canvas whose colour runs from {@code top} to {@code bottom}. */
    Canvas(int size, Colour top, Colour bottom) {
        this.size = size;
        this.pixels = new Colour[size * size];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / size;
            pixels[i] = top.mix(bottom, row / (double) size);
        }
    }

    /** Paints a shape, opaque. */
    void paint(Shape shape, Colour colour) {
        for (int i = 0; i < pixels.length; i++) {
            int row = i / size;
            int column = i % size;
            if (shape.contains(column + 0.5, row + 0.5)) {
                pixels[i] = colour;
            }
        }
    }

    static Shape ellipse(double x, double y, double radiusX, double radiusY) {
        return (px, py) -> {
            double dx = (px - x) / radiusX;
            double dy = (py - y) / radiusY;
            return dx * dx + dy * dy <= 1;
        };
    }

    static Shape rectangle(double left, double top, double right, double bottom) {
        return (px, py) -> px >= left && px < right && py >= top && py < bottom;
    }

    static Shape triangle(double ax, double ay, double bx, double by, double cx, double cy) {
        return (px, py) -> {
            boolean ab = side(ax, ay, bx, by, px, py) >= 0;
            boolean bc = side(bx, by, cx, cy, px, py) >= 0;
            boolean ca = side(cx, cy, ax, ay, px, py) >= 0;
            return ab == bc && bc == ca;
        };
    }

    /** A line one pixel wide. */
    static Shape line(double ax, double ay, double bx, double by) {
        double dx = bx - ax;
        double dy = by - ay;
        double square = dx * dx + dy * dy;
        return (px, py) -> {
            double along = ((px - ax) * dx + (py - ay) * dy) / square;
            double off = side(ax, ay, bx, by, px, py);
            return along >= 0 && along <= 1 && off * off <= 0.25 * square;
        };
    }

    /**
     * The bytes, row-major {@code [height][width][3]}, to {@code out} from {@code at} on.
     *
     * @param noise added to each, in the same order
     */
    void write(byte[] out, int at, double[] noise) {
        for (int i = 0; i < pixels.length; i++) {
            out[at + 3 * i] = toByte(pixels[i].red() + noise[3 * i]);
            out[at + 3 * i + 1] = toByte(pixels[i].green() + noise[3 * i + 1]);
            out[at + 3 * i + 2] = toByte(pixels[i].blue() + noise[3 * i + 2]);
        }
    }

    /** Twice the signed area of the triangle a, b, p. */
    private static double side(double ax, double ay, double bx, double by, double px, double py) {
        return (bx - ax) * (py - ay) - (by - ay) * (px - ax);
    }

    private static byte toByte(double value) {
        return (byte) (int) Math.max(0, Math.min(255, value));
    }
}
