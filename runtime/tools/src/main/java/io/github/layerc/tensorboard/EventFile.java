package io.github.layerc.tensorboard;

import io.github.layerc.proto.ProtoWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A file of events as TensorFlow writes it: records of a length, its checksum, a message {@code Event}, its checksum. Numbers of fields are those of TensorFlow's {@code event.proto} and
 * {@code summary.proto}.
 */
public final class EventFile {
    /** Added to a checksum, whose bits are turned before, since checksums of what holds checksums are weak. */
    private static final int MASK = 0xa282ead8;

    private static final int TURN = 15;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final double seconds;

    /** @param seconds since 1970, of all events: what is written at the end of a training has no other time */
    public EventFile(double seconds) {
        this.seconds = seconds;
        record(new ProtoWriter().number(1, seconds).text(3, "brain.Event:2"));
    }

    /** Adds a number. */
    public EventFile scalar(String tag, long step, double value) {
        return summary(step, new ProtoWriter().text(1, tag).real(2, (float) value));
    }

    /** Adds the distribution of numbers from {@code from} up to {@code to}. */
    public EventFile histogram(String tag, long step, double[] values, int from, int to) {
        Histogram histogram = Histogram.of(values, from, to);
        return summary(step, new ProtoWriter().text(1, tag).message(5, histogram::writeTo));
    }

    private EventFile summary(long step, ProtoWriter value) {
        record(new ProtoWriter()
                .number(1, seconds)
                .integer(2, step)
                .message(5, summary -> summary.bytes(1, value.toByteArray())));
        return this;
    }

    private void record(ProtoWriter event) {
        byte[] bytes = event.toByteArray();
        byte[] length = new byte[Long.BYTES];
        little(length).putLong(bytes.length);
        for (byte[] each : new byte[][] {length, bytes}) {
            byte[] sum = new byte[Integer.BYTES];
            little(sum).putInt(masked(each));
            out.writeBytes(each);
            out.writeBytes(sum);
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int masked(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, bytes.length);
        return Integer.rotateRight((int) sum.getValue(), TURN) + MASK;
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }
}
