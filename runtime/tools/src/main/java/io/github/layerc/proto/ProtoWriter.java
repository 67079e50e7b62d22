package io.github.layerc.proto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One message of Protocol Buffers, field by field, in the order of the calls. What is asked for is written, also where it is the default of its field. */
public final class ProtoWriter {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** An integer, a boolean or a value of an enum. */
    public ProtoWriter integer(int field, long value) {
        tag(field, VARINT);
        return raw(value);
    }

    public ProtoWriter real(int field, float value) {
        tag(field, FIXED32);
        byte[] bytes = new byte[Float.BYTES];
        little(bytes).putFloat(value);
        return plain(bytes);
    }

    public ProtoWriter number(int field, double value) {
        tag(field, FIXED64);
        byte[] bytes = new byte[Double.BYTES];
        little(bytes).putDouble(value);
        return plain(bytes);
    }

    public ProtoWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public ProtoWriter bytes(int field, byte[] value) {
        tag(field, DELIMITED);
        raw(value.length);
        out.writeBytes(value);
        return this;
    }

    /** A message inside. */
    public ProtoWriter message(int field, Consumer<ProtoWriter> content) {
        ProtoWriter inside = new ProtoWriter();
        content.accept(inside);
        return bytes(field, inside.toByteArray());
    }

    /** Integers that are repeated, packed. */
    public ProtoWriter integers(int field, long... values) {
        ProtoWriter packed = new ProtoWriter();
        for (long value : values) {
            packed.raw(value);
        }
        return bytes(field, packed.toByteArray());
    }

    /** The same of floats. */
    public ProtoWriter reals(int field, float... values) {
        byte[] packed = new byte[Float.BYTES * values.length];
        little(packed).asFloatBuffer().put(values);
        return bytes(field, packed);
    }

    /** The same of doubles. */
    public ProtoWriter numbers(int field, double... values) {
        byte[] packed = new byte[Double.BYTES * values.length];
        little(packed).asDoubleBuffer().put(values);
        return bytes(field, packed);
    }

    /** All fields of another message, behind those of this one. */
    public ProtoWriter append(ProtoWriter other) {
        out.writeBytes(other.toByteArray());
        return this;
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    private void tag(int field, int wire) {
        raw(((long) field << 3) | wire);
    }

    private ProtoWriter raw(long value) {
        long left = value;
        while (left >>> 7 != 0) {
            out.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return this;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ProtoWriter plain(byte[] value) {
        out.writeBytes(value);
        return this;
    }
}
