package io.github.layerc.report.draw;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheets, which lie beside this class as files: light and dark, screen and paper. */
final class StyleSheet {
    private StyleSheet() {}

    static String ofPages() {
        return ofDrawings() + read("page.css");
    }

    /** A drawing that is a file of its own needs no more. */
    static String ofDrawings() {
        return read("drawing.css");
    }

    private static String read(String name) {
        try (InputStream file = StyleSheet.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of this jar cannot be read: " + name, e);
        }
    }
}
