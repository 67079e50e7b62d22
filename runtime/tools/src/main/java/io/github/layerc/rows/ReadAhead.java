package io.github.layerc.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Threads that read the next rows while those before are looked at, a few batches ahead, and hand them out in the order of the file. What goes wrong there is thrown here, behind the last row that could be
 * read.
 */
final class ReadAhead implements AutoCloseable {
    /** More than that wait for each other where they read. */
    private static final int MOST_THREADS = 8;

    private final RowSource source;
    private final int[] numbers;
    private final BlockingQueue<Batch> free = new LinkedBlockingQueue<>();

    /** Held by the thread that reads from the file, which numbers batches in their order. */
    private final Lock reading = new ReentrantLock();

    private long nextRead;
    private boolean ended;

    /** Batches by their numbers; its monitor tells of new ones. */
    private final Map<Long, Batch> ready = new HashMap<>();

    private long nextTaken;
    private final List<Thread> threads;

    /** Rows, and how it went on behind them. */
    static final class Batch {
        private final Fields fields = new Fields();

        private boolean last;
        private Throwable failure;

        /** Takes the next rows from the file. */
        @SuppressWarnings("IllegalCatch") // whatever it is, who asks for the rows is told
        void read(RowSource source) {
            fields.clear();
            try {
                last = !source.read(fields);
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }

        /** Makes fields of them, and numbers of some fields, see {@link RowCursor#expectNumbers}. */
        @SuppressWarnings("IllegalCatch")
        void split(RowSource source, int... some) {
            try {
                fields.expect(source.point(), some);
                try {
                    source.split(fields);
                } finally {
                    // of the rows in front of what went wrong
                    fields.makeNumbers();
                }
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }

        private void fail(Throwable e) {
            failure = e;
            last = true;
        }

        Fields fields() {
            return fields;
        }

        /** Whether there is nothing behind these rows. */
        boolean isLast() {
            return last;
        }

        /** Throws what went wrong behind these rows, if anything did. */
        void requireWhole() {
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }
    }

    /**
     * Begins to read.
     *
     * @param source is read by no one else until this is closed
     * @param numbers columns whose numbers are made ahead, -1 for one that is left out
     */
    ReadAhead(RowSource source, int... numbers) {
        this.source = source;
        this.numbers = numbers.clone();
        int count = threads();
        // one for each thread, one that is looked at, and one to be ready meanwhile
        IntStream.range(0, count + 2).forEach(batch -> free.add(new Batch()));
        threads = IntStream.range(0, count)
                .mapToObj(t -> new Thread(this::work, "layerc-rows"))
                .toList();
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** How many threads read. */
    static int threads() {
        return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    }

    private void work() {
        try {
            // a batch first: who waits for it with a number would hold up all behind that
            for (Batch batch = free.take(); ; batch = free.take()) {
                long number;
                reading.lockInterruptibly();
                try {
                    if (ended) {
                        return;
                    }
                    number = nextRead++;
                    batch.read(source);
                    ended = batch.isLast();
                } finally {
                    reading.unlock();
                }
                batch.split(source, numbers);
                synchronized (ready) {
                    ready.put(number, batch);
                    ready.notifyAll();
                }
            }
        } catch (InterruptedException e) {
            // closed: no one waits for rows
        }
    }

    /**
     * The next rows.
     *
     * @param done used again for later ones
     */
    Batch next(Batch done) {
        free.add(done);
        synchronized (ready) {
            try {
                while (!ready.containsKey(nextTaken)) {
                    ready.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while rows were read", e);
            }
            return ready.remove(nextTaken++);
        }
    }

    /** Ends the threads, also those that still have much to read. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
