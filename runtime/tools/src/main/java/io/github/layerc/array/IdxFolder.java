package io.github.layerc.array;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of MNIST as they are handed out, packed by gzip or not, as arrays {@code x_train}, {@code y_train}, {@code x_test} and {@code y_test}. Some servers
 * write a dot in their names. Where a file lies there both packed and unpacked, the unpacked one is read.
 */
public record IdxFolder(Path folder) implements ArrayStore {
    /** The name of each file with a dash, or a dot, for the bar. */
    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
            "x_train", "train-images|idx3-ubyte",
            "y_train", "train-labels|idx1-ubyte",
            "x_test", "t10k-images|idx3-ubyte",
            "y_test", "t10k-labels|idx1-ubyte"));

    @Override
    public Object place() {
        return folder;
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(FILES.keySet());
        names.removeIf(name -> file(name).isEmpty());
        return names;
    }

    @Override
    public StoredArray read(String name) {
        try (ArrayInput in = ArrayInput.open(file(name).orElseGet(() -> folder.resolve(words(name))))) {
            return IdxFormat.read(in);
        }
    }

    @Override
    public String words(String name) {
        String file = FILES.get(name);
        return file == null ? name : file.replace('|', '-');
    }

    private Optional<Path> file(String name) {
        return Optional.ofNullable(FILES.get(name)).stream()
                .flatMap(file -> Stream.of("-", ".").map(mark -> file.replace("|", mark)))
                .flatMap(file -> Stream.of(file, file + ".gz"))
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    @Override
    public void close() {}
}
