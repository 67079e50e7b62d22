package io.github.layerc.spec;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule about columns, outputs and splits: each at its place, none that only follows from another. */
class TableSpecErrorsTest {
    private static final String TRANSFORMS =
            "unknown transform: expected one of none, scale, standardize, min_max, robust, log1p, log1p_standardize, one_hot, ordinal: transform=";

    /** A spec with one more entry of its columns, on line 5. */
    private static ErrorCase column(String entry, int column, String... errors) {
        String spec = """
                network: N
                input:
                  columns:
                    - height
                    - %s
                output: {label: kind, classes: [a, b]}
                loss: binary_cross_entropy
                layers: [{units: 1, activation: sigmoid}]
                """.formatted(entry);
        return ErrorCase.of(
                spec,
                Stream.of(errors).map(error -> "5:" + column + ": " + error).toArray(String[]::new));
    }

    static Stream<ErrorCase> columns() {
        String place = "input: columns: 2: ";
        return Stream.of(
                column("height", 7, place + "columns must have different names: name height: column=height"),
                column("{name: height}", 14, place + "columns must have different names: name height: column=height"),
                column(
                        "7",
                        7,
                        place
                                + "column must be a mapping with keys from name, names, kind, values, transform, missing: column=7"),
                column("\"\"", 7, place + "name must be that of a column: column=\"\""),
                column("{name: \" \"}", 14, place + "name must be that of a column: name=\" \""),
                column("{kind: number}", 7, place + "missing key: key=name"),
                column("{name: w, names: [v]}", 24, place + "name and names exclude each other: names=[v]"),
                column("{names: []}", 15, place + "names must be a list of at least 1 name: names=[]"),
                column("{names: [v, [w]]}", 19, place + "name must be that of a column: name=[w]"),
                column(
                        "{names: [v, height]}",
                        19,
                        place + "columns must have different names: name height: column=height"),
                column("{name: w, kinds: number}", 17, place + "unknown key: did you mean kind?: key=kinds"),
                column(
                        "{name: w, kind: text}",
                        23,
                        place + "unknown kind: expected one of number, category, boolean: kind=text"),
                column("{name: w, kind: category}", 7, place + "missing key: key=values"),
                column(
                        "{name: w, kind: number, values: [a, b]}",
                        39,
                        place + "values go with kind category only: values=[a, b]"),
                column("{name: w, values: [a]}", 25, place + "values must be a list of at least 2 values: values=[a]"),
                column("{name: w, values: [a, a]}", 29, place + "values must be different: values=a"),
                column("{name: w, values: [a, \"\"]}", 29, place + "values must be texts: values=\"\""),
                column("{name: w, values: [a, [b]]}", 29, place + "values must be texts: values=[b]"),
                column("{name: w, transform: log}", 28, place + TRANSFORMS + "log"),
                column(
                        "{name: w, transform: one_hot}",
                        28,
                        place
                                + "transform of a number must be one of none, scale, standardize, min_max, robust, log1p, log1p_standardize: transform=one_hot"),
                column(
                        "{name: w, values: [a, b], transform: robust}",
                        44,
                        place + "transform of a category must be one of one_hot, ordinal: transform=robust"),
                column(
                        "{name: w, kind: boolean, transform: min_max}",
                        43,
                        place + "transform of a boolean must be one of none, standardize: transform=min_max"),
                column(
                        "{name: w, transform: {kind: scale, factor: 0}}",
                        50,
                        place + "transform: factor must be finite and not zero: factor=0"),
                column(
                        "{name: w, missing: mode}",
                        26,
                        place
                                + "unknown missing: expected one of error, mean, median, constant, indicator: missing=mode"),
                column(
                        "{name: w, values: [a, b], missing: mean}",
                        42,
                        place + "missing of a category must be one of error, constant, indicator: missing=mean"),
                column(
                        "{name: w, values: [a, b], missing: constant}",
                        42,
                        place + "constant of a category must be a mapping with its value: missing=constant"),
                column(
                        "{name: w, values: [a, b], missing: {kind: constant, value: c}}",
                        66,
                        place + "missing: value must be one of a, b: value=c"),
                column(
                        "{name: w, kind: boolean, missing: {kind: constant, value: 1}}",
                        65,
                        place + "missing: value must be one of false, true: value=1"),
                column(
                        "{name: w, values: [a, b], missing: {kind: constant}}",
                        42,
                        place + "missing: missing key: key=value"),
                column(
                        "{name: w, transform: log1p, missing: {kind: constant, value: -1}}",
                        44,
                        place + "constant must be a number above -1: missing={...}"),
                column(
                        "{name: w, missing: {kind: constant, value: 1e39}}",
                        50,
                        place + "missing: value must be finite in float: value=1e39"),
                column(
                        "{name: \"w{3..1}\"}",
                        14,
                        place + "ranges of names must rise, and be of at most 100000 names: name=\"w{3..1}\""),
                column(
                        "{name: \"w{0..999}{0..999}\"}",
                        14,
                        place
                                + "ranges of names must rise, and be of at most 100000 names: name=\"w{0..999}{0..999}\""),
                column(
                        "{name: \"w{0..3}\", missing: indicator}",
                        14,
                        place + "ranges of names are for numbers, without an indicator: name=\"w{0..3}\""),
                column(
                        "{name: \"w{0..3}\", values: [a, b]}",
                        14,
                        place + "ranges of names are for numbers, without an indicator: name=\"w{0..3}\""),
                ErrorCase.of(
                        "network: N\ninput: {columns: []}\noutput: {label: k, classes: [a, b]}\nloss: hinge\nlayers: [{units: 1, activation: identity}]",
                        "2:18: input: columns must be a list of at least 1 column: columns=[]"),
                ErrorCase.of(
                        "network: N\ninput: {columns: [a], shape: [1], scale: 2}\noutput: {label: k, classes: [a, b]}\nloss: hinge\nlayers: [{units: 1, activation: identity}]",
                        "2:30: input: shape and columns exclude each other: shape=[1]",
                        "2:42: input: scale and columns exclude each other: scale=2"),
                ErrorCase.of(
                        "network: N\ninput: {columns: [a, b]}\noutput: {label: k, classes: [a, b]}\nlayer_dims: [3, 1]",
                        "4:14: inputs must be the 2 inputs of the columns: inputs=3"));
    }

