package io.github.layerc.spark;

import java.util.function.Supplier;
import org.apache.spark.ml.util.Identifiable$;

/**
 * The names of instances of Spark ML. Its constructors ask an instance for its name before a class in Java can set a field, so that the name of a copy, or of what is loaded, has to
 * be there before.
 */
final class Uid {
    private static final ThreadLocal<String> NEXT = new ThreadLocal<>();

    private Uid() {}

    /** Makes an instance that has this name. */
    static <T> T with(String uid, Supplier<T> constructor) {
        NEXT.set(uid);
        try {
            return constructor.get();
        } finally {
            NEXT.remove();
        }
    }

    /** The name that an instance has already, or that it is being made with: a new one unless it was said. */
    static String orNext(String uid) {
        if (uid != null) {
            return uid;
        }
        String given = NEXT.get();
        return given == null ? Identifiable$.MODULE$.randomUID("layerc") : given;
    }
}
