package io.github.layerc.engine.step;

/** Threads that do parts of the same work at the same time. */
public interface Parallel extends AutoCloseable {

    /** A piece of work. */
    @FunctionalInterface
    interface Work {
        /**
         * Does one part.
         *
         * @param part from 0 to {@code parts - 1}
         */
        void run(int part, int parts);
    }

    /**
     * Runs all parts and returns when they are done.
     *
     * @param parts at most the number of threads
     */
    void run(Work work, int parts);

    /** Ends the threads. */
    @Override
    void close();
}
