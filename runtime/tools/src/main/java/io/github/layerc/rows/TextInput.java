package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file of text in UTF-8, compressed by gzip or not, which its first bytes tell. Other bytes are no text: nothing is replaced. */
final class TextInput {
    private static final int BUFFER = 1 << 16;

    private TextInput() {}

    /** @throws DataException if there is no such file */
    static Reader open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw DataException.of(
                    path, "not a file", "a table", Files.exists(path) ? "a folder, device or pipe" : "nothing");
        }
        try {
            InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
            in.mark(2);
            boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            InputStream plain = compressed ? new GZIPInputStream(in, BUFFER) : in;
            return new InputStreamReader(
                    plain,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT));
        } catch (IOException e) {
            throw failure(path, 0, e);
        }
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
