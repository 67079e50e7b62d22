package io.github.layerc.command;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.layerc.data.OutputClass;
import io.github.layerc.data.Printable;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.samples.Samples;
import io.github.layerc.training.Accuracy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a network makes of samples, as a table for a terminal and as a file. */
final class Predictions {
    /** Samples in the table for the terminal. */
    private static final int MAX_ROWS = 20;

    /** Outputs of a regression in that table. */
    private static final int MAX_OUTPUTS = 6;

    /** Characters of a name in that table. */
    private static final int MAX_NAME = 60;

    private final Network network;
    private final List<String> classes;
    private final List<String> targets;
    private final Samples samples;
    private final double[] outputs;

    /**
     * @param classes their names; none where they have only numbers
     * @param targets names of the outputs of a regression; none where they have only numbers
     * @param outputs of the samples, row-major {@code [samples][outputs]}
     */
    Predictions(Network network, List<String> classes, List<String> targets, Samples samples, double[] outputs) {
        this.network = network;
        this.classes = List.copyOf(classes);
        this.targets = List.copyOf(targets);
        this.samples = samples;
        this.outputs = outputs;
    }

    /**
     * The first samples, a line each below a line of headings: with class and probability or margin, or with the outputs of a regression; then how many more there
     * are, and the accuracy where the right classes are known. Names are made printable.
     */
    List<String> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(headings());
        int shown = Math.min(samples.data().count(), MAX_ROWS);
        for (int s = 0; s < shown; s++) {
            rows.add(row(s));
        }
        List<String> lines = new ArrayList<>(aligned(rows));
        if (samples.data().count() > shown) {
            lines.add("... and " + (samples.data().count() - shown) + " more");
        }
        if (!samples.labels().isEmpty()) {
            Accuracy accuracy = accuracy();
            lines.add(String.format(
                    Locale.ROOT, "accuracy: %.4f (%d of %d)", accuracy.value(), accuracy.correct(), accuracy.count()));
        }
        return lines;
    }

    private boolean classifies() {
        return network.loss().classifies();
    }

    /** Else they are margins, or those of a regression. */
    private boolean areProbabilities() {
        return network.loss().targets().probabilities();
    }

    private List<String> headings() {
        if (classifies()) {
            return List.of("input", "class", areProbabilities() ? "probability" : "margin");
        }
        List<String> headings = new ArrayList<>(List.of("input"));
        for (int u = 0; u < Math.min(network.outputs(), MAX_OUTPUTS); u++) {
            headings.add(printable(output(u)));
        }
        if (network.outputs() > MAX_OUTPUTS) {
            headings.add("...");
        }
        return headings;
    }

    private List<String> row(int sample) {
        List<String> row = new ArrayList<>(List.of(printable(samples.names().get(sample))));
        if (classifies()) {
            int label = label(sample);
            row.add(label == OutputClass.NONE ? "none" : printable(name(label)));
            row.add(label == OutputClass.NONE ? "NaN" : String.format(Locale.ROOT, "%.4f", certainty(sample, label)));
            return row;
        }
        for (int u = 0; u < Math.min(network.outputs(), MAX_OUTPUTS); u++) {
            row.add(String.format(Locale.ROOT, "%.6g", outputs[sample * network.outputs() + u]));
        }
        if (network.outputs() > MAX_OUTPUTS) {
            row.add("...");
        }
        return row;
    }

    private static String printable(String name) {
        return Printable.escape(Printable.shorten(name, MAX_NAME));
    }

    /** Names to the left, numbers, in the last columns, to the right. */
    private List<String> aligned(List<List<String>> rows) {
        int names = classifies() ? 2 : 1;
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String blanks = " ".repeat(widths[c] - row.get(c).length());
                line.append(c == 0 ? "" : "  ").append(c < names ? row.get(c) + blanks : blanks + row.get(c));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** How many samples are of the class that is predicted, where that is known. */
    private Accuracy accuracy() {
        int correct = 0;
        for (int s = 0; s < samples.labels().size(); s++) {
            correct += label(s) == samples.labels().get(s) ? 1 : 0;
        }
        return new Accuracy(correct, samples.labels().size());
    }

    private int label(int sample) {
        int at = sample * network.outputs();
        return OutputClass.of(network.loss().targets(), network.outputs(), u -> outputs[at + u]);
    }

    private String name(int label) {
        return classes.isEmpty() ? Integer.toString(label) : classes.get(label);
    }

    /** Of a class; one output is that of class 1. */
    private double certainty(int sample, int label) {
        if (network.outputs() > 1) {
            return outputs[sample * network.outputs() + label];
        }
        return label == 1 ? outputs[sample] : 2 * network.loss().targets().threshold() - outputs[sample];
    }

    /**
     * All samples: {@code input,class,class_name,p_0,p_1,...} - {@code margin_0} and so on where outputs are no probabilities -, or {@code input,output_0,...} of a regression. A class is a number from 0 on, -1 for none. Numbers
     * have all digits that tell them from their neighbours in the precision of the network; names are as they are, in quotes where they have to be.
     */
    void write(Path file) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file)) {
            csv.writeRecord(columns());
            for (int s = 0; s < samples.data().count(); s++) {
                csv.writeRecord(record(s));
            }
        }
    }

    /** What an output of a regression is called. */
    private String output(int number) {
        return targets.isEmpty() ? "output_" + number : targets.get(number);
    }

    private int classCount() {
        return Math.max(2, network.outputs());
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("input"));
        if (classifies()) {
            columns.add("class");
            columns.add("class_name");
        }
        for (int i = 0; i < (classifies() ? classCount() : network.outputs()); i++) {
            columns.add(classifies() ? (areProbabilities() ? "p_" : "margin_") + i : output(i));
        }
        return columns;
    }

    private List<String> record(int sample) {
        List<String> record = new ArrayList<>(List.of(samples.names().get(sample)));
        if (classifies()) {
            int label = label(sample);
            record.add(Integer.toString(label));
            record.add(label == OutputClass.NONE ? "" : name(label));
            for (int c = 0; c < classCount(); c++) {
                record.add(number(certainty(sample, c)));
            }
            return record;
        }
        for (int u = 0; u < network.outputs(); u++) {
            record.add(number(outputs[sample * network.outputs() + u]));
        }
        return record;
    }

    private String number(double value) {
        return network.precision() == Precision.FLOAT ? Float.toString((float) value) : Double.toString(value);
    }
}
