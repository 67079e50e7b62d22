package io.github.layerc.command;

import java.util.concurrent.CountDownLatch;

/**
 * The wish that this JVM ends, by SIGTERM or Ctrl-C: the JVM waits until the command has done what is to be done then, and ends. Nothing else about the signal can be had without
 * classes that are not part of Java SE.
 */
final class StopSignal implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private volatile boolean wanted;

    private StopSignal() {}

    /** Listens until it is closed. */
    static StopSignal listen() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void stop() {
        wanted = true;
        boolean interrupted = true;
        while (interrupted) {
            try {
                finished.await();
                interrupted = false;
            } catch (InterruptedException e) {
                // nobody else may end the JVM before the files are written
            }
        }
    }

    boolean isWanted() {
        return wanted;
    }

    /** Lets the JVM end. */
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is ending, and was waiting for this
        }
    }
}
