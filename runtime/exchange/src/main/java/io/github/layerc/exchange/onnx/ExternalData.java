package io.github.layerc.exchange.onnx;

import io.github.layerc.data.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The bytes of a tensor in another file, which lies in the folder of the model or below it: a model that names a file elsewhere could have it read by whoever imports
 * the model.
 *
 * @param words of the tensor, for messages
 */
record ExternalData(Path model, String words) {

    ByteBuffer read(Map<String, String> entries) {
        Path file = file(entries.getOrDefault("location", ""));
        long offset = number(entries, "offset", 0);
        try (FileChannel channel = FileChannel.open(file)) {
            long length = number(entries, "length", Math.max(0, channel.size() - offset));
            if (offset > channel.size() || length > channel.size() - offset || length > Integer.MAX_VALUE - 16) {
                String expected = length + " bytes from " + offset + " on";
                throw DataException.of(file, words + ": external data", expected, channel.size() + " bytes in all");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw new EOFException("file became shorter");
                }
            }
            return bytes.flip();
        } catch (IOException e) {
            throw DataException.of(model, words + ": external data", "a file that can be read", e);
        }
    }

    private Path file(String location) {
        Path folder = model.toAbsolutePath().normalize().getParent();
        try {
            Path named = Path.of(location);
            Path file = folder.resolve(named).normalize();
            boolean climbs = named.isAbsolute() || location.isEmpty() || location.contains("..");
            if (!climbs && file.toRealPath().startsWith(folder.toRealPath())) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw refused(location);
        } catch (IOException e) {
            throw DataException.of(model, words + ": external data", "a file beside the model", e);
        }
        throw refused(location);
    }

    private DataException refused(String location) {
        return DataException.of(
                model,
                words + ": external data",
                "a file in the folder of the model, or below it",
                location.isEmpty() ? "no name" : location);
    }

    private long number(Map<String, String> entries, String key, long otherwise) {
        String text = entries.get(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,18}")) {
            throw DataException.of(model, words + ": external data", "a whole " + key + " of bytes", text);
        }
        return Long.parseLong(text);
    }
}
