package io.github.layerc.rows;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.layerc.data.DataException;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Values between separators as RFC 4180 has them, the first line the names of the columns. The separator is the tab, semicolon, comma or bar that the first line has most of, quotes
 * aside. A comma that separates nothing is the decimal point. Empty lines are skipped.
 */
record DelimitedFile(Path path) implements RowFile {
    private static final char[] SEPARATORS = {',', ';', '\t', '|'};

    /** Characters of the first line that are looked at: more than any names of columns have, and no matter for memory. */
    private static final int MOST_HEADER = 1 << 22;

    private static final char MARK = '\uFEFF';

    @Override
    public RowCursor open() {
        Reader in = TextInput.open(path);
        try {
            String first = firstLine(in);
            char separator = separator(first);
            char[] start = (first.isEmpty() || first.charAt(0) != MARK ? first : first.substring(1)).toCharArray();
            PushbackReader whole = new PushbackReader(in, Math.max(1, start.length));
            whole.unread(start);
            return new Cursor(path, separator, whole);
        } catch (IOException e) {
            throw TextInput.failure(path, 0, e);
        }
    }

    /** As far as it was read, end of line included. */
    private String firstLine(Reader in) throws IOException {
        StringBuilder line = new StringBuilder();
        boolean quoted = false;
        boolean blank = true;
        for (int c = in.read(); c >= 0; c = in.read()) {
            line.append((char) c);
            quoted ^= c == '"';
            blank &= Character.isWhitespace(c) || c == MARK;
            if (line.length() > MOST_HEADER) {
                throw DataException.of(
                        path, "first line is too long", "names of columns", "more than " + MOST_HEADER + " characters");
            }
            if (!quoted && !blank && (c == '\n' || c == '\r')) {
                break;
            }
        }
        return line.toString();
    }

    private static char separator(String line) {
        char best = SEPARATORS[0];
        long most = 0;
        for (char each : SEPARATORS) {
            long count = 0;
            boolean quoted = false;
            for (int i = 0; i < line.length(); i++) {
                quoted ^= line.charAt(i) == '"';
                count += !quoted && line.charAt(i) == each ? 1 : 0;
            }
            if (count > most) {
                most = count;
                best = each;
            }
        }
        return best;
    }

    /** Puts the fields of a record where they are to be, without a string for each. */
    private static final class Handler extends AbstractBaseCsvCallbackHandler<Fields> {
        private final Fields fields = new Fields();

        @Override
        protected void handleBegin(long startingLineNumber) {
            fields.begin(startingLineNumber);
        }

        @Override
        protected void handleField(int number, char[] buffer, int offset, int length, boolean quoted) {
            fields.add(buffer, offset, length);
        }

        @Override
        protected Fields buildRecord() {
            return fields;
        }
    }

    private static final class Cursor extends TextCursor {
        private final Path path;
        private final char separator;
        private final CsvReader<Fields> reader;
        private final CloseableIterator<Fields> rows;

        /** Of the row that was read last, or is being read. */
        private final Fields fields;

        private final List<String> columns;

        Cursor(Path path, char separator, Reader in) {
            this.path = path;
            this.separator = separator;
            Handler handler = new Handler();
            this.fields = handler.fields;
            this.reader = CsvReader.builder()
                    .fieldSeparator(separator)
                    .allowUnclosedQuote(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .build(handler, in);
            this.rows = reader.iterator();
            if (!advance() || (fields.count() == 1 && fields.text(0).isEmpty())) {
                throw DataException.of(path, "empty file", "a line with the names of the columns", "nothing");
            }
            List<String> names = new ArrayList<>();
            for (int i = 0; i < fields.count(); i++) {
                names.add(fields.text(i));
            }
            requireDifferent(path + ":" + fields.line(), names);
            this.columns = List.copyOf(names);
        }

        @Override
        public List<String> columns() {
            return columns;
        }

        @Override
        public char point() {
            return separator == ';' || separator == '\t' ? ',' : '.';
        }

        @Override
        public boolean next() {
            if (!advance()) {
                return false;
            }
            if (fields.count() != columns.size()) {
                throw DataException.of(
                        path + ":" + fields.line(),
                        "a row must have a field for each column",
                        columns.size() + " fields",
                        fields.count());
            }
            return true;
        }

        private boolean advance() {
            try {
                if (!rows.hasNext()) {
                    return false;
                }
                rows.next();
                return true;
            } catch (CsvParseException e) {
                if (e.getCause() instanceof IOException cause) {
                    throw TextInput.failure(path, fields.line(), cause);
                }
                throw DataException.of(
                        path + ":" + fields.line(),
                        "not a row of a table",
                        "fields with closed quotes, and nothing behind them",
                        e);
            } catch (UncheckedIOException e) {
                throw TextInput.failure(path, fields.line(), e.getCause());
            }
        }

        @Override
        Fields fields() {
            return fields;
        }

        @Override
        public void close() {
            try {
                reader.close();
            } catch (IOException e) {
                throw TextInput.failure(path, fields.line(), e);
            }
        }
    }

    /** Refuses names that are not there, or there twice. */
    static void requireDifferent(String place, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw DataException.of(place, "column twice", "different names", name.isEmpty() ? "empty names" : name);
            }
        }
    }
}
