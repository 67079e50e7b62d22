package io.github.layerc.compiler;

import io.github.layerc.network.Network;
import java.util.List;
import java.util.Map;

/**
 * What became of a spec.
 *
 * @param network as compiled, options applied
 * @param files the public class, then those of the targets
 * @param methodBytes bytecode of every method of the targets' classes, {@code CatNet4Vector.forward1} to its size
 */
public record Compilation(Network network, List<SourceFile> files, Map<String, Integer> methodBytes) {

    public Compilation {
        files = List.copyOf(files);
        methodBytes = Map.copyOf(methodBytes);
    }
}
