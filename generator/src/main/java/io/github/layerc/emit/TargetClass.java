package io.github.layerc.emit;

import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Kernel;
import java.util.List;

/**
 * The class behind the public one for one target.
 *
 * @param kernels that its entry points call
 */
public record TargetClass(TypeSpec type, List<Kernel> kernels) {
    public TargetClass {
        kernels = List.copyOf(kernels);
    }

    public List<KernelSummary> summaries() {
        return kernels.stream().map(KernelSummary::of).toList();
    }
}
