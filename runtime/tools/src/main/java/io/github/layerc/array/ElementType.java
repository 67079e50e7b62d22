package io.github.layerc.array;

import java.util.Arrays;
import java.util.Optional;

/**
 * The type of the values of an array in a file.
 *
 * @param width bytes of one value
 */
record ElementType(Kind kind, int width) {
    static final ElementType UINT8 = new ElementType(Kind.UNSIGNED, 1);

    /** What the types of NumPy are that are read, in its words. */
    static final String NAMES = "b1, i1, u1, i2, u2, i4, u4, i8, u8, f4, f8, U, S";

    /** Characters or bytes of a string. */
    private static final int MAX_TEXT = 1 << 20;

    /** With the letter that NumPy gives it. */
    enum Kind {
        BOOLEAN('b'),
        SIGNED('i'),
        UNSIGNED('u'),
        REAL('f'),
        /** Four bytes for each character, padded with zeros. */
        UNICODE('U'),
        /** One byte for each, padded with zeros: UTF-8, of which ASCII is a part. */
        BYTES('S');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        private boolean has(int size) {
            return switch (this) {
                case BOOLEAN -> size == 1;
                case SIGNED, UNSIGNED -> size == 1 || size == 2 || size == 4 || size == 8;
                case REAL -> size == Float.BYTES || size == Double.BYTES;
                case UNICODE, BYTES -> size >= 1 && size <= MAX_TEXT;
            };
        }
    }

    /**
     * @param size bytes of a value, or characters of a string
     * @return nothing where there is no such type, or it is not read
     */
    static Optional<ElementType> ofNumpy(char letter, int size) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.letter == letter && kind.has(size))
                .findFirst()
                .map(kind -> new ElementType(kind, kind == Kind.UNICODE ? Integer.BYTES * size : size));
    }

    boolean isText() {
        return kind == Kind.UNICODE || kind == Kind.BYTES;
    }

    boolean isInteger() {
        return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
    }

    /** Whether a {@code float} holds every value. */
    boolean fitsFloat() {
        return kind == Kind.REAL ? width == Float.BYTES : width <= Short.BYTES;
    }

    /** As NumPy and HDF5 call it. */
    String text() {
        String bits = Integer.toString(Byte.SIZE * width);
        return switch (kind) {
            case BOOLEAN -> "bool";
            case SIGNED -> "int" + bits;
            case UNSIGNED -> "uint" + bits;
            case REAL -> "float" + bits;
            case UNICODE, BYTES -> "string";
        };
    }
}
