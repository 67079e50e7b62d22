package io.github.layerc.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * Names that generated sources can have: narrower than Java's rule, since they become file names, too. Keywords are those of Java 17, whatever
 * runs the compiler.
 */
final class JavaName {
    private static final int LENGTH_LIMIT = 100;

    /** With a class of {@link #LENGTH_LIMIT} it still is the name of one folder, which holds 255 characters. */
    private static final int PACKAGE_LENGTH_LIMIT = 150;

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");

    /** Keywords in the place of a type's name only. */
    private static final Set<String> NO_TYPES = Set.of("permits", "record", "sealed", "var", "yield");

    /** Windows keeps them for devices, whatever the ending of the file. */
    private static final Pattern DEVICE = Pattern.compile("con|prn|aux|nul|(?:com|lpt)[0-9]");

    private JavaName() {}

    /** The name of a generated class. */
    static Optional<String> ofClass(Value value) {
        Optional<String> name = value.text().filter(JavaName::isIdentifier);
        if (name.isEmpty()) {
            return value.fail(value.name() + " must be a Java class name of at most " + LENGTH_LIMIT
                    + " ASCII letters, digits and underscores");
        }
        if (isKeyword(name.get()) || NO_TYPES.contains(name.get())) {
            return value.fail(value.name() + " must not be a keyword of Java");
        }
        if (isDevice(name.get())) {
            return value.fail(value.name() + " must not be a name that Windows keeps for a device");
        }
        return isInJavaLang(name.get()) ? value.fail(value.name() + " must not hide a class of java.lang") : name;
    }

    /** The package of a generated class. */
    static Optional<String> ofPackage(Value value) {
        Optional<String> name = value.text().filter(text -> parts(text).allMatch(JavaName::isIdentifier));
        if (name.isEmpty()) {
            return value.fail(value.name() + " must be Java identifiers joined by dots, in ASCII");
        }
        if (name.get().length() > PACKAGE_LENGTH_LIMIT) {
            return value.fail(value.name() + " must have at most " + PACKAGE_LENGTH_LIMIT + " characters");
        }
        if (parts(name.get()).anyMatch(JavaName::isKeyword)) {
            return value.fail(value.name() + " must not contain a keyword of Java");
        }
        if (parts(name.get()).anyMatch(JavaName::isDevice)) {
            return value.fail(value.name() + " must not contain a name that Windows keeps for a device");
        }
        Optional<String> owner = TakenPackages.ownerOf(name.get());
        return owner.isPresent() ? value.fail(value.name() + " must not be one of " + owner.get()) : name;
    }

    /** Reports a class with the name of a package, in whose place Java would take the class. */
    static void requireNoPackage(Value name, String packageName, String className) {
        String whole = packageName.isEmpty() ? className : packageName + "." + className;
        if (TakenPackages.isPackage(className) || TakenPackages.isPackage(whole)) {
            name.fail("class " + whole + " must not have the name of a package");
        }
    }

    private static Stream<String> parts(String packageName) {
        return Stream.of(packageName.split("\\.", -1));
    }

    private static boolean isIdentifier(String text) {
        return text.length() <= LENGTH_LIMIT && IDENTIFIER.matcher(text).matches();
    }

    private static boolean isKeyword(String identifier) {
        return SourceVersion.isKeyword(identifier, SourceVersion.RELEASE_17);
    }

    private static boolean isDevice(String identifier) {
        return DEVICE.matcher(identifier.toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean isInJavaLang(String name) {
        try {
            Class.forName("java.lang." + name, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
