package io.github.layerc.rows;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.layerc.data.DataException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Fields between separators as RFC 4180 has them, rows of any number of fields. Empty lines are skipped.
 *
 * <p>No field is copied by itself, which would take half as long as to find it: characters go to the parser and, in one piece, into {@link Fields}, and the place where the parser has a
 * field says where it is there. That holds as the parser has in front of the characters that it reads those that it read before.
 */
final class SeparatedText implements AutoCloseable {
    private final Path path;
    private final Limits limits;

    /** Lines of the file in front of the text. */
    private final long linesBefore;

    private final CsvReader<Boolean> reader;
    private final CloseableIterator<Boolean> records;
    private Fields fields = new Fields();

    /** From a place in the array of the parser to that in the fields. */
    private int shift;

    /**
     * What is no table any more, whoever wrote it.
     *
     * @param fields of a row
     * @param characters of a field
     */
    record Limits(int fields, int characters) {
        static final Limits NONE = new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /**
     * All that can be read.
     *
     * @param in is closed with this
     * @param line of the file where it begins, from 1
     */
    SeparatedText(Path path, char separator, Reader in, Limits limits, long line) {
        this.path = path;
        this.limits = limits;
        this.linesBefore = line - 1;
        this.reader = CsvReader.builder()
                .fieldSeparator(separator)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(new Handler(), new Characters(in));
        this.records = reader.iterator();
    }

    /** What is read goes to the parser and to the fields. */
    private final class Characters extends Reader {
        private final Reader in;

        Characters(Reader in) {
            this.in = in;
        }

        @Override
        public int read(char[] to, int offset, int length) throws IOException {
            int count = in.read(to, offset, length);
            // the parser can come back to no more than is there in front of them: what else there was, were empty lines
            fields.trimRest(Math.min(offset, fields.used()));
            // also where nothing was read: what is in front was moved
            shift = fields.used() - offset;
            if (count > 0) {
                fields.append(to, offset, count);
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private final class Handler extends AbstractBaseCsvCallbackHandler<Boolean> {
        @Override
        protected void handleBegin(long line) {
            fields.begin(linesBefore + line);
        }

        @Override
        protected void handleField(int number, char[] buffer, int offset, int length, boolean quoted) {
            int start = offset + shift;
            if (number >= limits.fields || length > limits.characters) {
                throw DataException.of(
                        path,
                        "not a table",
                        "values separated by commas",
                        length > limits.characters
                                ? "a field of " + length + " characters"
                                : "a row of more than " + limits.fields + " fields");
            }
            if (length == 0) {
                // has no place at the end of a file
                fields.add(fields.end(), fields.end());
            } else if (quoted) {
                // quotes within may have been taken out
                fields.add(start, buffer, offset, length);
            } else {
                fields.add(start, start + length);
            }
        }

        @Override
        protected Boolean buildRecord() {
            return true;
        }
    }

    Path path() {
        return path;
    }

    /** From now on rows are put into others, which are empty. */
    void into(Fields others) {
        others.appendRest(fields);
        shift -= fields.end();
        fields = others;
    }

    /** The fields that rows are put into. */
    Fields fields() {
        return fields;
    }

    /**
     * Begins the next row and adds its fields; whoever calls this ends it.
     *
     * @return false behind the last one
     * @throws DataException if the file cannot be read on
     */
    boolean next() {
        try {
            if (!records.hasNext()) {
                return false;
            }
            records.next();
            return true;
        } catch (CsvParseException e) {
            if (e.getCause() instanceof IOException cause) {
                throw TextInput.failure(path, fields.line(), cause);
            }
            if (e.getCause() instanceof DataException cause) {
                throw cause;
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
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw TextInput.failure(path, fields.line(), e);
        }
    }
}
