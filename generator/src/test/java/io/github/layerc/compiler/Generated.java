package io.github.layerc.compiler;

import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import java.util.Map;

/** Compiles a network in memory and makes instances of the class, for tests. */
public final class Generated {
    private final Compilation compilation;
    private final Class<?> type;

    public Generated(Network network) {
        this(Compiler.compile(network, "test.yaml", Options.DEFAULT));
    }

    Generated(Compilation compilation) {
        this.compilation = compilation;
        Map<String, byte[]> classes = compilation.classFiles();
        ClassLoader loader = new ClassLoader(Generated.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        try {
            this.type = loader.loadClass(compilation.network().className());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    Compilation compilation() {
        return compilation;
    }

    public Engine create(int batch, Target target) {
        try {
            return (Engine) type.getMethod("create", int.class, Target.class).invoke(null, batch, target);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("create", e);
        }
    }

    /** Another instance over the parameters of one. */
    static Engine share(Engine engine, int batch) {
        try {
            return (Engine) engine.getClass().getMethod("share", int.class).invoke(engine, batch);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("share", e);
        }
    }
}
