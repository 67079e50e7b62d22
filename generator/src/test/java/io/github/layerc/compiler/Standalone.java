package io.github.layerc.compiler;

import io.github.layerc.compiler.StandaloneCompiler.Request;
import io.github.layerc.emit.alone.Entries;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles a trained network to a class that stands alone, and runs it where there is nothing but the JDK, for tests. */
final class Standalone {
    private final boolean isFloat;
    private final StandaloneClass compiled;
    private final Class<?> type;
    private Object instance;

    Standalone(Network network, Target target, Entries entries, double[] parameters) {
        this(
                network,
                StandaloneCompiler.compile(
                        network,
                        "test.yaml",
                        Options.DEFAULT,
                        new Request(target, entries == Entries.TRAIN),
                        parameters,
                        Optional.empty(),
                        List.of("Made by a test.")));
    }

    private Standalone(Network network, StandaloneClass compiled) {
        this(network, compiled, compiled.resources());
    }

    /** @param resources by their simple names, instead of those that belong to the class */
    Standalone(Network network, StandaloneClass compiled, Map<String, byte[]> resources) {
        this.isFloat = network.precision() == Precision.FLOAT;
        this.compiled = compiled;
        String folder = network.packageName().replace('.', '/');
        Map<String, byte[]> placed = new HashMap<>();
        resources.forEach((name, bytes) -> placed.put(folder.isEmpty() ? name : folder + "/" + name, bytes));
        ClassLoader loader = new ClassLoader(ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = compiled.classFiles().get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }

            @Override
            public InputStream getResourceAsStream(String name) {
                return placed.containsKey(name) ? new ByteArrayInputStream(placed.get(name)) : null;
            }
        };
        try {
            this.type = loader.loadClass(network.className());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    StandaloneClass compiled() {
        return compiled;
    }

    /** Makes the instance that the other methods ask. */
    Standalone create(int batch) {
        instance = call("create", new Class<?>[] {int.class}, batch);
        return this;
    }

    double[] predict(double[] samples, int count) {
        return wide(call("predict", new Class<?>[] {array(), int.class}, narrow(samples), count));
    }

    double cost(double[] samples, double[] targets, int count) {
        Class<?>[] types = {array(), array(), int.class};
        return (double) call("cost", types, narrow(samples), narrow(targets), count);
    }

    double step(double[] samples, double[] targets, int count, double learningRate) {
        Class<?>[] types = {array(), array(), int.class, double.class};
        return (double) call("step", types, narrow(samples), narrow(targets), count, learningRate);
    }

    double[] parameters() {
        return wide(call("parameters", new Class<?>[0]));
    }

    void setParameters(double[] parameters) {
        call("setParameters", new Class<?>[] {array()}, narrow(parameters));
    }

    private Class<?> array() {
        return isFloat ? float[].class : double[].class;
    }

    private Object narrow(double[] values) {
        return isFloat ? Problem.narrow(values) : values.clone();
    }

    private double[] wide(Object values) {
        return isFloat ? Problem.widen((float[]) values) : (double[]) values;
    }

    /** What the method throws comes through. */
    private Object call(String method, Class<?>[] types, Object... values) {
        try {
            return type.getMethod(method, types).invoke(instance, values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new LinkageError(method, e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(method, e);
        }
    }
}
