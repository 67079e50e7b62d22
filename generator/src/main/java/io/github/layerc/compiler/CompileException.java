package io.github.layerc.compiler;

/** A network that cannot be compiled, or a machine that cannot compile. The message is one line. */
public final class CompileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CompileException(String message) {
        super(message);
    }
}
