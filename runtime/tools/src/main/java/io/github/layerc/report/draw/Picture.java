package io.github.layerc.report.draw;

import java.util.Arrays;
import java.util.Base64;

/** A small picture of a page, which holds it as text: no other file is needed. */
public final class Picture {
    /** Pictures with more pixels on a side are made smaller: this is about as large as they are shown. */
    public static final int MOST_PIXELS = 80;

    private final int width;
    private final int height;
    private final int[] rgb;

    /**
     * A picture of at least one pixel.
     *
     * @param rgb row by row, {@code 0xrrggbb}; not copied
     */
    public Picture(int width, int height, int[] rgb) {
        if (width < 1 || height < 1 || rgb.length != (long) width * height) {
            throw new IllegalArgumentException("pixels must be those of width and height: width=" + width + ", height="
                    + height + ", pixels=" + rgb.length);
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /** Channels from 0 to 255, rounded; what lies beyond is taken to the end, and NaN to 0. */
    public static int colour(double red, double green, double blue) {
        return channel(red) << 16 | channel(green) << 8 | channel(blue);
    }

    private static int channel(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public int[] rgb() {
        return rgb.clone();
    }

    /** The same, small enough for a page: each pixel the mean of those that it covers. */
    public Picture forPage() {
        int longer = Math.max(width, height);
        if (longer <= MOST_PIXELS) {
            return this;
        }
        int toWidth = Math.max(1, (int) ((long) width * MOST_PIXELS / longer));
        int toHeight = Math.max(1, (int) ((long) height * MOST_PIXELS / longer));
        int[] smaller = new int[toWidth * toHeight];
        for (int y = 0; y < toHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                smaller[y * toWidth + x] = mean(
                        (int) ((long) x * width / toWidth),
                        (int) ((long) (x + 1) * width / toWidth),
                        (int) ((long) y * height / toHeight),
                        (int) ((long) (y + 1) * height / toHeight));
            }
        }
        return new Picture(toWidth, toHeight, smaller);
    }

    private int mean(int left, int right, int top, int bottom) {
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int pixel = rgb[y * width + x];
                red += pixel >> 16 & 255;
                green += pixel >> 8 & 255;
                blue += pixel & 255;
            }
        }
        double count = (double) (right - left) * (bottom - top);
        return colour(red / count, green / count, blue / count);
    }

    /** Puts the picture into a page. */
    public void draw(Html html, String alt) {
        String data = Base64.getEncoder().encodeToString(Png.of(width, height, rgb));
        html.empty("img", "src", "data:image/png;base64," + data, "alt", alt, "width", width, "height", height);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture picture
                && width == picture.width
                && height == picture.height
                && Arrays.equals(rgb, picture.rgb);
    }

    @Override
    public int hashCode() {
        return 31 * width + Arrays.hashCode(rgb);
    }
}
