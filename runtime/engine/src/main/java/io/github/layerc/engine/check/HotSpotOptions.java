package io.github.layerc.engine.check;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/**
 * The options of HotSpot without which it does not compile Vector API code well, as far as this JVM tells them: that takes the module {@code
 * jdk.management}, which most programs have and none needs. Asked by reflection, so that this module does not need it either.
 */
public final class HotSpotOptions {
    private static final String BEAN = "com.sun.management.HotSpotDiagnosticMXBean";

    /** @param needed its value by default */
    private record Option(String name, String needed) {}

    /** Each was seen to make steps 30 to 10,000 times slower when it has another value (JDK 17 and 25). */
    private static final List<Option> NEEDED = List.of(
            new Option("UseCompiler", "true"),
            new Option("TieredStopAtLevel", "4"),
            new Option("Inline", "true"),
            new Option("EnableVectorSupport", "true"),
            new Option("EnableVectorReboxing", "true"));

    private HotSpotOptions() {}

    /** The first of the options that is not as it has to be; empty if all are, or nothing can be known. */
    public static String objection() {
        try {
            Class<?> type = Class.forName(BEAN);
            Object bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getPlatformMXBean", Class.class)
                    .invoke(null, type);
            Method option = type.getMethod("getVMOption", String.class);
            for (Option each : NEEDED) {
                Optional<String> value = value(option, bean, each.name());
                if (value.isPresent() && !value.get().equals(each.needed())) {
                    return "this JVM does not compile it well: expected option " + each.name() + "=" + each.needed()
                            + ": found " + value.get();
                }
            }
            return "";
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return "";
        }
    }

    /** Empty for an option that this JVM has not, or hides as experimental. */
    private static Optional<String> value(Method option, Object bean, String name) throws ReflectiveOperationException {
        Object found;
        try {
            found = option.invoke(bean, name);
        } catch (InvocationTargetException e) {
            return Optional.empty();
        }
        return Optional.of((String) found.getClass().getMethod("getValue").invoke(found));
    }
}
