package io.github.layerc.rows;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A thread that reads the next rows while those before are decoded, a few batches ahead. What goes wrong there is thrown here, behind the last row that could be read. */
final class ReadAhead implements AutoCloseable {
    private static final int BATCHES = 3;

    private final BlockingQueue<Batch> read = new ArrayBlockingQueue<>(BATCHES + 1);
    private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(BATCHES + 1);
    private final Thread thread;

    /** Rows, and how it went on behind them. */
    static final class Batch {
        private final Fields fields = new Fields();
        private boolean last;
        private Throwable failure;

        /** Puts the next rows here, as many as there is room for. */
        @SuppressWarnings("IllegalCatch") // whatever it is, who asks for the rows is told
        void fill(RowSource source) {
            fields.clear();
            try {
                source.into(fields);
                while (!last && !fields.isFull()) {
                    last = !source.next();
                }
            } catch (RuntimeException | Error e) {
                failure = e;
                last = true;
            }
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

    /** @param source is read by no one else until this is closed */
    ReadAhead(RowSource source) {
        for (int b = 0; b < BATCHES; b++) {
            free.add(new Batch());
        }
        thread = new Thread(() -> readAll(source), "layerc-rows");
        thread.setDaemon(true);
        thread.start();
    }

    private void readAll(RowSource source) {
        try {
            Batch batch;
            do {
                batch = free.take();
                batch.fill(source);
                read.put(batch);
            } while (!batch.isLast());
        } catch (InterruptedException e) {
            // closed: no one waits for rows
        }
    }

    /**
     * The next rows.
     *
     * @param decoded used again for later ones
     */
    Batch next(Batch decoded) {
        free.add(decoded);
        try {
            return read.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows were read", e);
        }
    }

    /** Ends the thread, also one that still has much to read. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
