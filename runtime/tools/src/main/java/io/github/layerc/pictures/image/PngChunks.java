package io.github.layerc.pictures.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The chunks that a PNG file is made of: ImageIO checks neither their checksums nor whether the last one is there. */
final class PngChunks {
    private static final int SIGNATURE = 8;

    /** Bytes of a chunk besides its data: length, type, checksum. */
    private static final int FRAME = 12;

    private static final String LAST = "IEND";

    private PngChunks() {}

    /** @throws IOException if the file ends before its last chunk, or the checksum of a chunk is not that of its bytes */
    static void requireWhole(byte[] png) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(png);
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
            at += FRAME + length;
        }
    }
}
