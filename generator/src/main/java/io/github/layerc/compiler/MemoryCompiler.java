package io.github.layerc.compiler;

import io.github.layerc.engine.VectorSupport;
import io.github.layerc.network.Network;
import io.github.layerc.table.Table;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Runs javac in this JVM over generated sources and keeps the classes in memory. */
public final class MemoryCompiler {
    /** Not {@code --release}, for which javac opens a large archive each time: the classes run in this JVM, against whose API they are compiled. */
    private static final List<String> PLAIN =
            List.of("-source", "17", "-target", "17", "-proc:none", "-Xlint:none", "-nowarn");

    private static final List<String> VECTOR_MODULE = List.of("--add-modules", VectorSupport.MODULE);

    /** How javac's codes begin for too many constants, too much code and the like. */
    private static final String LIMIT = "compiler.err.limit";

    private MemoryCompiler() {}

    /**
     * Compiles sources against this runtime.
     *
     * @return class names to their bytes
     * @throws CompileException if this Java has no compiler, or a class would exceed a limit of class files
     */
    public static Map<String, byte[]> compile(List<SourceFile> sources) {
        return compile(sources, runtimePath(), VECTOR_MODULE);
    }

    /**
     * Compiles a source against the JDK alone.
     *
     * @param vector whether the module of the Vector API is there, too
     * @throws CompileException as above
     */
    public static Map<String, byte[]> compileAlone(SourceFile source, boolean vector) {
        return compile(List.of(source), "", vector ? VECTOR_MODULE : List.of());
    }

    private static Map<String, byte[]> compile(List<SourceFile> sources, String classPath, List<String> modules) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new CompileException(
                    "this Java has no compiler: expected a JDK, found " + System.getProperty("java.home"));
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach(source -> units.add(new Source(source)));
        try (JavaFileManager standard = compiler.getStandardFileManager(diagnostics, null, null)) {
            Classes classes = new Classes(standard);
            List<String> options = new ArrayList<>(PLAIN);
            options.addAll(modules);
            options.addAll(List.of("-classpath", classPath));
            boolean compiled = compiler.getTask(null, classes, diagnostics, options, null, units)
                    .call();
            if (!compiled) {
                throw failure(diagnostics.getDiagnostics());
            }
            return classes.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuntimeException failure(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics) {
            if (diagnostic.getCode().startsWith(LIMIT)) {
                return new CompileException(
                        "the network is too large for the files of Java classes: " + diagnostic.getMessage(Locale.ROOT)
                                + ": " + diagnostic.getSource().getName());
            }
        }
        throw new AssertionError("generated code does not compile: " + diagnostics);
    }

    /** What generated classes stand on. */
    private static String runtimePath() {
        return Stream.of(Network.class, Table.class)
                .map(MemoryCompiler::placeOf)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Where this JVM found a class: a jar, or a folder of classes in a reactor. */
    private static String placeOf(Class<?> type) {
        try {
            URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(place).toString();
        } catch (URISyntaxException e) {
            throw new AssertionError("the runtime has no place on disk", e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(SourceFile source) {
            super(URI.create("memory:///" + source.path()), Kind.SOURCE);
            this.text = source.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> streams = new LinkedHashMap<>();

        Classes(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String className, JavaFileObject.Kind kind, FileObject sibling)
                throws IOException {
            if (location != StandardLocation.CLASS_OUTPUT) {
                return super.getJavaFileForOutput(location, className, kind, sibling);
            }
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            streams.put(className, stream);
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return stream;
                }
            };
        }

        Map<String, byte[]> bytes() {
            Map<String, byte[]> bytes = new LinkedHashMap<>();
            streams.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
            return bytes;
        }
    }
}
