package io.github.layerc.data;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Parameters of a network in an HDF5 file: datasets {@code W1}, {@code b1}, ... of shapes {@code [units, fan-in]} and {@code [units, 1]} in the
 * precision of the network. Attributes of the root group: {@code layerc_version}, {@code spec} (the text), {@code spec_sha256} (of its UTF-8
 * bytes, in hexadecimal), {@code iterations}, {@code precision}.
 */
public final class Checkpoint {
    /** HDF5 holds an attribute in less than 64 KiB, and jhdf 0.13 writes damaged files from 59,554 bytes on. */
    private static final int MAX_SPEC_BYTES = 50_000;

    private Checkpoint() {}

    /**
     * The parameters in the canonical layout; floats are widened.
     *
     * @throws DataException if the file is missing, damaged, or does not hold finite parameters of exactly these layers
     */
    public static double[] read(Path file, Network network) {
        double[] parameters = new double[network.parameterCount()];
        try (HdfSource source = HdfSource.open(file)) {
            for (Layer layer : network.layers()) {
                read(source, "W" + layer.number(), parameters, layer.weightsAt(), layer.units(), layer.fanIn());
                read(source, "b" + layer.number(), parameters, layer.biasAt(), layer.units(), 1);
            }
            String next = "W" + (network.layers().size() + 1);
            if (source.has(next)) {
                String layers = network.layers().size() + " layers of network " + network.name();
                throw DataException.of(file, "checkpoint of a deeper network", layers, "dataset " + next);
            }
        }
        return parameters;
    }

    /**
     * Writes a checkpoint, whole or not at all.
     *
     * @param parameters in the canonical layout, rounded to the precision of the network
     * @param spec the text that the network was read from
     * @param iterations updates that led to these parameters
     * @throws DataException if the file cannot be written
     */
    public static void write(Path file, Network network, double[] parameters, String spec, int iterations) {
        Path absolute = file.toAbsolutePath();
        OutputFolder.open(absolute.getParent())
                .write(Map.of(absolute.getFileName().toString(), content(file, network, parameters, spec, iterations)));
    }

    /**
     * The same to be written together with other files.
     *
     * @param place file for messages
     */
    public static OutputFolder.Content content(
            Path place, Network network, double[] parameters, String spec, int iterations) {
        if (parameters.length != network.parameterCount()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.parameterCount()
                    + " parameters: length=" + parameters.length);
        }
        requireSpec(place, spec);
        return file -> {
            try (WritableHdfFile hdf = HdfFile.write(file)) {
                for (Layer layer : network.layers()) {
                    boolean floats = network.precision() == Precision.FLOAT;
                    double[][] weights = rows(parameters, layer.weightsAt(), layer.units(), layer.fanIn());
                    double[][] bias = rows(parameters, layer.biasAt(), layer.units(), 1);
                    hdf.putDataset("W" + layer.number(), floats ? rounded(weights) : weights);
                    hdf.putDataset("b" + layer.number(), floats ? rounded(bias) : bias);
                }
                hdf.putAttribute("layerc_version", version());
                hdf.putAttribute("spec", spec);
                hdf.putAttribute("spec_sha256", sha256(spec));
                hdf.putAttribute("iterations", iterations);
                hdf.putAttribute("precision", network.precision().keyword());
            }
        };
    }

    /**
     * Checks that a text fits into a checkpoint, so that this is known before the training.
     *
     * @param place file for messages
     * @throws DataException if it is too long
     */
    public static void requireSpec(Path place, String spec) {
        int length = spec.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_SPEC_BYTES) {
            throw DataException.of(
                    place, "spec is too long for a checkpoint", "at most " + MAX_SPEC_BYTES + " bytes", length);
        }
    }

    private static void read(HdfSource source, String name, double[] parameters, int at, int rows, int columns) {
        HdfArray array = source.array(name);
        array.requireShape(rows, columns);
        double[] values = array.reals();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                String place = name + "[" + i / columns + ", " + i % columns + "]";
                throw array.broken("parameters must be finite", "a finite " + place, values[i]);
            }
        }
        System.arraycopy(values, 0, parameters, at, values.length);
    }

    private static double[][] rows(double[] parameters, int at, int rows, int columns) {
        double[][] out = new double[rows][columns];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(parameters, at + r * columns, out[r], 0, columns);
        }
        return out;
    }

    private static float[][] rounded(double[][] rows) {
        float[][] out = new float[rows.length][rows[0].length];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < rows[r].length; c++) {
                out[r][c] = (float) rows[r][c];
            }
        }
        return out;
    }

    /** From the manifest of the jar; a build that was not packaged has none. */
    private static String version() {
        String version = Checkpoint.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java platform has SHA-256", e);
        }
    }
}
