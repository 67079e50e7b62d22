package io.github.layerc.examples;

import io.github.layerc.command.Engines;
import io.github.layerc.compiler.Compilation;
import io.github.layerc.compiler.Compiler;
import io.github.layerc.compiler.Options;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.spec.SpecReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** A spec of this module compiled once more, in another precision than the committed class. */
final class Variant {
    private final Engines engines;

    Variant(String specFile, Precision precision) {
        Compilation compilation;
        try {
            compilation = Compiler.compile(
                    SpecReader.read(Path.of("src/main/networks").resolve(specFile)),
                    Options.DEFAULT.withPrecision(precision));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Class<?> type = new Loader(compilation.classFiles())
                    .loadClass(compilation.network().className());
            this.engines = new Engines(type, compilation.network());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    Network network() {
        return engines.network();
    }

    Engine open(Target target, int batch) {
        return engines.open(target.keyword(), batch);
    }

    /** Prefers the variant over the committed class of the same name. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(Variant.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                byte[] bytes = classes.get(name);
                Class<?> loaded = findLoadedClass(name);
                if (bytes == null || loaded != null) {
                    return loaded != null ? loaded : super.loadClass(name, resolve);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }
}
