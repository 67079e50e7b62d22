package io.github.layerc.compiler;

import io.github.layerc.engine.Target;
import io.github.layerc.spec.SpecReader;
import io.github.layerc.table.TableEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A class that was generated from a spec with named columns, and a program that uses it, compiled together. */
final class UsedTable {
    private final Class<?> type;
    private final BiFunction<TableEngine, double[], double[]> use;

    /**
     * @param spec of a class in package {@code p}
     * @param program a class {@code p.Use} that is a {@code BiFunction<TableEngine, double[], double[]>}, from a row as numbers to what is predicted
     * @throws AssertionError if the program does not compile
     */
    @SuppressWarnings("unchecked")
    UsedTable(String spec, String program) {
        Compilation compilation = Compiler.compile(SpecReader.read("t.yaml", spec), Options.DEFAULT);
        List<SourceFile> sources = new ArrayList<>(compilation.files());
        sources.add(new SourceFile("p/Use.java", program));
        Map<String, byte[]> classes = MemoryCompiler.compile(sources);
        ClassLoader loader = new ClassLoader(UsedTable.class.getClassLoader()) {
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
            this.use = (BiFunction<TableEngine, double[], double[]>)
                    loader.loadClass("p.Use").getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("p.Use", e);
        }
    }

    TableEngine create(int batch, Target target) {
        try {
            return (TableEngine)
                    type.getMethod("create", int.class, Target.class).invoke(null, batch, target);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("create", e);
        }
    }

    /** What the program makes of a row. */
    double[] use(TableEngine engine, double... row) {
        return use.apply(engine, row);
    }
}
