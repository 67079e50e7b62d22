package io.github.layerc.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser without a window.
 *
 * @param program its file
 * @param folder for its profile and what it is given to open
 */
record Chromium(Path program, Path folder) {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    /** A browser that hangs must not hold up the build. */
    private static final int MOST_SECONDS = 120;

    /** Leaves the test out, with a line that says so, where there is none. */
    static Chromium find(Path folder) {
        List<Path> found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(entry -> NAMES.stream().map(name -> Path.of(entry, name)))
                .filter(Files::isExecutable)
                .toList();
        if (found.isEmpty()) {
            System.out.println("left out, since there is no browser in PATH to open a report in: install chromium");
        }
        Assumptions.assumeFalse(found.isEmpty(), "Chromium");
        return new Chromium(found.get(0).toAbsolutePath(), folder.toAbsolutePath());
    }

    /**
     * What was found on a page.
     *
     * @param facts as the script of {@link #look} wrote them
     * @param console what the browser's console says, line by line
     */
    record Sight(String facts, List<String> console) {}

    /**
     * Opens a page twice, 400 and 1400 pixels wide, each in a frame of its own: a window of Chromium is at least 500 wide. The facts are, for each:
     * pictures, those of them that could not be decoded, how far the page goes beyond its frame, whether it is dark, and the last of its fonts.
     */
    Sight look(String page, boolean dark) throws IOException, InterruptedException {
        String source = page.replace("&", "&amp;").replace("\"", "&quot;");
        Path file = Files.writeString(folder.resolve("frames.html"), """
                <!DOCTYPE html><meta charset="utf-8">
                <iframe style="width: 400px; height: 900px; border: 0" srcdoc="%1$s"></iframe>
                <iframe style="width: 1400px; height: 900px; border: 0" srcdoc="%1$s"></iframe>
                <pre id="facts"></pre>
                <script>
                  window.onload = () => {
                    for (const frame of document.querySelectorAll("iframe")) {
                      const view = frame.contentWindow, page = frame.contentDocument;
                      const pictures = [...page.images], root = page.scrollingElement;
                      const ground = view.getComputedStyle(page.body).backgroundColor.match(/\\d+/g);
                      facts.textContent += view.innerWidth + " wide: " + pictures.length + " pictures, "
                        + pictures.filter(each => !(each.complete && each.naturalWidth > 0)).length + " broken, "
                        + (root.scrollWidth - root.clientWidth) + " beyond, " + (ground[0] < 128 ? "dark" : "light") + " in "
                        + view.getComputedStyle(page.body).fontFamily.split(", ").pop() + "\\n";
                    }
                  };
                </script>
                """.formatted(source));
        List<String> flags = new ArrayList<>(List.of("--window-size=1500,1900", "--dump-dom"));
        if (dark) {
            flags.add("--blink-settings=preferredColorScheme=0");
        }
        return open(file, flags);
    }

    /** Opens a file by itself. */
    Sight open(Path file, List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--enable-logging=stderr",
                "--v=0",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(flags);
        command.add(file.toUri().toString());
        Path document = folder.resolve("document.txt");
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(document.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(program + " failed: " + Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(document);
        int start = text.indexOf("<pre id=\"facts\">");
        List<String> console = Files.readString(log)
                .lines()
                .filter(line -> line.contains("CONSOLE"))
                .toList();
        return new Sight(
                start < 0 ? text : text.substring(text.indexOf('>', start) + 1, text.indexOf("</pre>", start)),
                console);
    }
}
