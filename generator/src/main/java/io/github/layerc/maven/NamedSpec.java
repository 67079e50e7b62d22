package io.github.layerc.maven;

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
record NamedSpec(Path file, String place, Spec spec) {
    Network network() {
        return spec.network();
    }

    /** @throws io.github.layerc.compiler.CompileException if it cannot be compiled */
    Compilation compile(Options options) {
        return Compiler.compile(spec.network(), spec.fileName(), options);
    }
}
