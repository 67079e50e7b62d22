package io.github.layerc.pass;

import io.github.layerc.program.Program;

/** A named rewrite, Program to Program. It changes what has to be done and, rounding aside, never the results. */
public interface Pass {

    /** The name as it is printed in generated code, like {@code fuse-update}. */
    String name();

    /** The rewritten program, or the same one where there is nothing to do. */
    Program apply(Program program);
}
