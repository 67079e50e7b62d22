package io.github.layerc.compiler;

import io.github.layerc.pass.Passes;
import io.github.layerc.program.Program;

/** The program of every entry point as lowered, and after each pass that changed it, as text for whoever works on passes. */
public final class PassReport {
    private final Compilation compilation;

    public PassReport(Compilation compilation) {
        this.compilation = compilation;
    }

    /** The report; lines end in {@code \n}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Passes.Result result : compilation.programs()) {
            add(text, "lowering", result.lowered());
            result.applied().forEach(each -> add(text, each.pass(), each.program()));
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String stage, Program program) {
        text.append(text.isEmpty() ? "" : "\n")
                .append("after ")
                .append(stage)
                .append(", ")
                .append(program);
    }
}
