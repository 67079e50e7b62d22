package io.github.layerc.engine;

import java.lang.ref.Cleaner;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share out the work of one engine, and its caller's thread, which does the first part. They start with the first work. Behind
 * each piece of work a thread looks out for the next one for {@value #SPIN_NANOS} ns, so that the steps of a training follow each other without
 * delay; then it parks, and waiting costs nothing. Not for use by several callers at a time.
 *
 * <p>How work is shared out depends on its size and the number of threads alone, never on the load, so results are the same bits each time.
 */
public final class Workers implements AutoCloseable {
    /** FLOPs of a part of a task that are worth its hand-over, some tens of microseconds of vector code; read by each instance. */
    private static final String FEWEST_FLOPS_PROPERTY = "layerc.flopsPerThread";

    private static final long FEWEST_FLOPS = 2_000_000;

    private static final long SPIN_NANOS = 50_000;

    /** Turns between two looks at the clock. */
    private static final int TURNS = 64;

    private static final Cleaner CLEANER = Cleaner.create();

    /** A piece of work that is done in parts, all at the same time. */
    @FunctionalInterface
    public interface Task {
        /**
         * Does one part.
         *
         * @param part from 0 to {@code parts - 1}
         */
        void run(int part, int parts);
    }

    private final String name;
    private final Worker[] workers;
    private final long fewestFlops;
    private final Cleaner.Cleanable cleanable;
    private boolean started;
    private boolean closed;

    /** @param threads the caller's among them, at least 1 */
    public Workers(String name, int threads) {
        this.name = name;
        this.fewestFlops = Math.max(1, Long.getLong(FEWEST_FLOPS_PROPERTY, FEWEST_FLOPS));
        Worker[] all = new Worker[threads - 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Worker(i + 1);
        }
        this.workers = all;
        // an engine that nobody closed takes its threads along
        this.cleanable = CLEANER.register(this, () -> {
            for (Worker worker : all) {
                worker.end();
            }
        });
    }

    /** The number of parts for a task: as many as there are threads, fewer where a part would not be worth its hand-over. */
    public int parts(long flops) {
        return (int) Math.max(1, Math.min(workers.length + 1L, flops / fewestFlops));
    }

    /**
     * Where a part of a range starts; it ends where the next one starts.
     *
     * @param size of the range
     * @param part 0 to {@code parts}
     * @param multiple parts start at multiples of it
     */
    public static int split(int size, int part, int parts, int multiple) {
        long blocks = ((long) size + multiple - 1) / multiple;
        return (int) Math.min(size, blocks * part / parts * multiple);
    }

    /**
     * Runs all parts of a task and returns when they are done. What one of them throws is thrown again.
     *
     * @param parts at most the number of threads
     */
    public void run(Task task, int parts) {
        if (closed) {
            throw new IllegalStateException(name + ": its workers were closed");
        }
        if (parts > 1 && !started) {
            start();
        }
        for (int i = 1; i < parts; i++) {
            workers[i - 1].hand(task, parts);
        }
        try {
            task.run(0, parts);
        } finally {
            for (int i = 1; i < parts; i++) {
                workers[i - 1].await();
            }
        }
        for (int i = 1; i < parts; i++) {
            workers[i - 1].throwFailure();
        }
    }

    private void start() {
        for (Worker worker : workers) {
            Thread thread = new Thread(worker, "layerc-" + name + "-" + worker.part);
            thread.setDaemon(true);
            worker.thread = thread;
            thread.start();
        }
        started = true;
    }

    /** Ends the threads. Closing twice has no effect. */
    @Override
    public void close() {
        closed = true;
        cleanable.clean();
    }

    /** One thread: the task is handed over in a volatile field, and taken from it when it is done. */
    private static final class Worker implements Runnable {
        private final int part;
        private Thread thread;
        private int parts;
        private Throwable failure;
        private volatile Task task;
        private volatile boolean parked;
        private volatile boolean ended;
        private volatile Thread waiting;

        Worker(int part) {
            this.part = part;
        }

        void hand(Task next, int ofParts) {
            parts = ofParts;
            task = next;
            if (parked) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        public void run() {
            while (!ended) {
                Task next = next();
                if (next == null) {
                    continue;
                }
                try {
                    next.run(part, parts);
                } catch (Throwable e) {
                    failure = e;
                }
                task = null;
                Thread caller = waiting;
                if (caller != null) {
                    LockSupport.unpark(caller);
                }
            }
        }

        /** The task that is handed over, or null after a wake-up without one. */
        private Task next() {
            long start = System.nanoTime();
            while (System.nanoTime() - start < SPIN_NANOS) {
                for (int i = 0; i < TURNS; i++) {
                    Task next = task;
                    if (next != null) {
                        return next;
                    }
                    Thread.onSpinWait();
                }
            }
            // the order matters: who hands over sees parked, or this sees the task
            parked = true;
            if (task == null && !ended) {
                LockSupport.park(this);
            }
            parked = false;
            return task;
        }

        void await() {
            long start = System.nanoTime();
            while (task != null) {
                for (int i = 0; i < TURNS && task != null; i++) {
                    Thread.onSpinWait();
                }
                if (System.nanoTime() - start > SPIN_NANOS) {
                    waiting = Thread.currentThread();
                    if (task != null) {
                        LockSupport.park(this);
                    }
                    waiting = null;
                }
            }
        }

        void throwFailure() {
            Throwable thrown = failure;
            failure = null;
            if (thrown instanceof RuntimeException e) {
                throw e;
            }
            if (thrown instanceof Error e) {
                throw e;
            }
        }

        void end() {
            ended = true;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }
    }
}
