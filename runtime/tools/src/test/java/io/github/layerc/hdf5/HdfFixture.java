package io.github.layerc.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HDF5 file of a test: valid picture files by default, of which a test changes what it is about. */
public final class HdfFixture {
    private record Content(Object data, DatasetCreationOptions options) {}

    private final Map<String, Content> datasets = new LinkedHashMap<>();
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    /** {@code count} pictures of 4x5x3 with values that are all over the range of a byte, labels 0, 1, 0, 1, ... */
    public static HdfFixture pictures(String part, int count) {
        long[] labels = new long[count];
        for (int s = 0; s < count; s++) {
            labels[s] = s % 2;
        }
        return new HdfFixture()
                .unsigned(part + "_set_x", pixels(count))
                .with(part + "_set_y", labels)
                .with("list_classes", new String[] {"non-cat", "cat"});
    }

    public static byte[][][][] pixels(int count) {
        byte[][][][] pixels = new byte[count][4][5][3];
        for (int i = 0; i < count * 60; i++) {
            pixels[i / 60][i / 15 % 4][i / 3 % 5][i % 3] = (byte) (7 * i);
        }
        return pixels;
    }

    public HdfFixture with(String name, Object data) {
        return with(name, data, DatasetCreationOptions.DEFAULT);
    }

    public HdfFixture unsigned(String name, Object data) {
        return with(name, data, DatasetCreationOptions.builder().unsigned().build());
    }

    public HdfFixture with(String name, Object data, DatasetCreationOptions options) {
        datasets.put(name, new Content(data, options));
        return this;
    }

    /** An attribute of the root group. */
    public HdfFixture attribute(String name, Object value) {
        attributes.put(name, value);
        return this;
    }

    public HdfFixture without(String name) {
        datasets.remove(name);
        return this;
    }

    public Path write(Path file) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            datasets.forEach((name, content) -> hdf.putDataset(name, content.data(), content.options()));
            attributes.forEach(hdf::putAttribute);
        }
        return file;
    }
}
