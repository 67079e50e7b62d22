package io.github.layerc.pictures.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/** The chunks that a PNG file is made of: ImageIO checks neither their checksums nor whether the last one is there. */
final class PngChunks {
    private static final int SIGNATURE = 8;

    /** Bytes of a chunk besides its data: length, type, checksum. */
    private static final int FRAME = 12;

    private static final String LAST = "IEND";

    /** Header, palette, transparent colours, values, end. */
    private static final Set<String> OF_PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", LAST);

    private PngChunks() {}

    /**
     * The same picture with those chunks alone that say what its pixels are: texts and profiles can be small in the file and of any size once they are
     * unpacked.
     *
     * @throws IOException if the file ends before its last chunk, or the checksum of a chunk is not that of its bytes
     */
    static byte[] ofPixels(byte[] png) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(png);
        ByteArrayOutputStream out = new ByteArrayOutputStream(png.length);
        out.write(png, 0, SIGNATURE);
        String type = "";
        for (int at = SIGNATURE; !type.equals(LAST); ) {
            if (png.length - at < FRAME) {
                throw new IOException("the end of the file before that of the picture");
            }
            int length = buffer.getInt(at);
            type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (length < 0 || length > png.length - at - FRAME) {
                throw new IOException("chunk " + type + " of " + Integer.toUnsignedString(length)
                        + " bytes, of which the file holds " + (png.length - at - FRAME));
            }
            CRC32 crc = new CRC32();
            crc.update(png, at + 4, 4 + length);
            if ((int) crc.getValue() != buffer.getInt(at + 8 + length)) {
                throw new IOException("chunk " + type + " with a wrong checksum");
            }
            if (OF_PIXELS.contains(type)) {
                out.write(png, at, FRAME + length);
            }
            at += FRAME + length;
        }
        return out.toByteArray();
    }
}
