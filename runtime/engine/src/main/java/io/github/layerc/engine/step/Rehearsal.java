package io.github.layerc.engine.step;

import java.util.function.BooleanSupplier;

/** What can run the kernels of its steps with made-up numbers. */
public interface Rehearsal {

    /**
     * Runs steps; the parameters of the engine are made up, too.
     *
     * @param more asked before each step
     */
    void rehearse(BooleanSupplier more);
}
