package io.github.layerc.pictures.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;

/**
 * The rows of a decoded picture as sRGB colours of 8 bits, on white where it is transparent. Grey is taken as it is stored, three times: Java takes
 * it for linear light and would make it brighter. Colours of another profile are converted.
 */
final class PixelRows {
    private static final int WHITE = 255;
    private static final int MAX = 255;

    private final BufferedImage image;
    private final ColorModel colours;
    private final boolean hasSamples;
    private int[] samples = {};

    private PixelRows(BufferedImage image) {
        this.image = image;
        this.colours = image.getColorModel();
        this.hasSamples = colours instanceof ComponentColorModel && !colours.isAlphaPremultiplied();
    }

    static PixelRows of(BufferedImage image) {
        ColorSpace space = image.getColorModel().getColorSpace();
        boolean known = space.isCS_sRGB() || space.getType() == ColorSpace.TYPE_GRAY;
        return new PixelRows(known ? image : converted(image));
    }

    private static BufferedImage converted(BufferedImage image) {
        int type = image.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        BufferedImage out = new BufferedImage(image.getWidth(), image.getHeight(), type);
        return new ColorConvertOp(null).filter(image, out);
    }

    /** @param rgb takes a colour {@code 0xRRGGBB} for each column */
    void read(int y, int[] rgb) {
        if (!hasSamples) {
            image.getRGB(0, y, rgb.length, 1, rgb, 0, rgb.length);
            for (int x = 0; x < rgb.length; x++) {
                int colour = rgb[x];
                rgb[x] = onWhite(colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff, colour >>> 24);
            }
            return;
        }
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        samples = samples.length == 0 ? new int[bands * rgb.length] : samples;
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, rgb.length, 1, samples);
        int most = (1 << colours.getComponentSize(0)) - 1;
        boolean grey = colours.getNumColorComponents() == 1;
        for (int x = 0; x < rgb.length; x++) {
            int at = x * bands;
            int red = eightBits(samples[at], most);
            int green = grey ? red : eightBits(samples[at + 1], most);
            int blue = grey ? red : eightBits(samples[at + 2], most);
            int alpha = colours.hasAlpha() ? eightBits(samples[at + bands - 1], most) : MAX;
            rgb[x] = onWhite(red, green, blue, alpha);
        }
    }

    private static int eightBits(int sample, int most) {
        return most == MAX ? sample : (sample * MAX + most / 2) / most;
    }

    private static int onWhite(int red, int green, int blue, int alpha) {
        return onWhite(red, alpha) << 16 | onWhite(green, alpha) << 8 | onWhite(blue, alpha);
    }

    private static int onWhite(int value, int alpha) {
        return (value * alpha + WHITE * (MAX - alpha) + MAX / 2) / MAX;
    }
}
