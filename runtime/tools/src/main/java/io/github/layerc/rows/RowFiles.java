package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds out what format a file of rows has, by the ending of its name, {@code .gz} aside. */
public final class RowFiles {

    /**
     * One format.
     *
     * @param endings of names
     */
    private record Format(List<String> endings, Function<Path, RowFile> open) {}

    private static final List<Format> FORMATS = List.of(
            new Format(List.of(".csv", ".tsv", ".tab", ".txt"), DelimitedFile::new),
            new Format(List.of(".arff"), ArffFile::new));

    private static final String COMPRESSED = ".gz";

    private RowFiles() {}

    /** The endings of names, in words. */
    public static String expected() {
        return FORMATS.stream().flatMap(format -> format.endings().stream()).collect(Collectors.joining(", "))
                + ", or one of them with " + COMPRESSED;
    }

    /** The file of rows that a path is by its name, if it is one. */
    public static Optional<RowFile> find(Path path) {
        return FORMATS.stream()
                .filter(format -> format.endings().stream().anyMatch(end -> isNamed(path, end)))
                .findFirst()
                .map(format -> format.open().apply(path));
    }

    /**
     * The same where nothing else is meant.
     *
     * @throws DataException if there is nothing, or something else
     */
    public static RowFile require(Path path) {
        if (!Files.exists(path)) {
            throw DataException.of(path, "no such table", expected(), "nothing");
        }
        return find(path)
                .orElseThrow(
                        () -> DataException.of(path, "unknown kind of table", expected(), "a file of another name"));
    }

    /** The file of this name in a folder, whatever its format, if there is one. */
    public static Optional<RowFile> in(Path folder, String name) {
        return FORMATS.stream()
                .flatMap(format -> format.endings().stream())
                .flatMap(end -> Stream.of(folder.resolve(name + end), folder.resolve(name + end + COMPRESSED)))
                .filter(Files::exists)
                .findFirst()
                .flatMap(RowFiles::find);
    }

    /**
     * Starts to read a file of values separated by commas whose first line need not be names of columns: all lines are rows, and columns are called {@code 1, 2...}.
     *
     * @param columns of each row, with at most {@code characters} in a field
     * @param rule what a row with more or fewer fields breaks, as {@code expected} says
     * @throws DataException if the file cannot be read
     */
    public static RowCursor openUnnamed(Path path, int columns, int characters, String rule, String expected) {
        List<String> names =
                IntStream.rangeClosed(1, columns).mapToObj(Integer::toString).toList();
        // of a damaged file not more is read than is needed to see that a row is too long
        SeparatedText.Limits limits = new SeparatedText.Limits(columns + 1, characters);
        SeparatedRows.Form form = new SeparatedRows.Form(path, ',', names, '.', rule, expected);
        return TextInput.read(
                path, in -> new TextCursor(SeparatedRows.of(form, new SeparatedText(path, ',', in, limits, 1))));
    }

    private static boolean isNamed(Path path, String end) {
        String name =
                path.getFileName() == null ? "" : path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(end) || name.endsWith(end + COMPRESSED);
    }
}
