package io.github.layerc.maven;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds out which methods of some classes are called: loads copies of them whose methods say so when they are entered. */
public final class CalledMethods extends ClassLoader {
    private static final Set<String> CALLED = new ConcurrentSkipListSet<>();

    private final Map<String, byte[]> classes;

    /** @param classes class names to their bytes */
    CalledMethods(Map<String, byte[]> classes) {
        super(CalledMethods.class.getClassLoader());
        this.classes = Map.copyOf(classes);
        CALLED.clear();
    }

    /** What the copies call. */
    public static void enter(String method) {
        CALLED.add(method);
    }

    /** {@code p.Net.step}, without constructors and static initializers. */
    Set<String> called() {
        return new TreeSet<>(CALLED);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] copy = reporting(name, bytes);
        return defineClass(name, copy, 0, copy.length);
    }

    private static byte[] reporting(String type, byte[] bytes) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                return name.startsWith("<") ? next : reporting(type + "." + name, next);
            }
        };
        new ClassReader(bytes).accept(visitor, 0);
        return writer.toByteArray();
    }

    private static MethodVisitor reporting(String method, MethodVisitor next) {
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitCode() {
                super.visitCode();
                visitLdcInsn(method);
                String owner = CalledMethods.class.getName().replace('.', '/');
                visitMethodInsn(Opcodes.INVOKESTATIC, owner, "enter", "(Ljava/lang/String;)V", false);
            }
        };
    }
}
