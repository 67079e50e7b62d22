package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Rows of separated fields, one for each column. As long as there is no quote, every line is a row, so that pieces of the text that end with a line are split side by side; from the first
 * quote on, which may have lines in it, all rows are split by the thread that reads them.
 */
final class SeparatedRows implements RowSource {
    /** So many bytes without the end of a line are read in their order: no pieces of whole lines. */
    private static final int LONGEST_LINE = 1 << 22;

    private final Form form;
    private final InputStream in;

    /** Bytes that were read behind the last piece. */
    private byte[] rest = {};

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

    private SeparatedRows(Form form, InputStream in, long line, Optional<SeparatedText> text) {
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
    static SeparatedRows of(Form form, InputStream in, long line) {
        return new SeparatedRows(form, in, line, Optional.empty());
    }

    /** All rows that a text still has, which is closed with this. */
    static SeparatedRows of(Form form, SeparatedText text) {
        return new SeparatedRows(form, InputStream.nullInputStream(), 1, Optional.of(text));
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
        Piece piece = fields.piece();
        piece.append(rest);
        boolean more = true;
        Optional<IOException> broken = Optional.empty();
        try {
            while (more && (piece.used() < Piece.ENOUGH || (piece.lastLineEnd() == 0 && piece.used() < LONGEST_LINE))) {
                more = piece.append(in);
            }
        } catch (IOException e) {
            broken = Optional.of(e);
        }
        int end = more ? piece.lastLineEnd() : piece.used();
        String characters = piece.asString();
        if (characters.indexOf('"') >= 0 || (end == 0 && more && broken.isEmpty())) {
            Reader all = TextInput.characters(new Remaining(piece.cut(0), in, broken));
            text = Optional.of(new SeparatedText(form.path, form.separator, all, SeparatedText.Limits.NONE, line));
            return readInOrder(text.get(), fields);
        }
        rest = piece.cut(end);
        fields.beginPiece(line);
        line += lines(characters, end);
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
        if (!fields.isPiece()) {
            return;
        }
        boolean broken = fields.piece().cutOtherBytes(TextInput.decoder());
        while (fields.nextOfPiece(form.separator)) {
            end(fields);
        }
        if (broken) {
            throw TextInput.failure(form.path, fields.piece().line(), new MalformedInputException(1));
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

    /** Bytes that were read, then what follows, or what went wrong there. */
    private static final class Remaining extends InputStream {
        private final InputStream first;
        private final InputStream in;
        private final Optional<IOException> broken;

        Remaining(byte[] first, InputStream in, Optional<IOException> broken) {
            this.first = new ByteArrayInputStream(first);
            this.in = in;
            this.broken = broken;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
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
