package io.github.layerc.spec;

import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.spec.text.SpecErrors;
import io.github.layerc.spec.text.YamlNode;
import io.github.layerc.spec.text.YamlNode.Mapping;
import io.github.layerc.spec.text.YamlNode.Scalar;
import io.github.layerc.spec.text.YamlNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A value of the spec under its name. It reads itself as what the caller needs; if it is something else it reports that and is empty.
 *
 * @param place how its errors begin: {@code "layer 2: "}, or empty
 */
record Value(SpecErrors errors, String place, String name, YamlNode node) {
    /** Narrower than YAML's core schema: 010 is 8 to some readers and 10 to others, so a leading zero is no number here. */
    private static final Pattern INTEGER = Pattern.compile("[-+]?(?:0|[1-9][0-9]*+)");

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:\\.[0-9]++|(?:0|[1-9][0-9]*+)(?:\\.[0-9]*+)?)(?:[eE][-+]?[0-9]++)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final Pattern FRACTION = Pattern.compile("(" + NUMBER + ")/(" + NUMBER + ")");

    /** Digits that always fit a {@code long}. */
    private static final int LONG_DIGITS = 18;

    /** A number of things: from 1 to the largest {@code int}. */
    Optional<Integer> size() {
        return integer(1, Integer.MAX_VALUE).map(Math::toIntExact);
    }

    /** An integer in decimal digits, within bounds. */
    Optional<Long> integer(long min, long max) {
        if (!isInteger()) {
            return fail(name + " must be an integer in decimal digits");
        }
        String text = unquoted().orElseThrow();
        boolean negative = text.startsWith("-");
        long value = text.length() <= LONG_DIGITS
                ? Long.parseLong(text)
                : negative ? Long.MIN_VALUE : Long.MAX_VALUE; // beyond every bound
        if (value < min) {
            return fail(name + " must be at least " + min);
        }
        return value > max ? fail(name + " must be at most " + max) : Optional.of(value);
    }

    /** Whether it is written as an integer, within whatever bounds. */
    boolean isInteger() {
        return unquoted().filter(text -> INTEGER.matcher(text).matches()).isPresent();
    }

    /** A finite number greater than 0, also once it is rounded to the precision. */
    Optional<Double> positive(Precision precision) {
        return number(precision, value -> value > 0 && Double.isFinite(value), "must be positive and finite");
    }

    /** A number that follows a rule, also once it is rounded to the precision. */
    Optional<Double> number(Precision precision, DoublePredicate accepts, String rule) {
        return number(accepts, rule)
                .flatMap(number -> accepts.test(precision.rounded(number))
                        ? Optional.of(number)
                        : fail(name + " " + rule + " in " + precision.keyword()));
    }

    /**
     * A number that follows a rule; NaN follows none.
     *
     * @param rule in words, for the error
     */
    Optional<Double> number(DoublePredicate accepts, String rule) {
        Optional<Double> number = unquoted().flatMap(Value::number);
        if (number.isEmpty()) {
            return fail(name + " must be a decimal number");
        }
        return accepts.test(number.get()) ? number : fail(name + " " + rule);
    }

    /** A number or a fraction of two, finite and not zero, also once it is rounded to the precision. */
    Optional<Scale> scale(Precision precision) {
        Optional<Double> number = unquoted().flatMap(Value::number);
        Matcher fraction = FRACTION.matcher(text().orElse(""));
        if (number.isEmpty() && !fraction.matches()) {
            return fail(name + " must be a decimal number or a fraction such as 1/255");
        }
        double numerator = number.orElseGet(() -> Double.valueOf(fraction.group(1)));
        double denominator = number.isPresent() ? 1 : Double.parseDouble(fraction.group(2));
        double factor = numerator / denominator;
        if (!Double.isFinite(factor) || factor == 0) {
            return fail(name + " must be finite and not zero");
        }
        if (Scale.isSubnormal(numerator, denominator)) {
            return fail(name + " must be of numbers of at least " + Double.MIN_NORMAL);
        }
        Scale scale = new Scale(numerator, denominator);
        return scale.fits(precision)
                ? Optional.of(scale)
                : fail(name + " must be finite and not zero in " + precision.keyword());
    }

    /** The same under another name in errors. */
    Value named(String other) {
        return new Value(errors, place, other, node);
    }

    /** A part of it, with the same place in errors. */
    Value withNode(YamlNode part) {
        return new Value(errors, place, name, part);
    }

    /** One of the words of an enum. */
    <E> Optional<E> word(E[] values, Function<E, String> keyword) {
        return word(List.of(values), keyword);
    }

    /** One of some values by its word. */
    <E> Optional<E> word(List<E> values, Function<E, String> keyword) {
        Optional<E> found = scalar().flatMap(scalar -> values.stream()
                .filter(value -> keyword.apply(value).equals(scalar.text()))
                .findFirst());
        if (found.isPresent()) {
            return found;
        }
        String words = values.stream().map(keyword).collect(Collectors.joining(", "));
        return fail("unknown " + name + ": expected " + (values.size() == 1 ? words : "one of " + words));
    }

    /** A mapping with some of these keys. */
    Optional<Section> section(String sectionPlace, List<String> keys) {
        if (node instanceof Mapping mapping) {
            return Optional.of(new Section(errors, sectionPlace, mapping, keys));
        }
        return fail(name + " must be a mapping with keys from " + String.join(", ", keys));
    }

    /**
     * A list of so many entries.
     *
     * @param entries the smallest number in words, for the error
     */
    Optional<List<YamlNode>> list(int min, String entries, int max) {
        if (!(node instanceof Sequence sequence) || sequence.items().size() < min) {
            return fail(name + " must be a list of at least " + entries);
        }
        int found = sequence.items().size();
        if (found > max) {
            errors.add(
                    node.position(), place + name + " must be a list of at most " + max + " entries: entries=" + found);
            return Optional.empty();
        }
        return Optional.of(sequence.items());
    }

    /** The text, quoted or not, if it is text and not a number, a truth value or nothing; reports nothing. */
    Optional<String> text() {
        return scalar().filter(Scalar::isString).map(Scalar::text);
    }

    /** Reports {@code rule}, followed by what was found. */
    <T> Optional<T> fail(String rule) {
        errors.add(node.position(), place + rule + ": " + name + "=" + node.shown());
        return Optional.empty();
    }

    private Optional<Scalar> scalar() {
        return node instanceof Scalar scalar ? Optional.of(scalar) : Optional.empty();
    }

    private Optional<String> unquoted() {
        return scalar().filter(Scalar::plain).map(Scalar::text);
    }

    /** A number in decimal; NaN for the spellings of what is not finite, which no key accepts. */
    private static Optional<Double> number(String text) {
        if (NOT_FINITE.matcher(text).matches()) {
            return Optional.of(Double.NaN);
        }
        return NUMBER.matcher(text).matches() ? Optional.of(Double.valueOf(text)) : Optional.empty();
    }
}
