package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file of text in UTF-8, compressed by gzip or not, which its first bytes tell. A byte order mark is left out. Other bytes are no text: nothing is replaced. */
final class TextInput {
    private static final int BUFFER = 1 << 16;

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private TextInput() {}

    /** What begins to read a file. */
    interface Start<I, T> {
        T read(I in) throws IOException;
    }

    /**
     * Begins to read the characters of a file, which is closed again if it does not begin as it should.
     *
     * @param start hands out what closes the reader
     * @throws DataException if there is no such file
     */
    static <T> T read(Path path, Start<Reader, T> start) {
        return readBytes(path, in -> start.read(characters(in)));
    }

    /** The same with its bytes, which need not be UTF-8. */
    static <T> T readBytes(Path path, Start<InputStream, T> start) {
        InputStream in = open(path);
        boolean begun = false;
        try {
            T result = start.read(in);
            begun = true;
            return result;
        } catch (IOException e) {
            throw failure(path, 0, e);
        } finally {
            if (!begun) {
                closeQuietly(in);
            }
        }
    }

    /** The characters of bytes that follow; a {@link CharacterCodingException} of others. */
    static Reader characters(InputStream in) {
        return new InputStreamReader(in, decoder());
    }

    /** Of UTF-8, which replaces nothing. */
    static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // there is something worse to tell
        }
    }

    private static InputStream open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw DataException.of(
                    path, "not a file", "a table", Files.exists(path) ? "a folder, device or pipe" : "nothing");
        }
        try {
            InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
            in.mark(2);
            boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            return withoutMark(compressed ? new GZIPInputStream(in, BUFFER) : in);
        } catch (IOException e) {
            throw failure(path, 0, e);
        }
    }

    /**
     * Some programs put a byte order mark in front, which is no part of the text. Nothing else is buffered: a buffer that reads on until it is full would lose what it has
     * where the file ends too early.
     */
    private static InputStream withoutMark(InputStream in) throws IOException {
        PushbackInputStream text = new PushbackInputStream(in, MARK.length);
        byte[] first = text.readNBytes(MARK.length);
        if (!Arrays.equals(first, MARK)) {
            text.unread(first);
        }
        return text;
    }

    /** @param line of the last row that was read, or is being read; 0 for none */
    static DataException failure(Path path, long line, IOException e) {
        String place = line == 0 ? path.toString() : path + ":" + line;
        String behind = line == 0 ? "" : " at this line or behind it";
        if (e instanceof CharacterCodingException) {
            return DataException.of(place, "not a text" + behind, "characters in UTF-8", "other bytes");
        }
        if (e instanceof EOFException) {
            return DataException.of(place, "truncated gzip file", "its end", "none" + behind);
        }
        if (e instanceof ZipException) {
            return DataException.of(place, "damaged gzip file" + behind, "compressed text", e);
        }
        return DataException.of(place, "cannot read this file" + behind, "a table", e);
    }
}
