package io.github.layerc.generation;

import io.github.layerc.compiler.Compilation;
import io.github.layerc.compiler.CompileReport;
import io.github.layerc.compiler.PassReport;
import java.util.Locale;

/** A text on what became of a network, in the build directory. */
public enum Report {
    /** Layers, kernels, sizes and what the passes saved. */
    COMPILATION("compile.txt"),
    /** The programs as lowered and after each pass. */
    PASSES("passes.txt");

    private final String fileName;

    Report(String fileName) {
        this.fileName = fileName;
    }

    /** The word on the command line. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    String fileName() {
        return fileName;
    }

    String text(Compilation compilation) {
        return switch (this) {
            case COMPILATION -> new CompileReport(compilation).text();
            case PASSES -> new PassReport(compilation).text();
        };
    }
}
