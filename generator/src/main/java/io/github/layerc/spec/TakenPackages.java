package io.github.layerc.spec;

import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.exchange.ModelImport;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Network;
import io.github.layerc.table.Table;
import io.github.layerc.training.Trainer;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packages that generated classes cannot be in, since a package belongs to one module: those of the Java that runs the compiler, and those
 * of the runtime's modules, each of which is told by a class. They are asked for, not listed; only names that any Java keeps for itself are.
 */
final class TakenPackages {
    private static final String JAVA = "the packages of Java itself";

    private static final Set<String> JAVA_ONLY = Set.of("java", "jdk", "sun");

    private static final Set<String> OF_JAVA = packages(ModuleFinder.ofSystem());
    private static final Set<String> OF_RUNTIME = packages(ModuleFinder.of(
            Stream.of(Network.class, Interpreter.class, Trainer.class, Table.class, Checkpoint.class, ModelImport.class)
                    .map(TakenPackages::placeOf)
                    .toArray(Path[]::new)));
    private static final Set<String> WITH_PARENTS = withParents(Stream.concat(OF_JAVA.stream(), OF_RUNTIME.stream()));

    private TakenPackages() {}

    /** Whose the package is, in words for an error. */
    static Optional<String> ownerOf(String packageName) {
        String first = packageName.split("\\.", 2)[0];
        if (JAVA_ONLY.contains(first) || OF_JAVA.contains(packageName)) {
            return Optional.of(JAVA);
        }
        return OF_RUNTIME.contains(packageName) ? Optional.of("those of layerc's runtime") : Optional.empty();
    }

    /** Whether there is a package of this name, or one below it. */
    static boolean isPackage(String name) {
        return WITH_PARENTS.contains(name);
    }

    private static Set<String> packages(ModuleFinder finder) {
        return finder.findAll().stream()
                .flatMap(module -> module.descriptor().packages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> withParents(Stream<String> packages) {
        Set<String> all = new TreeSet<>();
        packages.forEach(name -> {
            for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
                all.add(name.substring(0, end));
            }
        });
        return Set.copyOf(all);
    }

    /** A jar, or a folder of classes in a reactor. */
    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError("the runtime has no place on disk", e);
        }
    }
}
