package io.github.layerc.compiler;

import io.github.layerc.emit.KernelSummary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/**
 * A generated class as javac compiled it.
 *
 * @param name without the package: {@code CatNet4Vector}
 * @param constants entries of its constant pool
 * @param methodBytes methods to their bytes of bytecode, in the order of the class file; overloads count with the longest
 * @param kernels of a target's class; none for the public class
 */
public record CompiledClass(String name, int constants, Map<String, Integer> methodBytes, List<KernelSummary> kernels) {
    public CompiledClass {
        methodBytes = Collections.unmodifiableMap(new LinkedHashMap<>(methodBytes));
        kernels = List.copyOf(kernels);
    }

    static CompiledClass of(String name, byte[] classFile, List<KernelSummary> kernels) {
        return new CompiledClass(name, new ClassReader(classFile).getItemCount(), MethodSizes.of(classFile), kernels);
    }

    /** Bytes of bytecode of all methods. */
    public int bytes() {
        return methodBytes.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The largest method; constructors and the static initializer do not count, since they run once and need not be compiled. */
    public Optional<Entry<String, Integer>> largestMethod() {
        return repeated().reduce((largest, next) -> next.getValue() > largest.getValue() ? next : largest);
    }

    /** The methods that may run often. */
    private Stream<Entry<String, Integer>> repeated() {
        return methodBytes.entrySet().stream().filter(method -> !method.getKey().startsWith("<"));
    }
}
