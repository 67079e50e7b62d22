package io.github.layerc.generation;

import io.github.layerc.network.Network;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/**
 * Identifies the generator that runs, down to its bytes: snapshots of one version differ, and in its own reactor it is a folder of classes.
 */
final class BuildStamp {
    private BuildStamp() {}

    /** Hash of the classes of the generator and of the runtime, whose networks it lowers. */
    static String current() throws IOException {
        Sha256 hash = new Sha256();
        for (Class<?> type : List.of(BuildStamp.class, Network.class)) {
            hash.add(placeOf(type));
        }
        return hash.hex();
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError("a class path has no such location", e);
        }
    }
}
