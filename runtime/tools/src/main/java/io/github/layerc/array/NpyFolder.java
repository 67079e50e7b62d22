package io.github.layerc.array;

import io.github.layerc.data.DataException;
import io.github.layerc.files.LargeFiles;
import io.github.layerc.files.MappedMatrix;
import io.github.layerc.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder of files in the format NPY, each of which is an array of its name. */
public record NpyFolder(Path folder) implements ArrayStore {
    private static final String END = ".npy";

    @Override
    public Object place() {
        return folder;
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(END) && name.length() > END.length())
                    .forEach(name -> names.add(name.substring(0, name.length() - END.length())));
        } catch (IOException e) {
            throw DataException.of(folder, "cannot read this folder", "a readable folder", e);
        }
        return names;
    }

    @Override
    public StoredArray read(String name) {
        Path file = folder.resolve(words(name));
        if (LargeFiles.isLarge(file)) {
            try (ArrayInput in = ArrayInput.open(file)) {
                Optional<StoredArray> mapped = mapped(file, NpyFormat.header(in), in.left());
                if (mapped.isPresent()) {
                    return mapped.get();
                }
            }
        }
        try (ArrayInput in = ArrayInput.open(file)) {
            return NpyFormat.read(in);
        }
    }

    /** A matrix of floats in C order, with as many bytes as its shape says, can stay in its file; whatever else there is, is read. */
    private static Optional<StoredArray> mapped(Path file, NpyFormat.Header header, OptionalLong left) {
        ElementType type = header.type();
        Axes axes = header.axes();
        boolean suits = type.kind() == ElementType.Kind.REAL
                && !header.fortran()
                && axes.sizes().size() > 1
                && axes.sizes().get(0) > 0
                && axes.sizes().get(0) <= Integer.MAX_VALUE
                && axes.bytes(1) <= Integer.MAX_VALUE
                && axes.bytes(type.width()) > 0
                && left.isPresent()
                && left.getAsLong() == axes.bytes(type.width());
        if (!suits) {
            return Optional.empty();
        }
        int rows = axes.sizes().get(0).intValue();
        MappedMatrix matrix = MappedMatrix.ofEnd(
                file, type.width() == Float.BYTES ? Precision.FLOAT : Precision.DOUBLE, header.order(), rows, (int)
                        (axes.bytes(1) / rows));
        return Optional.of(new StoredArray(file, type, axes, matrix));
    }

    @Override
    public String words(String name) {
        return name + END;
    }

    @Override
    public void close() {}
}
