package io.github.layerc.samples;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.files.DataErrors;
import io.github.layerc.network.Network;
import io.github.layerc.rows.FieldWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table, values separated by commas as RFC 4180 has it, in UTF-8: a sample a line, with a number for each input. The first line can be names of the columns:
 * it is taken for that if none of them is a number. Empty lines are skipped.
 */
record CsvSamples(Path path) implements SampleInput {
    /** How programs write what is no finite number. */
    private static final Set<String> NO_NUMBERS =
            Set.of("nan", "na", "n/a", "null", "none", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity");

    /** Enough of them: a table of something else has one in every line. */
    private static final int MAX_ERRORS = 100;

    /** Characters of a number, quotes and blanks included; only to bound what a damaged file can take. */
    private static final int FIELD = 1024;

    @Override
    public boolean scalesPictures() {
        return false;
    }

    @Override
    public Samples read(Network network) {
        List<double[]> rows = new ArrayList<>();
        List<DataException> errors = new ArrayList<>();
        if (!Files.isRegularFile(path)) {
            throw DataException.of(path, "not a file", "a table", "a device or a pipe");
        }
        try (CsvReader<CsvRecord> reader = reader(network.inputs())) {
            boolean first = true;
            for (CsvRecord line : reader) {
                boolean header = first && isHeader(line);
                first = false;
                requireColumns(line, network);
                if (!header) {
                    rows.add(numbers(line, errors));
                }
                if (errors.size() >= MAX_ERRORS) {
                    break;
                }
            }
        } catch (CsvParseException e) {
            throw DataException.of(path, "not a table", "values separated by commas", e);
        } catch (IOException | UncheckedIOException e) {
            throw DataException.of(path, "cannot read this file", "a table", e);
        }
        DataErrors.requireNone(path, errors);
        if (rows.isEmpty()) {
            throw DataException.of(path, "no samples", "a line of numbers for each", "none");
        }
        return Samples.rows(Dataset.of(flat(rows, network.inputs()), network.inputs()), List.of());
    }

    /** Lines of too few or too many fields are met here, with their place: at most one field more than there are to be is read. */
    private CsvReader<CsvRecord> reader(int inputs) throws IOException {
        int fields = (int) Math.min(Integer.MAX_VALUE - 8L, inputs + 1L);
        int size = (int) Math.min(Integer.MAX_VALUE - 8L, (long) fields * FIELD);
        CsvRecordHandler handler = CsvRecordHandler.of(
                builder -> builder.maxFields(fields).maxFieldSize(FIELD).maxRecordSize(size));
        return CsvReader.builder()
                .detectBomHeader(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(handler, path);
    }

    /** Names are no numbers, nor what else a line of numbers can have: no line of a header may be taken from the samples. */
    private static boolean isHeader(CsvRecord line) {
        return line.getFields().stream().allMatch(CsvSamples::isName);
    }

    private static boolean isName(String field) {
        String word = field.strip().toLowerCase(Locale.ROOT);
        return !isNumber(field) && !word.isEmpty() && !NO_NUMBERS.contains(word);
    }

    private void requireColumns(CsvRecord line, Network network) {
        if (line.getFieldCount() != network.inputs()) {
            throw DataException.of(
                    path + ":" + line.getStartingLineNumber(),
                    "wrong number of columns for network " + network.name(),
                    network.inputs() + ", one for each input",
                    line.getFieldCount());
        }
    }

    private double[] numbers(CsvRecord line, List<DataException> errors) {
        double[] numbers = new double[line.getFieldCount()];
        for (int i = 0; i < numbers.length; i++) {
            String field = line.getField(i);
            numbers[i] = FieldWords.number(field);
            if (!Double.isFinite(numbers[i])) {
                String place = path + ":" + line.getStartingLineNumber() + ":" + (i + 1);
                errors.add(DataException.of(
                        place, "not a number", "a finite number", field.isEmpty() ? "nothing" : field));
            }
        }
        return numbers;
    }

    private static boolean isNumber(String field) {
        return !Double.isNaN(FieldWords.number(field));
    }

    private double[] flat(List<double[]> rows, int inputs) {
        if (rows.size() > Integer.MAX_VALUE / inputs) {
            throw DataException.of(path, "too many samples", "at most " + Integer.MAX_VALUE / inputs, rows.size());
        }
        double[] flat = new double[rows.size() * inputs];
        for (int r = 0; r < rows.size(); r++) {
            System.arraycopy(rows.get(r), 0, flat, r * inputs, inputs);
        }
        return flat;
    }
}
