package io.github.layerc.spec.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** From the bytes of a file to text that a YAML parser may see. */
public final class SpecText {
    /** Specs are written by hand; what is larger is another file. */
    public static final int LIMIT = 1 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private SpecText() {}

    /** The text of a file in UTF-8; reports the first byte that is not. */
    public static String decode(byte[] bytes, SpecErrors errors) {
        if (bytes.length > LIMIT) {
            errors.add(Position.START, "spec must have at most " + LIMIT + " bytes");
            errors.throwIfAny();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            errors.add(
                    Position.behind(text),
                    String.format("spec must be UTF-8 text: byte=0x%02X", bytes[in.position()] & 0xFF));
            errors.throwIfAny();
        }
        return text;
    }

    /** The text without a byte order mark; reports a text that is too long or has characters that YAML does not allow. */
    public static String checked(String text, SpecErrors errors) {
        if (text.length() > LIMIT) {
            errors.add(Position.START, "spec must have at most " + LIMIT + " characters: characters=" + text.length());
            errors.throwIfAny();
        }
        String body = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        int at = 0;
        while (at < body.length()) {
            int c = body.codePointAt(at);
            if (!StreamReader.isPrintable(c)) {
                // one error and no more: a binary file would have thousands
                errors.add(
                        Position.behind(body.substring(0, at)),
                        String.format("spec must be text without control characters: character=U+%04X", c));
                errors.throwIfAny();
            }
            at += Character.charCount(c);
        }
        return body;
    }
}
