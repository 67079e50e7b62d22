package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.layerc.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that somebody made to fill the memory, to never end, or to read another file: each is refused in one line, soon. */
final class HostileFilesTest {
    private static final Path FILES = Path.of("src/test/resources/keras/hostile");
    private static final String WEIGHTS = "model.weights.h5";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    private void requireRefused(Path file, String message) {
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> KerasImportTest.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message)
                .extracting(Throwable::getMessage)
                .asString()
                .hasSizeLessThan(1000)
                .doesNotContain("\n");

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(32 << 20);
    }

    /** Of a model of Keras 3, with other weights. */
    private Path archive(byte[] weights) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile model = new ZipFile(
                KerasImportTest.MODELS.resolve("k3_sequential.keras").toFile())) {
            for (String name : new String[] {"metadata.json", "config.json"}) {
                entries.put(name, model.getInputStream(model.getEntry(name)).readAllBytes());
            }
        }
        entries.put(WEIGHTS, weights);
        return Files.write(folder.resolve("hostile.keras"), zip(entries));
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return out.toByteArray();
    }

    @Test
    void refusesWhatFillsTheMemory() throws IOException {
        Path file = archive(new byte[64 << 20]);
        assertThat(Files.size(file)).isLessThan(1 << 20);
        requireRefused(file, WEIGHTS + ": size of the entry: expected at most ");
    }

    /** The directory of the archive says 10 bytes. */
    @Test
    void readsNoMoreThanAnEntrySays() throws IOException {
        Path file = archive(new byte[64 << 20]);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(directoryEntry(bytes) + 24, 10);
        Files.write(file, bytes);
        requireRefused(file, WEIGHTS + ": damaged entry: expected 10 bytes with CRC-32 ");
    }

    @Test
    void refusesAnEntryThatIsShorterThanItSays() throws IOException {
        Path file = archive(new byte[1000]);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(directoryEntry(bytes) + 24, 1 << 20);
        Files.write(file, bytes);
        requireRefused(file, WEIGHTS + ": damaged entry: expected 1048576 bytes with CRC-32 ");
    }

    /** Where the directory has the last entry, that of the weights; its size without packing is 24 bytes further. */
    private static int directoryEntry(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.lastIndexOf("PK\1\2");
    }

    @Test
    void opensNoArchiveInAnArchive() throws IOException {
        byte[] inner = zip(Map.of(WEIGHTS, zip(Map.of(WEIGHTS, new byte[1 << 20]))));
        requireRefused(archive(inner), "not an HDF5 file: expected the HDF5 signature in front");
    }

    @Test
    void readsTheModelThatTheOthersAreMadeOf() {
        assertThat(KerasImportTest.read(FILES.resolve("whole.h5")).network().layerDims())
                .containsExactly(2, 3);
        // a circle of groups, from which the weights can be reached
        assertThat(KerasImportTest.read(FILES.resolve("cycle.h5")).parameters()).contains(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "soft_link | kernel:0 must be a dataset: expected a dataset of this file: found a link to /elsewhere/kernel:0",
                "external_link | model_weights must be a group: expected a group of this file: found a link to whole.h5:/model_weights",
                "loop_of_links | kernel:0 must be a dataset: expected a dataset of this file: found a link to /model_weights/dense/kernel:0",
                "endless_cycle | groups within groups: expected at most 32: found 2002",
                "huge | kernel:0: damaged shape: expected as many values as a file of 6144 bytes can have: found (20000, 20000)",
                "huge_chunk | kernel:0: too many values: expected at most 2147483647 bytes: found (1099511627776, 3)",
                "huge_axes | kernel:0: too many values: expected at most 2147483647 bytes: found (4611686018427387904, 4611686018427387904, 3)"
            })
    void refusesWhatKerasDoesNotWrite(String name, String message) {
        requireRefused(FILES.resolve(name + ".h5"), message);
    }
}
