package io.github.layerc.engine;

import io.github.layerc.engine.step.Parallel;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ConcurrentModificationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share out the work of one engine, and its caller's thread, which does the first part. They start with the first work. Behind
 * each piece of work a thread looks out for the next one for {@value #SPIN_NANOS} ns, so that the steps of a training follow each other without
 * delay; then it parks, and waiting costs nothing. One caller at a time: a second one, and a part that calls, is refused.
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

    /** A cleaner has a thread of its own: it starts with the first instance that has others to end. */
    private static final class Abandoned {
        static final Cleaner CLEANER = Cleaner.create();

        private Abandoned() {}
    }

    private final String name;
    private final Worker[] workers;
    private final long fewestFlops;
    private final Runnable end;
    private boolean started;
    private volatile boolean closed;

    /** Whether parts are handed over and waited for. */
    private final AtomicBoolean busy = new AtomicBoolean();

    /** @param threads the caller's among them, at least 1; with 1 there is no other thread, not even for a while */
    public Workers(String name, int threads) {
        this.name = name;
        this.fewestFlops = Math.max(1, Long.getLong(FEWEST_FLOPS_PROPERTY, FEWEST_FLOPS));
        Worker[] all = new Worker[threads - 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Worker(i + 1);
        }
        this.workers = all;
        // an engine that nobody closed takes its threads along
        this.end = all.length == 0 ? () -> {} : Abandoned.CLEANER.register(this, () -> endAll(all))::clean;
    }

    private static void endAll(Worker[] workers) {
        for (Worker worker : workers) {
            worker.end();
        }
    }

    /** Workers for the set-up of a training. */
    static Parallel parallel(String name, int threads) {
        Workers workers = new Workers(name, threads);
        return new Parallel() {
            @Override
            public void run(Work work, int parts) {
                workers.run(work::run, parts);
            }

            @Override
            public void close() {
                workers.close();
            }
        };
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
     * Runs all parts of a task and returns when they are done. What the first of them threw is thrown again then, what others threw is suppressed in
     * it, and the next run knows nothing of it. The caller may be interrupted: it waits all the same, and stays interrupted.
     *
     * @param parts at most the number of threads
     * @throws ConcurrentModificationException if another run of several parts is on its way
     */
    public void run(Task task, int parts) {
        if (closed) {
            throw new IllegalStateException(name + ": its workers were closed");
        }
        if (parts == 1) {
            task.run(0, 1); // no other thread, nothing to wait for
            return;
        }
        if (parts < 1 || parts > workers.length + 1) {
            throw new IllegalArgumentException(
                    name + ": parts must be from 1 to " + (workers.length + 1) + ": parts=" + parts);
        }
        occupy();
        Throwable failure;
        try {
            start();
            failure = runParts(task, parts);
        } finally {
            busy.set(false);
            Reference.reachabilityFence(this); // the cleaner must not end threads that are waited for
        }
        rethrow(failure);
    }

    private void occupy() {
        if (!busy.compareAndSet(false, true)) {
            throw new ConcurrentModificationException(
                    name + ": its workers serve one call at a time, and one is on its way");
        }
    }

    /** What the first part of those that failed has thrown, or null. */
    private Throwable runParts(Task task, int parts) {
        for (int i = 1; i < parts; i++) {
            workers[i - 1].hand(task, parts);
        }
        Throwable failure = null;
        try {
            task.run(0, parts);
        } catch (Throwable e) {
            failure = e;
        }
        for (int i = 1; i < parts; i++) {
            Throwable other = workers[i - 1].await();
            if (failure == null) {
                failure = other;
            } else if (other != null && other != failure) {
                failure.addSuppressed(other);
            }
        }
        return failure;
    }

    private void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(name + ": a part failed: " + failure, failure);
        }
    }

    /** Where the system had no thread left in an earlier run, that one is started now. */
    private void start() {
        if (started) {
            return;
        }
        for (Worker worker : workers) {
            if (worker.thread == null) {
                Thread thread = new Thread(worker, "layerc-" + name + "-" + worker.part);
                thread.setDaemon(true);
                thread.start();
                worker.thread = thread;
            }
        }
        started = true;
    }

    /**
     * Ends the threads. Closing twice has no effect.
     *
     * @throws ConcurrentModificationException if a run is on its way
     */
    @Override
    public void close() {
        occupy();
        closed = true;
        end.run();
        busy.set(false);
    }

    /** One thread: the task is handed over in a volatile field, and taken from it when it is done. */
    private static final class Worker implements Runnable {
        private final int part;
        private volatile Thread thread;
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
            while (true) {
                Task next = next();
                if (next != null) {
                    run(next);
                } else if (ended) {
                    return;
                }
            }
        }

        private void run(Task next) {
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
                // nobody who interrupts this thread means anything by it, and park would return at once from now on
                Thread.interrupted();
                LockSupport.park(this);
            }
            parked = false;
            return task;
        }

        /** Waits for the part; returns what it threw, or null. */
        Throwable await() {
            boolean interrupted = false;
            long start = System.nanoTime();
            while (task != null) {
                for (int i = 0; i < TURNS && task != null; i++) {
                    Thread.onSpinWait();
                }
                if (System.nanoTime() - start > SPIN_NANOS) {
                    // park returns at once from an interrupted thread
                    interrupted |= Thread.interrupted();
                    waiting = Thread.currentThread();
                    if (task != null) {
                        LockSupport.park(this);
                    }
                    waiting = null;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            Throwable thrown = failure;
            failure = null;
            return thrown;
        }

        void end() {
            ended = true;
            LockSupport.unpark(thread); // null where it never started
        }
    }
}
