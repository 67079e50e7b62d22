package io.github.layerc.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * JMH's own lock on the machine, held over all rows. JMH takes it for each row and gives up where another has it; after minutes of measuring
 * that is no answer, so here it is a warning.
 */
public final class MachineLock implements AutoCloseable {
    private final FileChannel channel;
    private final String warning;

    private MachineLock(FileChannel channel, String warning) {
        this.channel = channel;
        this.warning = warning;
    }

    /** Must come before the first use of JMH's runner, which reads the property when it is loaded. */
    public static MachineLock take() {
        System.setProperty("jmh.ignoreLock", "true");
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new MachineLock(
                    channel,
                    channel.tryLock() != null
                            ? ""
                            : "another JMH is measuring on this machine: expect longer and less certain times");
        } catch (IOException e) {
            return new MachineLock(channel, "cannot know whether another JMH is measuring on this machine: " + e);
        }
    }

    public void warn(PrintStream console) {
        if (!warning.isEmpty()) {
            console.println(warning);
        }
    }

    /** Releases the lock, too. */
    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
