package io.github.layerc.proto;

import io.github.layerc.data.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;

/**
 * One message of Protocol Buffers, from front to back: a field at a time, whose value is asked for or passed over. A message inside is a reader over the same bytes, so
 * that nothing is copied but texts. Whatever does not follow the wire format is a {@link DataException} with the place.
 *
 * <pre>
 * while (message.next()) {
 *     switch (message.field()) {
 *         case 1 -&gt; name = message.text();
 *         case 7 -&gt; graph = read(message.message());
 *         default -&gt; message.skip();
 *     }
 * }
 * </pre>
 */
public final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final Object place;
    private final ByteBuffer in;
    private int field;
    private int wire;

    private ProtoReader(Object place, ByteBuffer in) {
        this.place = place;
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @param place for messages */
    public static ProtoReader of(Object place, byte[] bytes) {
        return new ProtoReader(place, ByteBuffer.wrap(bytes));
    }

    /**
     * Goes to the next field, whose value has to be read, or skipped, before the next one.
     *
     * @return whether there is one
     */
    public boolean next() {
        if (!in.hasRemaining()) {
            return false;
        }
        long tag = raw();
        wire = (int) (tag & 7);
        field = (int) (tag >>> 3);
        if (tag >>> 32 != 0 || field == 0) {
            throw damaged("a field from 1 to 536870911", "tag " + Long.toUnsignedString(tag));
        }
        return true;
    }

    /** The number of the field. */
    public int field() {
        return field;
    }

    /** An integer, a boolean or a value of an enum. */
    public long integer() {
        require(VARINT);
        return raw();
    }

    public float real() {
        require(FIXED32);
        return room(Float.BYTES).getFloat();
    }

    /** A text in UTF-8. */
    public String text() {
        ByteBuffer bytes = bytes();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw damaged("a text in UTF-8", "other bytes");
        }
    }

    /** The bytes of a field, a view in little-endian order. */
    public ByteBuffer bytes() {
        require(DELIMITED);
        return slice();
    }

    public ProtoReader message() {
        return new ProtoReader(place, bytes());
    }

    /** Integers that are repeated: packed, or one of them. */
    public void integers(LongConsumer into) {
        if (wire != DELIMITED) {
            into.accept(integer());
            return;
        }
        ProtoReader packed = message();
        while (packed.in.hasRemaining()) {
            into.accept(packed.raw());
        }
    }

    /** The same of floats. */
    public void reals(DoubleConsumer into) {
        if (wire != DELIMITED) {
            into.accept(real());
            return;
        }
        ByteBuffer packed = packed(Float.BYTES);
        while (packed.hasRemaining()) {
            into.accept(packed.getFloat());
        }
    }

    /** The same of doubles. */
    public void doubles(DoubleConsumer into) {
        if (wire != DELIMITED) {
            require(FIXED64);
            into.accept(room(Double.BYTES).getDouble());
            return;
        }
        ByteBuffer packed = packed(Double.BYTES);
        while (packed.hasRemaining()) {
            into.accept(packed.getDouble());
        }
    }

    private ByteBuffer packed(int width) {
        ByteBuffer packed = bytes();
        if (packed.remaining() % width != 0) {
            throw damaged("a multiple of " + width + " bytes", packed.remaining() + " bytes");
        }
        return packed;
    }

    /** Passes over the value. */
    public void skip() {
        switch (wire) {
            case VARINT -> raw();
            case FIXED64 -> room(Long.BYTES).getLong();
            case DELIMITED -> slice();
            case FIXED32 -> room(Integer.BYTES).getInt();
            // 3 and 4 were groups, which nobody writes any more
            default -> throw damaged("wire type 0, 1, 2 or 5", wire);
        }
    }

    private void require(int expected) {
        if (wire != expected) {
            throw damaged("wire type " + expected, "wire type " + wire);
        }
    }

    /** Seven bits a byte, the lowest first. */
    private long raw() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = room(1).get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("an integer of at most 10 bytes", "more");
    }

    private ByteBuffer slice() {
        long length = raw();
        if (length < 0 || length > in.remaining()) {
            throw damaged(Long.toUnsignedString(length) + " bytes", in.remaining() + " bytes");
        }
        ByteBuffer slice = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + (int) length);
        return slice;
    }

    private ByteBuffer room(int bytes) {
        if (in.remaining() < bytes) {
            throw damaged(bytes + " bytes more", in.remaining());
        }
        return in;
    }

    private DataException damaged(String expected, Object found) {
        return DataException.of(place, "damaged or truncated message, field " + field, expected, found);
    }
}
