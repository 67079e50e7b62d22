package io.github.layerc.checkpoint;

import io.github.layerc.data.DataException;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.hdf5.HdfArray;
import io.github.layerc.hdf5.HdfOutput;
import io.github.layerc.hdf5.HdfSource;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Label;
import io.github.layerc.table.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parameters of a network in an HDF5 file, with what they are the parameters of. Datasets {@code W1}, {@code b1}, ... of shapes
 * {@code [units, fan-in]} and {@code [units, 1]} in the precision of the network. Attributes of the root group, texts but for numbers:
 *
 * <ul>
 *   <li>{@code format}: {@value #FORMAT}, raised by every change after which files written before mean something else
 *   <li>{@code network}, {@code precision}, {@code loss}, {@code input_shape}, {@code input_scale}, {@code activations} of the layers
 *   <li>{@code content_sha256}: the checksum of all of that and of the parameters, see {@link ModelText#digest}
 *   <li>{@code layerc_version}; and of a training that writes its model, {@code iterations} (updates that led to these parameters), {@code spec}
 *       (the text) and {@code spec_sha256} (of its UTF-8 bytes, in hexadecimal), {@code classes} (names, an array of JSON) and {@code picture_scaling}, see
 *       {@link ModelLabels}
 * </ul>
 *
 * <p>A model of named columns has a dataset of bytes {@code table}, see {@link TableText}.
 */
public final class Checkpoint {
    /** HDF5 holds an attribute in less than 64 KiB, and jhdf 0.13 writes damaged files from 59,554 bytes on. */
    private static final int MAX_TEXT_BYTES = 50_000;

    private static final int FORMAT = 2;

    private static final String DIGEST = "content_sha256";

    private Checkpoint() {}

    /**
     * The parameters in the canonical layout; floats are widened.
     *
     * @throws DataException if the file is missing, damaged, of another format, or does not hold finite parameters of a network with exactly these
     *     layers, their activations, and this input; its loss and training may be others
     */
    public static double[] read(Path file, Network network) {
        double[] parameters = new double[network.parameterCount()];
        readInto(parameters, file, network);
        return parameters;
    }

    /**
     * What a model says of its data.
     *
     * @throws DataException as above, or if the names of its classes are not as many as the network has classes
     */
    public static ModelLabels readLabels(Path file, Network network) {
        return ModelLabels.read(file, readInto(new double[network.parameterCount()], file, network), network);
    }

    /**
     * What the table of a model learned.
     *
     * @throws DataException as above, or if the model has no table, or another one
     */
    public static Fitted readFitted(Path file, Network network, Table table) {
        return TableText.read(file, readLabels(file, network).table(), table);
    }

    /** Reads the parameters, and returns the texts of {@link ModelLabels}. */
    private static Map<String, String> readInto(double[] parameters, Path file, Network network) {
        try (HdfSource source = HdfSource.open(file)) {
            requireFormat(source);
            for (Layer layer : network.layers()) {
                for (Layer.Parameters each : layer.parameters()) {
                    read(source, each.name(), parameters, each.at(), each.rows(), each.columns());
                }
            }
            String next = "W" + (network.layers().size() + 1);
            if (source.has(next)) {
                String layers = network.layers().size() + " layers of network " + network.name();
                throw DataException.of(file, "checkpoint of a deeper network", layers, "dataset " + next);
            }
            ModelText model = ModelText.read(source, network);
            Map<String, String> labels = ModelLabels.texts(source);
            if (network.layers().stream()
                    .flatMap(layer -> layer.absent().stream())
                    .anyMatch(source::has)) {
                // its checksum is of more parameters
                model.requireFits(file, network);
            }
            requireDigest(source, model, labels, parameters);
            model.requireFits(file, network);
            return labels;
        }
    }

    /** Before anything else is read: of another format, whatever it has may mean something else. */
    private static void requireFormat(HdfSource source) {
        String format = source.text("format");
        if (!format.equals(String.valueOf(FORMAT))) {
            String found = format.isEmpty() ? "none, as in files of older versions" : "format " + format;
            throw DataException.of(source.path(), "unsupported format of a checkpoint", "format " + FORMAT, found);
        }
    }

    private static void requireDigest(
            HdfSource source, ModelText model, Map<String, String> labels, double[] parameters) {
        String spec = source.text("spec");
        String digest = model.digest(run(source.text("iterations"), spec, labels), parameters);
        if (!digest.equals(source.text(DIGEST))) {
            String expected = "contents with the SHA-256 " + source.text(DIGEST);
            throw DataException.of(source.path(), "damaged checkpoint", expected, digest);
        }
    }

    /** What a training adds to the checksum; empty texts stand for what a file does not have, but labels, which older files have not, are left out. */
    private static Map<String, String> run(String iterations, String spec, Map<String, String> labels) {
        Map<String, String> run = new TreeMap<>(labels);
        run.put("format", String.valueOf(FORMAT));
        run.put("iterations", iterations);
        run.put("spec_sha256", spec.isEmpty() ? "" : ModelText.sha256(spec));
        return run;
    }

    /**
     * Writes a checkpoint of parameters alone, whole or not at all.
     *
     * @param parameters in the canonical layout; they are rounded to the precision of the network
     * @throws DataException if the file cannot be written, or could not be read: a parameter is not finite once it is rounded
     */
    public static void write(Path file, Network network, double[] parameters) {
        write(file, content(file, network, parameters, "", "", ModelLabels.NONE));
    }

    /**
     * Writes a checkpoint, whole or not at all.
     *
     * @param parameters in the canonical layout; they are rounded to the precision of the network
     * @param spec the text that the network was read from
     * @param iterations updates that led to these parameters
     * @throws DataException if the file cannot be written, or could not be read: a parameter is not finite once it is rounded
     */
    public static void write(Path file, Network network, double[] parameters, String spec, int iterations) {
        write(file, content(file, network, parameters, spec, iterations, ModelLabels.NONE));
    }

    /**
     * Writes a checkpoint of parameters and what a table learned, whole or not at all.
     *
     * @param parameters in the canonical layout; they are rounded to the precision of the network
     * @throws DataException as above
     */
    public static void write(Path file, Network network, double[] parameters, Fitted fitted) {
        write(file, content(file, network, parameters, "", "", labels(fitted)));
    }

    /** What a model remembers of a table. */
    public static ModelLabels labels(Fitted fitted) {
        List<String> classes = fitted.table().label().map(Label::classes).orElse(List.of());
        return new ModelLabels(classes, "", TableText.json(fitted).toString());
    }

    private static void write(Path file, OutputFolder.Content content) {
        Path absolute = file.toAbsolutePath();
        if (absolute.getFileName() == null) {
            throw DataException.of(file, "cannot write this file", "a file or nothing of this name", "a folder");
        }
        OutputFolder.open(absolute.getParent())
                .write(Map.of(absolute.getFileName().toString(), content));
    }

    /**
     * The same to be written together with other files.
     *
     * @param place file for messages
     * @throws DataException if the file could not be read: a parameter is not finite once it is rounded
     */
    public static OutputFolder.Content content(
            Path place, Network network, double[] parameters, String spec, int iterations, ModelLabels labels) {
        return content(place, network, parameters, spec, String.valueOf(iterations), labels);
    }

    /** @param iterations as text; empty, as the spec, where there is none to be written */
    private static OutputFolder.Content content(
            Path place, Network network, double[] parameters, String spec, String iterations, ModelLabels labels) {
        requireSpec(place, spec);
        requireLabels(place, labels);
        if (!labels.fit(network)) {
            throw new IllegalArgumentException(
                    "names of classes must fit network " + network.name() + ": classes=" + labels.classes());
        }
        ModelText model = ModelText.of(network);
        model.texts().forEach((name, text) -> requireLength(place, name, text));
        if (parameters.length != network.parameterCount()) {
            throw new IllegalArgumentException("network " + network.name() + " has " + network.parameterCount()
                    + " parameters: length=" + parameters.length);
        }
        double[] stored =
                Arrays.stream(parameters).map(network.precision()::rounded).toArray();
        for (Layer layer : network.layers()) {
            for (Layer.Parameters each : layer.parameters()) {
                requireFinite(place, each.name(), stored, each.at(), each.rows(), each.columns());
            }
        }
        return file -> HdfOutput.write(file, hdf -> {
            boolean floats = network.precision() == Precision.FLOAT;
            for (Layer layer : network.layers()) {
                for (Layer.Parameters each : layer.parameters()) {
                    double[][] rows = rows(stored, each.at(), each.rows(), each.columns());
                    hdf.putDataset(each.name(), floats ? floats(rows) : rows);
                }
            }
            hdf.putAttribute("format", FORMAT);
            hdf.putAttribute("layerc_version", version());
            model.texts().forEach(hdf::putAttribute);
            labels.texts().forEach((name, text) -> {
                if (name.equals(ModelLabels.TABLE)) {
                    hdf.putDataset(name, text.getBytes(StandardCharsets.UTF_8));
                } else {
                    hdf.putAttribute(name, text);
                }
            });
            hdf.putAttribute(DIGEST, model.digest(run(iterations, spec, labels.texts()), stored));
            if (!iterations.isEmpty()) {
                hdf.putAttribute("iterations", Integer.parseInt(iterations));
            }
            if (!spec.isEmpty()) {
                hdf.putAttribute("spec", spec);
                hdf.putAttribute("spec_sha256", ModelText.sha256(spec));
            }
        });
    }

    /**
     * Checks that a text fits into a checkpoint, so that this is known before the training.
     *
     * @param place file for messages
     * @throws DataException if it is too long, or has a character 0, at which it would end when it is read
     */
    public static void requireSpec(Path place, String spec) {
        int zero = spec.indexOf(0);
        if (zero >= 0) {
            throw DataException.of(place, "spec is no text", "characters above 0", "0 at character " + zero);
        }
        requireLength(place, "spec", spec);
    }

    /**
     * The same of what a model remembers of its data.
     *
     * @param place file or folder for messages
     * @throws DataException if there are too many names, or too long ones
     */
    public static void requireLabels(Path place, ModelLabels labels) {
        labels.texts().forEach((name, text) -> {
            if (!name.equals(ModelLabels.TABLE)) {
                requireLength(place, name, text);
            }
        });
    }

    private static void requireLength(Path place, String name, String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_TEXT_BYTES) {
            throw DataException.of(
                    place, name + " is too long for a checkpoint", "at most " + MAX_TEXT_BYTES + " bytes", length);
        }
    }

    private static void read(HdfSource source, String name, double[] parameters, int at, int rows, int columns) {
        HdfArray array = source.array(name);
        array.requireShape(rows, columns);
        double[] values = array.reals();
        System.arraycopy(values, 0, parameters, at, values.length);
        requireFinite(source.path(), name, parameters, at, rows, columns);
    }

    private static void requireFinite(Path file, String name, double[] parameters, int at, int rows, int columns) {
        for (int i = 0; i < rows * columns; i++) {
            if (!Double.isFinite(parameters[at + i])) {
                String place = name + "[" + i / columns + ", " + i % columns + "]";
                throw DataException.of(
                        file, name + ": parameters must be finite", "a finite " + place, parameters[at + i]);
            }
        }
    }

    private static double[][] rows(double[] parameters, int at, int rows, int columns) {
        double[][] out = new double[rows][columns];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(parameters, at + r * columns, out[r], 0, columns);
        }
        return out;
    }

    private static float[][] floats(double[][] rows) {
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
}
