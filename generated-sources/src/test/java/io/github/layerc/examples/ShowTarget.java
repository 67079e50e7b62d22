package io.github.layerc.examples;

import io.github.layerc.engine.Target;
import java.util.Locale;

/** Prints the target of an instance: of the class's own choice, or of the one that is named. */
final class ShowTarget {
    private ShowTarget() {}

    public static void main(String[] arguments) {
        try (Xor net = arguments.length == 0
                ? Xor.create(1)
                : Xor.create(1, Target.valueOf(arguments[0].toUpperCase(Locale.ROOT)))) {
            net.initialize();
            System.out.println(net.name() + " " + net.predict(new float[] {1, 0}, 1)[0]);
        } catch (IllegalStateException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }
}
