package io.github.layerc.compiler;

import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;

/** Reads the length of the bytecode of every method from a class file; overloads count with the longest. */
final class MethodSizes {
    private final ClassReader reader;
    private final char[] characters;

    private MethodSizes(byte[] classFile) {
        this.reader = new ClassReader(classFile);
        this.characters = new char[reader.getMaxStringLength()];
    }

    /** Method names to bytes of bytecode. */
    static Map<String, Integer> of(byte[] classFile) {
        return new MethodSizes(classFile).read();
    }

    /** Class file format, section 4.1: access flags, this, super, interfaces, fields, methods. */
    private Map<String, Integer> read() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        int interfaces = reader.readUnsignedShort(reader.header + 6);
        int at = reader.header + 8 + 2 * interfaces;
        int fields = reader.readUnsignedShort(at);
        at += 2;
        for (int i = 0; i < fields; i++) {
            at = endOfMember(at);
        }
        int methods = reader.readUnsignedShort(at);
        at += 2;
        for (int i = 0; i < methods; i++) {
            sizes.merge(reader.readUTF8(at + 2, characters), codeLength(at), Math::max);
            at = endOfMember(at);
        }
        return sizes;
    }

    /** Fields and methods: flags, name, descriptor, attributes. */
    private int endOfMember(int member) {
        int attributes = reader.readUnsignedShort(member + 6);
        int at = member + 8;
        for (int i = 0; i < attributes; i++) {
            at += 6 + reader.readInt(at + 2);
        }
        return at;
    }

    /** The attribute {@code Code}: name, length, stack, locals, length of the code. */
    private int codeLength(int method) {
        int attributes = reader.readUnsignedShort(method + 6);
        int at = method + 8;
        for (int i = 0; i < attributes; i++) {
            if (reader.readUTF8(at, characters).equals("Code")) {
                return reader.readInt(at + 10);
            }
            at += 6 + reader.readInt(at + 2);
        }
        return 0;
    }
}
