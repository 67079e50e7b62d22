package io.github.layerc.compiler;

import io.github.layerc.network.Network;
import io.github.layerc.pass.Passes;
import io.github.layerc.schedule.Machine;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a spec.
 *
 * @param network as compiled, options applied
 * @param source name of the file that it comes from
 * @param machine what the schedules are made for
 * @param programs of all entry points, after the passes
 * @param files the public class, then those of the targets
 * @param classes what javac makes of the files, in their order, a nested class behind its own
 * @param classFiles the same as bytes, by the names of the classes
 */
public record Compilation(
        Network network,
        String source,
        Machine machine,
        List<Passes.Result> programs,
        List<SourceFile> files,
        List<CompiledClass> classes,
        Map<String, byte[]> classFiles) {

    public Compilation {
        programs = List.copyOf(programs);
        files = List.copyOf(files);
        classes = List.copyOf(classes);
        classFiles = Map.copyOf(classFiles);
    }

    /** Bytecode of every method, {@code CatNet4Vector.forward1} to its size in bytes. */
    public Map<String, Integer> methodBytes() {
        Map<String, Integer> methodBytes = new TreeMap<>();
        for (CompiledClass type : classes) {
            type.methodBytes().forEach((method, bytes) -> methodBytes.put(type.name() + "." + method, bytes));
        }
        return methodBytes;
    }
}
