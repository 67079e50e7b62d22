package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
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

    /** Bytes of the first line that are looked at: more than any names of columns have, and no matter for memory. */
    private static final int MOST_HEADER = 1 << 22;

    @Override
    public RowCursor open() {
        return TextInput.readBytes(path, in -> {
            byte[] line = firstLine(in);
            String first = TextInput.decoder().decode(ByteBuffer.wrap(line)).toString();
            char separator = separator(first);
            return new TextCursor(first.indexOf('"') < 0 ? lines(separator, first, in) : whole(separator, line, in));
        });
    }

    /** As far as it was read, end of line included. */
    private byte[] firstLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean quoted = false;
        boolean blank = true;
        for (int c = in.read(); c >= 0; c = in.read()) {
            line.write(c);
            quoted ^= c == '"';
            blank &= Character.isWhitespace(c);
            if (line.size() > MOST_HEADER) {
                throw DataException.of(
                        path, "first line is too long", "names of columns", "more than " + MOST_HEADER + " bytes");
            }
            if (!quoted && !blank && (c == '\n' || c == '\r')) {
                break;
            }
        }
        return line.toByteArray();
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

    /** Whose rows begin behind the first line, in which there is no quote. */
    private SeparatedRows lines(char separator, String first, InputStream in) throws IOException {
        SeparatedText text = new SeparatedText(path, separator, new StringReader(first), SeparatedText.Limits.NONE, 1);
        SeparatedRows.Form form = form(separator, text);
        PushbackInputStream behind = new PushbackInputStream(in, 1);
        int next = first.endsWith("\r") ? behind.read() : '\n';
        if (next >= 0 && next != '\n') {
            behind.unread(next);
        }
        return SeparatedRows.of(form, behind, 1 + first.lines().count());
    }

    /** Whose first row may have lines in it, or other rows behind it. */
    private SeparatedRows whole(char separator, byte[] first, InputStream in) {
        Reader whole = TextInput.characters(new SequenceInputStream(new ByteArrayInputStream(first), in));
        SeparatedText text = new SeparatedText(path, separator, whole, SeparatedText.Limits.NONE, 1);
        return SeparatedRows.of(form(separator, text), text);
    }

    /** Of the first row of a text. */
    private SeparatedRows.Form form(char separator, SeparatedText text) {
        boolean any = text.next();
        Fields header = text.fields();
        header.end(header.count());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < header.columns(); i++) {
            names.add(header.text(0, i));
        }
        if (!any || names.equals(List.of(""))) {
            throw DataException.of(path, "empty file", "a line with the names of the columns", "nothing");
        }
        requireDifferent(path + ":" + header.line(0), names);
        char point = separator == ';' || separator == '\t' ? ',' : '.';
        return new SeparatedRows.Form(
                path, separator, names, point, "a row must have a field for each column", names.size() + " fields");
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
