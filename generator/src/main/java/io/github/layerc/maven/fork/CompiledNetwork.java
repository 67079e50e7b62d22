package io.github.layerc.maven.fork;

import io.github.layerc.generation.NamedSpec;
import io.github.layerc.network.Network;
import io.github.layerc.spec.Spec;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The compiled class of a network, as it lies in a folder: whether it is what its spec says today. */
public final class CompiledNetwork {
    private static final String NETWORK = "NETWORK";
    private static final String TABLE = "TABLE";

    private CompiledNetwork() {}

    /**
     * @param classes folder of compiled classes
     * @param goal that wants to run the class, for the message
     * @throws IllegalArgumentException if the class is not there, or was compiled before the spec was changed
     */
    public static void require(NamedSpec spec, Path classes, String goal) throws IOException {
        String name = spec.network().className();
        String advice = ": run mvn compile first, or layerc:" + goal + " behind it in one build";
        if (!Files.exists(classes.resolve(name.replace('.', '/') + ".class"))) {
            throw new IllegalArgumentException("class " + name + " is not compiled" + advice);
        }
        if (isOther(spec.spec(), classes)) {
            throw new IllegalArgumentException(
                    spec.place() + ": changed since class " + name + " was compiled" + advice);
        }
    }

    /** A class that does not link here was made by another version of layerc, of which the program that runs it says more. */
    private static boolean isOther(Spec spec, Path classes) throws IOException {
        URL[] places = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(places, Network.class.getClassLoader())) {
            Class<?> compiled = loader.loadClass(spec.network().className());
            boolean hasTable = Stream.of(compiled.getFields())
                    .anyMatch(field -> field.getName().equals(TABLE));
            Optional<Object> table =
                    hasTable ? Optional.of(compiled.getField(TABLE).get(null)) : Optional.empty();
            return !spec.network().equals(compiled.getField(NETWORK).get(null))
                    || !spec.table().equals(table);
        } catch (ReflectiveOperationException | LinkageError e) {
            return false;
        }
    }
}
