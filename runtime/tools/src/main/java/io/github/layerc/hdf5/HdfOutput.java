package io.github.layerc.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Writes HDF5 files, and leaves no descriptor open where that fails. */
public final class HdfOutput {
    private HdfOutput() {}

    /** @throws RuntimeException of jhdf, caused by an {@link java.io.IOException}, if the file cannot be written, as where the disk is full */
    public static void write(Path file, Consumer<WritableHdfFile> contents) {
        WritableHdfFile hdf = HdfFile.write(file);
        boolean closed = false;
        try {
            contents.accept(hdf);
            hdf.close();
            closed = true;
        } finally {
            if (!closed) {
                abandon(hdf);
            }
        }
    }

    /**
     * jhdf 0.13 writes when it closes, closes nothing if that fails, and does not give out its channel. But a channel
     * that a thread uses whose interrupt is pending is closed by that, see {@link
     * java.nio.channels.InterruptibleChannel}.
     */
    private static void abandon(WritableHdfFile hdf) {
        boolean interrupted = Thread.interrupted();
        Thread.currentThread().interrupt();
        try {
            hdf.close();
        } catch (RuntimeException e) {
            // as intended; the first failure is the one to report
            return;
        } finally {
            Thread.interrupted();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
