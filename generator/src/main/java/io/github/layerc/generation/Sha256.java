package io.github.layerc.generation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A SHA-256 hash over a sequence of texts and files; each is preceded by its length, so neighbours cannot be mistaken for each other. */
public final class Sha256 {
    private final MessageDigest digest = newDigest();

    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(newDigest().digest(bytes));
    }

    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    Sha256 add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The content of a file, or the names and contents of all files in a folder. */
    Sha256 add(Path fileOrFolder) throws IOException {
        if (Files.isRegularFile(fileOrFolder)) {
            return add(Files.readAllBytes(fileOrFolder));
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(fileOrFolder, FileVisitOption.FOLLOW_LINKS)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            add(fileOrFolder.relativize(file).toString());
            add(Files.readAllBytes(file));
        }
        return this;
    }

    /** The hash in hexadecimal digits; ends the sequence. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private Sha256 add(byte[] bytes) {
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
        return this;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
