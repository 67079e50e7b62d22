package io.github.layerc.compiler;

/**
 * A generated source.
 *
 * @param path relative to the source root, with slashes: {@code io/github/layerc/examples/CatNet4.java}
 */
public record SourceFile(String path, String text) {

    /** Name of the class with its package. */
    public String className() {
        return path.substring(0, path.length() - ".java".length()).replace('/', '.');
    }
}
