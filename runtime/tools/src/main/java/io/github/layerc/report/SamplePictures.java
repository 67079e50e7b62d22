package io.github.layerc.report;

import io.github.layerc.report.draw.Picture;
import java.util.List;
import java.util.Optional;

/**
 * How the values of a sample, or of anything of its shape, become a picture.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 */
record SamplePictures(int height, int width, int channels) {

    /** Empty where the shape is not height, width and 1 or 3 channels: other pictures are some to a network, but none to the eye. */
    static Optional<SamplePictures> of(List<Integer> shape) {
        boolean visible = shape.size() == 3 && (shape.get(2) == 1 || shape.get(2) == 3);
        return visible ? Optional.of(new SamplePictures(shape.get(0), shape.get(1), shape.get(2))) : Optional.empty();
    }

    int size() {
        return height * width * channels;
    }

    /** Values from 0 to 255 as they are. */
    Picture of(double[] values) {
        return signed(values, 0, 1);
    }

    /**
     * Weights: grey for 0, white and black, or full and no colour, for the largest that occurs and its negative.
     *
     * @param largest its size
     */
    Picture ofWeights(double[] weights, double largest) {
        return signed(weights, 127.5, largest > 0 ? 127.5 / largest : 0);
    }

    private Picture signed(double[] values, double zero, double factor) {
        int[] rgb = new int[height * width];
        for (int i = 0; i < rgb.length; i++) {
            double[] colour = new double[3];
            for (int c = 0; c < 3; c++) {
                colour[c] = zero + factor * values[i * channels + Math.min(c, channels - 1)];
            }
            rgb[i] = Picture.colour(colour[0], colour[1], colour[2]);
        }
        return new Picture(width, height, rgb).forPage();
    }

    /**
     * Over the darkened picture from black over red and yellow to white, how much each pixel weighs.
     *
     * @param values of the picture, from 0 to 255
     * @param weights one for each pixel, see {@link #areas}
     * @param none the weight up to which a pixel stays dark
     * @param full the weight from which it is white
     */
    Picture ofHeat(double[] values, double[] weights, double none, double full) {
        int[] rgb = new int[height * width];
        for (int i = 0; i < rgb.length; i++) {
            double heat = full > none ? Math.max(0, Math.min(1, (weights[i] - none) / (full - none))) : 0;
            double grey = 0;
            for (int c = 0; c < channels; c++) {
                grey += values[i * channels + c] / channels;
            }
            double dark = 0.35 * grey * (1 - heat);
            rgb[i] = Picture.colour(
                    dark + Math.min(255, 3 * 255 * heat),
                    dark + Math.max(0, Math.min(255, 255 * (3 * heat - 1))),
                    dark + Math.max(0, 255 * (3 * heat - 2)));
        }
        return new Picture(width, height, rgb).forPage();
    }

    /**
     * Of each pixel the mean size of the gradient around it: that of a dense network is as rough as its weights, and only areas tell something. Around
     * means a thirty-second of the picture's side in each direction.
     */
    double[] areas(double[] gradient) {
        double[] sizes = new double[height * width];
        for (int i = 0; i < gradient.length; i++) {
            sizes[i / channels] += Math.abs(gradient[i]) / channels;
        }
        int reach = Math.max(height, width) / 32;
        double[] areas = new double[sizes.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                areas[y * width + x] = mean(sizes, x, y, reach);
            }
        }
        return areas;
    }

    private double mean(double[] sizes, int x, int y, int reach) {
        double sum = 0;
        int count = 0;
        for (int row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
            for (int column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++) {
                sum += sizes[row * width + column];
                count++;
            }
        }
        return sum / count;
    }
}
