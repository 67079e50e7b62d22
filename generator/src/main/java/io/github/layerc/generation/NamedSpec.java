package io.github.layerc.generation;

import io.github.layerc.compiler.Compilation;
import io.github.layerc.compiler.Compiler;
import io.github.layerc.compiler.Options;
import io.github.layerc.network.Network;
import io.github.layerc.spec.Spec;
import java.nio.file.Path;

/**
 * A spec and where it lies.
 *
 * @param file absolute
 * @param place the file as messages name it
 */
public record NamedSpec(Path file, String place, Spec spec) {
    public Network network() {
        return spec.network();
    }

    /** @throws io.github.layerc.compiler.CompileException if it cannot be compiled */
    public Compilation compile(Options options) {
        return Compiler.compile(spec, options);
    }
}
