package it;

import io.github.layerc.data.DataException;
import java.nio.file.Path;

/** Saves a network, loads it, and says whether it is the same. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]);
        try (Xor saved = Xor.create(1);
                Xor loaded = Xor.create(1)) {
            saved.initialize();
            saved.save(file);
            loaded.load(file);
            boolean same = java.util.Arrays.equals(saved.parameters(), loaded.parameters());
            System.out.println((same ? "same" : "other") + " parameters, " + loaded.target() + ", " + Main.class.getModule());
        } catch (DataException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
