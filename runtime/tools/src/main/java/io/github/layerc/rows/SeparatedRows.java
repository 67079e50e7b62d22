package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Rows of separated fields, one for each column. As long as there is no quote, every line is a row, so that pieces of the text that end with a line are split side by side; from the first
 * quote on, which may have lines in it, all rows are split by the thread that reads them.
 */
final class SeparatedRows implements RowSource {
    /** Without the end of a line, it is no text of lines. */
    private static final int LONGEST_LINE = 1 << 22;

    private final Form form;
    private final Reader in;

    /** Characters that were read behind the last piece. */
    private char[] rest = {};

    /** Line of the file where the next piece begins, from 1. */
    private long line;

    /** What cannot be read behind the last piece. */
    private Optional<DataException> failure = Optional.empty();

    /** From the first quote on. */
    private Optional<SeparatedText> text;

    /**
     * What rows are like.
     *
     * @param point what may stand in a number between whole part and fraction, beside a full stop
     * @param rule what a row with more or fewer fields breaks
     * @param expected how many there are to be, in words
     */
    record Form(Path path, char separator, List<String> columns, char point, String rule, String expected) {
        Form {
            columns = List.copyOf(columns);
        }
    }

    private SeparatedRows(Form form, Reader in, long line, Optional<SeparatedText> text) {
        this.form = form;
        this.in = in;
        this.line = line;
        this.text = text;
    }

    /**
     * All rows that follow.
     *
     * @param in is closed with this
     * @param line of the file where it begins, from 1
     */
    static SeparatedRows of(Form form, Reader in, long line) {
        return new SeparatedRows(form, in, line, Optional.empty());
    }

    /** All rows that a text still has, which is closed with this. */
    static SeparatedRows of(Form form, SeparatedText text) {
        return new SeparatedRows(form, Reader.nullReader(), 1, Optional.of(text));
    }

    @Override
    public List<String> columns() {
        return form.columns;
    }

    @Override
    public char point() {
        return form.point;
    }

    @Override
    public boolean read(Fields fields) {
        if (failure.isPresent()) {
            throw failure.get();
        }
        return text.isPresent() ? readInOrder(text.get(), fields) : readPiece(fields);
    }

    private boolean readPiece(Fields fields) {
        fields.append(rest, 0, rest.length);
        boolean more = true;
        Optional<IOException> broken = Optional.empty();
        try {
            while (more
                    && (fields.used() < Fields.ENOUGH || (fields.lastLineEnd() == 0 && fields.used() < LONGEST_LINE))) {
                more = fields.append(in);
            }
        } catch (IOException e) {
            broken = Optional.of(e);
        }
        int end = more ? fields.lastLineEnd() : fields.used();
        String piece = fields.asString();
        if (piece.indexOf('"') >= 0 || (end == 0 && more && broken.isEmpty())) {
            Reader all = new Remaining(fields.cut(0), in, broken);
            text = Optional.of(new SeparatedText(form.path, form.separator, all, SeparatedText.Limits.NONE, line));
            return readInOrder(text.get(), fields);
        }
        rest = fields.cut(end);
        fields.beginPiece(line);
        line += lines(piece, end);
        failure = broken.map(e -> TextInput.failure(form.path, line, e));
        return more;
    }

    /** Lines that end in front of a place: with a line feed, a carriage return, or both. */
    private static int lines(String text, int end) {
        int lines = 0;
        for (int at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
            lines++;
        }
        for (int at = text.indexOf('\r'); at >= 0 && at < end; at = text.indexOf('\r', at + 1)) {
            lines += at + 1 < text.length() && text.charAt(at + 1) == '\n' ? 0 : 1;
        }
        return lines;
    }

    private boolean readInOrder(SeparatedText from, Fields fields) {
        from.into(fields);
        boolean more = true;
        while (more && !fields.isFull()) {
            more = next(from, fields);
        }
        return more;
    }

    @Override
    public void split(Fields fields) {
        while (fields.isPiece() && fields.nextOfPiece(form.separator)) {
            end(fields);
        }
    }

    private boolean next(SeparatedText from, Fields fields) {
        if (!from.next()) {
            return false;
        }
        end(fields);
        return true;
    }

    private void end(Fields fields) {
        int columns = form.columns.size();
        if (fields.count() != columns) {
            throw DataException.of(form.path + ":" + fields.line(), form.rule, form.expected, fields.count());
        }
        fields.end(columns);
    }

    @Override
    public void close() {
        text.ifPresent(SeparatedText::close);
        try {
            in.close();
        } catch (IOException e) {
            throw TextInput.failure(form.path, line, e);
        }
    }

    /** Characters that were read, then what follows, or what went wrong there. */
    private static final class Remaining extends Reader {
        private final CharArrayReader first;
        private final Reader in;
        private final Optional<IOException> broken;

        Remaining(char[] first, Reader in, Optional<IOException> broken) {
            this.first = new CharArrayReader(first);
            this.in = in;
            this.broken = broken;
        }

        @Override
        public int read(char[] to, int offset, int length) throws IOException {
            int count = first.read(to, offset, length);
            if (count >= 0) {
                return count;
            }
            if (broken.isPresent()) {
                throw broken.get();
            }
            return in.read(to, offset, length);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
