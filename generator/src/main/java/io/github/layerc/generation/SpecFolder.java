package io.github.layerc.generation;

import io.github.layerc.emit.TargetClassEmitter;
import io.github.layerc.network.Network;
import io.github.layerc.schedule.tuned.TunedFile;
import io.github.layerc.spec.Spec;
import io.github.layerc.spec.SpecReader;
import io.github.layerc.spec.text.SpecError;
import io.github.layerc.spec.text.SpecException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All specs of a module: the files {@code **}{@code /*.yaml} and {@code **}{@code /*.yml} of a folder, read in the order of their paths, with
 * every error of every file.
 */
public final class SpecFolder {
    private final Path folder;
    private final SpecFiles files;
    private final List<NamedSpec> specs = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private SpecFolder(Path folder, SpecFiles files) {
        this.folder = folder;
        this.files = files;
        problems.addAll(files.problems());
    }

    /**
     * Reads the folder; one that does not exist has no specs.
     *
     * @param shownFrom directory that messages name files from
     */
    public static SpecFolder read(Path folder, Path shownFrom) throws IOException {
        SpecFolder result = new SpecFolder(folder, SpecFiles.in(folder, shownFrom));
        for (Path file : result.files()) {
            String place = SpecFiles.place(file, shownFrom);
            try {
                result.specs.add(new NamedSpec(file, place, SpecReader.read(file)));
            } catch (SpecException e) {
                for (SpecError error : e.errors()) {
                    result.problems.add(new Problem(file, place, error.line(), error.column(), error.message()));
                }
            } catch (IOException e) {
                result.problems.add(new Problem(file, place, 0, 0, "cannot be read: " + e));
            }
        }
        result.requireOneSpecForEachClass();
        result.requireNoClassNamedAsAPackage();
        result.requireOneSpecForEachTunedFile();
        return result;
    }

    /** Whether there is a folder, with or without specs. */
    boolean exists() {
        return files.exists();
    }

    /** All files, also those that could not be read. */
    public List<Path> files() {
        return files.files();
    }

    /** The specs that could be read. */
    List<NamedSpec> specs() {
        return specs;
    }

    /** One line for each file that is no spec and looks like one. */
    public List<String> notices() {
        return files.notices();
    }

    /** What is wrong with the others. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * The spec of a network.
     *
     * @param name of its class, with or without the package
     * @throws IllegalArgumentException if there is no such network, or more than one
     */
    public NamedSpec find(String name) {
        List<NamedSpec> found = specs.stream()
                .filter(spec -> spec.network().className().equals(name)
                        || spec.network().name().equals(name))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (specs.isEmpty()) {
            throw new IllegalArgumentException("no specs in " + folder + ": expected a file that ends in "
                    + String.join(" or ", SpecFiles.ENDINGS) + ": layerc.network=" + name);
        }
        String expected = String.join(", ", found.isEmpty() ? names(specs) : classNames(found));
        throw new IllegalArgumentException(
                found.isEmpty()
                        ? "unknown network: expected one of " + expected + ": layerc.network=" + name
                        : "more than one network of this name: expected one of " + expected + ": layerc.network="
                                + name);
    }

    /**
     * Name of the folder for what a network leaves in the build directory: that of its class, with the package where another one has the same
     * name.
     */
    public String outputName(NamedSpec spec) {
        String name = spec.network().name();
        long namesakes = specs.stream()
                .filter(other -> other.network().name().equalsIgnoreCase(name))
                .count();
        return namesakes == 1 ? name : spec.network().className();
    }

    /** Two classes whose names differ only in case would share a file where the file system ignores it. */
    private void requireOneSpecForEachClass() {
        Map<String, NamedSpec> byClass = new HashMap<>();
        for (NamedSpec spec : specs) {
            for (String className : TargetClassEmitter.classNames(spec.network())) {
                NamedSpec first = byClass.putIfAbsent(className.toLowerCase(Locale.ROOT), spec);
                if (first != null) {
                    problemWithName(spec, "class " + className + " is generated from " + first.place() + " already");
                    break;
                }
            }
        }
    }

    /** Java cannot tell the package {@code a.B} from the class {@code B} of the package {@code a}. */
    private void requireNoClassNamedAsAPackage() {
        Map<String, NamedSpec> byPackage = new HashMap<>();
        for (NamedSpec spec : specs) {
            String name = spec.network().packageName();
            for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
                byPackage.putIfAbsent(name.substring(0, end), spec);
            }
        }
        for (NamedSpec spec : specs) {
            for (String className : TargetClassEmitter.classNames(spec.network())) {
                NamedSpec other = byPackage.get(className);
                if (other != null) {
                    problemWithName(
                            spec, "class " + className + " must not have the name of a package of " + other.place());
                }
            }
        }
    }

    private void requireOneSpecForEachTunedFile() {
        Map<Path, NamedSpec> byTuned = new HashMap<>();
        for (NamedSpec spec : specs) {
            Path tuned = TunedFile.beside(spec.file());
            NamedSpec first = byTuned.putIfAbsent(tuned, spec);
            if (first != null) {
                String message = "expected another file name, since measured schedules of " + first.place()
                        + " would lie in the same " + tuned.getFileName();
                problems.add(new Problem(spec.file(), spec.place(), 0, 0, message));
            }
        }
    }

    private void problemWithName(NamedSpec spec, String message) {
        Spec read = spec.spec();
        problems.add(new Problem(
                spec.file(),
                spec.place(),
                read.line(),
                read.column(),
                message + ": network=" + spec.network().name()));
    }

    private static List<String> names(List<NamedSpec> specs) {
        return specs.stream()
                .map(NamedSpec::network)
                .map(Network::name)
                .sorted()
                .toList();
    }

    private static List<String> classNames(List<NamedSpec> specs) {
        return specs.stream()
                .map(NamedSpec::network)
                .map(Network::className)
                .sorted()
                .toList();
    }
}
