package io.github.layerc.exchange.tensor;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/** A type of elements: its number in ONNX ({@code TensorProto.DataType}), its name in safetensors, its bytes, and how it is read. Elements are little-endian. */
public enum Element {
    FLOAT(1, "F32", Float.BYTES, true, ByteBuffer::getFloat),
    UINT8(2, "U8", Byte.BYTES, false, in -> in.get() & 0xff),
    INT8(3, "I8", Byte.BYTES, false, ByteBuffer::get),
    UINT16(4, "U16", Short.BYTES, false, in -> in.getShort() & 0xffff),
    INT16(5, "I16", Short.BYTES, false, ByteBuffer::getShort),
    INT32(6, "I32", Integer.BYTES, false, ByteBuffer::getInt),
    INT64(7, "I64", Long.BYTES, false, ByteBuffer::getLong),
    STRING(8, "", 0, false, in -> {
        throw new AssertionError("texts have no width");
    }),
    BOOL(9, "BOOL", Byte.BYTES, false, in -> in.get() == 0 ? 0 : 1),
    FLOAT16(10, "F16", Short.BYTES, true, in -> half(in.getShort())),
    DOUBLE(11, "F64", Double.BYTES, true, ByteBuffer::getDouble),
    UINT32(12, "U32", Integer.BYTES, false, in -> Integer.toUnsignedLong(in.getInt())),
    BFLOAT16(16, "BF16", Short.BYTES, true, in -> Float.intBitsToFloat(in.getShort() << 16));

    /** Reads an element where the buffer stands. */
    private interface Reading {
        double next(ByteBuffer in);
    }

    private final int number;
    private final String safetensors;
    private final int width;
    private final boolean real;
    private final Reading reading;

    Element(int number, String safetensors, int width, boolean real, Reading reading) {
        this.number = number;
        this.safetensors = safetensors;
        this.width = width;
        this.real = real;
        this.reading = reading;
    }

    public static Optional<Element> ofOnnx(long number) {
        return Stream.of(values()).filter(type -> type.number == number).findFirst();
    }

    public static Optional<Element> ofSafetensors(String name) {
        return Stream.of(values())
                .filter(type -> type.width > 0 && type.safetensors.equals(name))
                .findFirst();
    }

    /** Its number in ONNX. */
    public int onnx() {
        return number;
    }

    /** Its name in safetensors. */
    public String safetensors() {
        return safetensors;
    }

    /** Bytes of an element; 0 of texts. */
    public int width() {
        return width;
    }

    /** Whether these are floating-point numbers. */
    public boolean isReal() {
        return real;
    }

    /** The element at the position of a little-endian buffer, which goes on behind it. */
    public double next(ByteBuffer in) {
        return reading.next(in);
    }

    /** IEEE 754 binary16: 1 bit sign, 5 bits exponent, 10 bits fraction; Java has a method of its own from 20 on. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double size = exponent == 0
                ? fraction * 0x1p-24
                : exponent == 0x1f
                        ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                        : Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
        return bits < 0 ? -size : size;
    }
}
