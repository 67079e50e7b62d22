package io.github.layerc.array;

import io.github.layerc.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        try (ArrayInput in = ArrayInput.open(folder.resolve(words(name)))) {
            return NpyFormat.read(in);
        }
    }

    @Override
    public String words(String name) {
        return name + END;
    }

    @Override
    public void close() {}
}