    /** A spec of a column and something on line 3. */
    private static ErrorCase output(String loss, int units, String line, String... errors) {
        String spec = """
                network: N
                input: {columns: [height]}
                %s
                loss: %s
                layers: [{units: %d, activation: identity}]
                """.formatted(line, loss, units);
        return ErrorCase.of(spec, errors);
    }

    static Stream<ErrorCase> outputs() {
        String squares = "mean_squared_error";
        String label = "output: {label: kind, classes: [a, b]}";
        String target = "output: {targets: [y]}";
        return Stream.of(
                output(squares, 1, "", "1:1: missing key: key=output"),
                output(
                        squares,
                        1,
                        "output: y",
                        "3:9: output must be a mapping with keys from label, classes, targets: output=y"),
                output(squares, 1, "output: {}", "3:9: output: missing key: expected label or targets"),
                output(
                        squares,
                        1,
                        "output: {label: a, classes: [a, b], targets: [y]}",
                        "3:46: output: label and targets exclude each other: targets=[y]"),
                output(
                        squares,
                        1,
                        label,
                        "3:17: output: a label needs a loss with classes, which mean_squared_error has not: label=kind"),
                output("hinge", 1, "output: {label: kind}", "3:9: output: missing key: key=classes"),
                output(
                        "hinge",
                        1,
                        "output: {label: kind, classes: [a, b, c]}",
                        "3:32: output: classes must be the 2 of the output layer: classes=[a, b, c]"),
                output(
                        "hinge",
                        1,
                        "output: {label: kind, classes: [a, a]}",
                        "3:36: output: classes must be different: classes=a"),
                output(
                        "hinge",
                        1,
                        "output: {label: height, classes: [a, b]}",
                        "3:17: output: label must not be a column of the input: label=height"),
                output(
                        "hinge",
                        1,
                        "output: {label: [k], classes: [a, b]}",
                        "3:17: output: label must be the name of a column: label=[k]"),
                output(
                        "hinge",
                        1,
                        target,
                        "3:19: output: targets need a loss of a regression, which hinge is not: targets=[y]"),
                output(squares, 2, target, "3:19: output: targets must be as many as the 2 outputs: targets=[y]"),
                output(
                        squares,
                        1,
                        "output: {targets: []}",
                        "3:19: output: targets must be a list of at least 1 target: targets=[]"),
                output(
                        squares,
                        1,
                        "output: {targets: [y], classes: [a, b]}",
                        "3:33: output: classes go with a label only: classes=[a, b]"),
                output(
                        squares,
                        1,
                        "output: {targets: [{name: y, transform: one_hot}]}",
                        "3:41: output: targets: 1: transform of a target must be one of none, scale, standardize, min_max, robust, log1p, log1p_standardize: transform=one_hot"),
                output(
                        squares,
                        1,
                        "output: {targets: [{transform: none}]}",
                        "3:20: output: targets: 1: missing key: key=name"),
                output(
                        squares,
                        1,
                        "output: {targets: [7]}",
                        "3:20: output: targets: 1: target must be a mapping with keys from name, transform: target=7"),
                output(
                        squares,
                        2,
                        "output: {targets: [y, y]}",
                        "3:23: output: targets: 2: targets must be different: target=y"),
                output(
                        squares,
                        1,
                        "output: {targets: [height]}",
                        "3:20: output: targets: 1: target must not be a column of the input: target=height"),
                output(
                        squares,
                        1,
                        target + "\nsplit: {kind: stratified}",
                        "4:15: split: a stratified split needs a label: kind=stratified"),
                output(squares, 1, target + "\nsplit: {kind: group}", "4:8: split: missing key: key=column"),
                output(
                        squares,
                        1,
                        target + "\nsplit: {column: c}",
                        "4:17: split: column goes with kind group or time only: column=c"),
                output(
                        squares,
                        1,
                        target + "\nsplit: {kind: time, column: [c]}",
                        "4:29: split: column must be the name of one: column=[c]"),
                output(
                        squares,
                        1,
                        target + "\nsplit: {test: 1}",
                        "4:15: split: test must be above 0 and below 1: test=1"),
                output(squares, 1, target + "\nsplit: {seed: -1}", "4:15: split: seed must be at least 0: seed=-1"),
                output(
                        squares,
                        1,
                        target + "\nsplit: {kind: odd}",
                        "4:15: split: unknown kind: expected one of random, stratified, group, time: kind=odd"),
                output(
                        squares,
                        1,
                        target + "\nsplit: time",
                        "4:8: split must be a mapping with keys from kind, column, test, seed: split=time"),
                ErrorCase.of(
                        "network: N\nlayer_dims: [2, 1]\noutput: {targets: [y]}\nsplit: {test: 0.1}",
                        "3:9: output goes with the columns of an input only: output={...}",
                        "4:8: split goes with the columns of an input only: split={...}"));
    }

    @ParameterizedTest
    @MethodSource({"columns", "outputs"})
    void areReportedAtTheirPlace(ErrorCase example) {
        example.check();
    }
}
