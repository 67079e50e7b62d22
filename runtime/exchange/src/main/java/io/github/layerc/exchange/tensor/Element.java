package io.github.layerc.exchange.tensor;

import io.github.layerc.hdf5.Float16;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A type of elements: its number in ONNX ({@code TensorProto.DataType}), its name in safetensors, its bytes, and how it is read. Elements are little-endian. */
public enum Element {
    FLOAT(1, "F32", Float.BYTES, true),
    UINT8(2, "U8", Byte.BYTES, false),
    INT8(3, "I8", Byte.BYTES, false),
    UINT16(4, "U16", Short.BYTES, false),
    INT16(5, "I16", Short.BYTES, false),
    INT32(6, "I32", Integer.BYTES, false),
    INT64(7, "I64", Long.BYTES, false),
    STRING(8, "", 0, false),
    BOOL(9, "BOOL", Byte.BYTES, false),
    FLOAT16(10, "F16", Short.BYTES, true),
    DOUBLE(11, "F64", Double.BYTES, true),
    UINT32(12, "U32", Integer.BYTES, false),
    BFLOAT16(16, "BF16", Short.BYTES, true);

    private final int number;
    private final String safetensors;
    private final int width;
    private final boolean real;

    Element(int number, String safetensors, int width, boolean real) {
        this.number = number;
        this.safetensors = safetensors;
        this.width = width;
        this.real = real;
    }

    public static Optional<Element> ofOnnx(long number) {
        return Stream.of(values()).filter(type -> type.number == number).findFirst();
    }

    public static Optional<Element> ofSafetensors(String name) {
        return Stream.of(values())
                .filter(type -> type.width > 0 && type.safetensors.equals(name))
                .findFirst();
    }

    /** By its name in NumPy and HDF5, {@code float32}. */
    public static Optional<Element> ofHdf(String name) {
        String own = switch (name) {
            case "float32" -> "FLOAT";
            case "float64" -> "DOUBLE";
            default -> name.toUpperCase(Locale.ROOT);
        };
        return Stream.of(values())
                .filter(type -> type.width > 0 && type.name().equals(own))
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
        return switch (this) {
            case FLOAT -> in.getFloat();
            case UINT8 -> in.get() & 0xff;
            case INT8 -> in.get();
            case UINT16 -> in.getShort() & 0xffff;
            case INT16 -> in.getShort();
            case INT32 -> in.getInt();
            case INT64 -> in.getLong();
            case BOOL -> in.get() == 0 ? 0 : 1;
            case FLOAT16 -> Float16.value(in.getShort());
            case DOUBLE -> in.getDouble();
            case UINT32 -> Integer.toUnsignedLong(in.getInt());
            case BFLOAT16 -> Float.intBitsToFloat(in.getShort() << 16);
            case STRING -> throw new AssertionError("texts have no width");
        };
    }
}
