package io.github.layerc.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.spec.text.NearestWord;
import io.github.layerc.spec.text.SpecException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule about the keys of a spec: all errors at once, each at its place, none that only follows from another. */
class SpecErrorsTest {
    private static final String INTEGER = "must be an integer in decimal digits";
    private static final String CLASS_NAME =
            "network must be a Java class name of at most 100 ASCII letters, digits and underscores: network=";
    private static final String PACKAGE_NAME = "package must be Java identifiers joined by dots, in ASCII: package=";
    private static final String BATCH_NORM = """
            network: N
            input: {shape: [2]}
            loss: binary_cross_entropy
            layers: [{units: 3, activation: relu, normalization: batch_norm}, {units: 1, activation: sigmoid}]
            """;

    private static final String UNKNOWN_KEY =
            "unknown key: expected one of network, package, input, output, split, layer_dims,"
                    + " layers, loss, initializer, training, precision, threads: key=";
    private static final String SCALE = "input: scale must be a decimal number or a fraction such as 1/255: scale=";
    private static final String MOMENTUM_ONLY = "momentum goes with optimizer momentum or nesterov only: momentum=";
    private static final String ACTIVATIONS =
            "unknown activation: expected one of identity, relu, leaky_relu, elu, selu, gelu, gelu_tanh, silu, mish,"
                    + " softplus, softsign, tanh, sigmoid, hard_sigmoid, hard_tanh, softmax: activation=";
    private static final String OPTIMIZERS = "unknown optimizer: expected one of gradient_descent, momentum, nesterov,"
            + " rmsprop, adagrad, adam, adamw, nadam, lbfgs: optimizer=";
    private static final String NO_L1 =
            "form gram needs a first layer without l1, which looks at the sign of each weight";

    private static final String NOT_LINEAR =
            "form gram needs updates that are linear combinations of gradients and weights, which those of ";
    private static final String WHOLE_FROM_1 = "must be a whole number from 1 to 2147483647: every=";
    private static final String INITIALIZERS = "unknown initializer: expected one of scaled_normal, normal, he_normal,"
            + " he_uniform, glorot_normal, glorot_uniform, lecun_normal, lecun_uniform, orthogonal, zeros, constant:"
            + " initializer=";
    private static final String METRICS = "unknown metric: expected one of accuracy, top_2_accuracy, top_3_accuracy,"
            + " top_5_accuracy, precision, recall, f1, matthews, roc_auc, pr_auc, log_loss, brier, mae, rmse, mape, r2,"
            + " explained_variance: metric=";
    private static final String LOSSES = "unknown loss: expected one of binary_cross_entropy,"
            + " categorical_cross_entropy, mean_squared_error, mean_absolute_error, huber, log_cosh, poisson, hinge: loss=";

    static Stream<ErrorCase> keys() {
        return Stream.of(
                ErrorCase.of("{}", "1:1: missing key: key=network", "1:1: missing key: expected layer_dims or layers"),
                ErrorCase.of("layer_dims: [2, 1]", "1:1: missing key: key=network"),
                ErrorCase.of("netwrk: N\nlayer_dims: [2, 1]", "1:1: unknown key: did you mean network?: key=netwrk"),
                ErrorCase.of("network: N\nlayer_dim: [2]", "2:1: unknown key: did you mean layer_dims?: key=layer_dim"),
                ErrorCase.of("network: N\nlayerDims: [2]", "2:1: unknown key: did you mean layer_dims?: key=layerDims"),
                ErrorCase.of("network: N\nlayer: [2]", "2:1: unknown key: did you mean layers?: key=layer"),
                more("dropout: 0.2", "3:1: " + UNKNOWN_KEY + "dropout"),
                more("network2: M", "3:1: " + UNKNOWN_KEY + "network2"),
                more("7: 8", "3:1: " + UNKNOWN_KEY + "7"),
                more("[a, b]: 8", "3:1: " + UNKNOWN_KEY + "[a, b]"),
                more("<<: {loss: none}", "3:1: " + UNKNOWN_KEY + "<<"),
                more("network: M", "3:1: duplicate key: key=network"),
                more("input: {scale: 1, scale: x}", "3:19: input: duplicate key: key=scale"),
                more(
                        "training: {iteration: 5}",
                        "3:12: training: unknown key: did you mean iterations?: key=iteration"),
                more(
                        "training: {sweeps: 5}",
                        "3:12: training: unknown key: expected one of optimizer, momentum, l1, l2, class_weights, clip, averaging, learning_rate, schedule, iterations, epochs, batch, validation, early_stopping, metrics, form: key=sweeps"),
                more(
                        "initializer: {knd: normal, scale: 0.01}",
                        "3:15: initializer: unknown key: did you mean kind?: key=knd"),
                more("initializer: {sede: 5}", "3:15: initializer: unknown key: did you mean seed?: key=sede"),
                more("input: {sape: [2]}", "3:9: input: unknown key: did you mean shape?: key=sape"),
                longForm(
                        "{units: 2, activation: relu, dropout: 0.5}",
                        "4:41: layer 1: dropout is for layers before the output only: dropout=0.5"),
                longForm(
                        "{units: 2, activation: relu, normalization: batch_norm}",
                        "4:47: layer 1: normalization is for layers before the output only: normalization=batch_norm"),
                longForm(
                        "{units: 2, activation: relu, normalization: group_norm}",
                        "4:47: layer 1: unknown normalization: expected one of batch_norm, layer_norm: normalization=group_norm"),
                normalized(
                        "{kind: layer_norm, epsilon: 0}",
                        "4:82: layer 1: normalization: epsilon must be positive and finite: epsilon=0"),
                normalized(
                        "{kind: layer_norm, momentum: 0.5}",
                        "4:83: layer 1: normalization: momentum goes with normalization batch_norm only: momentum=0.5"),
                normalized(
                        "{kind: batch_norm, momentum: 1}",
                        "4:83: layer 1: normalization: momentum must be at least 0 and below 1: momentum=1"),
                ErrorCase.of(
                        BATCH_NORM + "training: {form: gram}",
                        "5:18: training: form gram needs layers without batch_norm, which is folded into weights that it does not make: form=gram"),
                ErrorCase.of(
                        BATCH_NORM + "training: {class_weights: balanced}",
                        "5:27: training: class_weights take the samples of a step apart, which batch_norm needs together: class_weights=balanced"),
                longForm(
                        "{units: 2, activation: relu, dropout: 1}",
                        "4:41: layer 1: dropout must be at least 0 and below 1: dropout=1"),
                longForm(
                        "{units: 2, activation: relu, dropout: half}",
                        "4:41: layer 1: dropout must be a decimal number: dropout=half"),
                longForm(
                        "{units: 1, activation: relu, drop: 0.2}",
                        "4:32: layer 1: unknown key: expected one of units, activation, normalization, initializer, dropout, l1, l2: key=drop"),
                longForm(
                        "{units: 1, activaton: relu}",
                        "4:14: layer 1: unknown key: did you mean activation?: key=activaton"),
                longForm("{units: 1}", "4:3: layer 1: missing key: key=activation"),
                longForm("{}", "4:3: layer 1: missing key: key=units", "4:3: layer 1: missing key: key=activation"),
                ErrorCase.of(
                        "network: N\nlayer_dims: [2, x]\nlayers: [{units: 0, activation: relu}]",
                        "2:17: layer 1: units " + INTEGER + ": units=x",
                        "3:9: layer_dims and layers exclude each other",
                        "3:18: layer 1: units must be at least 1: units=0"),
                ErrorCase.of(
                        "network: N\nlayer_dims: [2, 1]\nlayers: [{units: 1, activation: relu}]",
                        "3:9: layer_dims and layers exclude each other"),
                ErrorCase.of(
                        "network: N\nlayers: [{units: 1, activation: relu}]",
                        "1:1: missing key: key=input",
                        "1:1: missing key: key=loss"),
                ErrorCase.of(
                        "network: N\nlayers: [{units: 1, activation: relu}]\ninput: {scale: 2}\nloss: mean_squared_error",
                        "3:8: input: missing key: key=shape"),
                ErrorCase.of(
                        "network: N\nlayers: [{units: 1, activation: relu}]\ninput: {shap: [2]}\nlos: mean_squared_error",
                        "3:9: input: unknown key: did you mean shape?: key=shap",
                        "4:1: unknown key: did you mean loss?: key=los"));
    }

    static Stream<ErrorCase> names() {
        return Stream.of(
                name("4cat", CLASS_NAME + "4cat"),
                name("Cat-Net", CLASS_NAME + "Cat-Net"),
                name("a.B", CLASS_NAME + "a.B"),
                name("Cat$1", CLASS_NAME + "Cat$1"),
                name("Gr\u00f6\u00dfe", CLASS_NAME + "Gr\u00f6\u00dfe"),
                name("\"N\\n\"", CLASS_NAME + "\"N\\u000A\""),
                name("", CLASS_NAME + "null"),
                name("12", CLASS_NAME + "12"),
                name("True", CLASS_NAME + "True"),
                name("[N]", CLASS_NAME + "[N]"),
                name("{a: b}", CLASS_NAME + "{...}"),
                name("N".repeat(101), CLASS_NAME + "N".repeat(60) + "..."),
                name("class", "network must not be a keyword of Java: network=class"),
                name("_", "network must not be a keyword of Java: network=_"),
                name("record", "network must not be a keyword of Java: network=record"),
                name("var", "network must not be a keyword of Java: network=var"),
                name("yield", "network must not be a keyword of Java: network=yield"),
                name("sealed", "network must not be a keyword of Java: network=sealed"),
                name("permits", "network must not be a keyword of Java: network=permits"),
                name("Math", "network must not hide a class of java.lang: network=Math"),
                name("Byte", "network must not hide a class of java.lang: network=Byte"),
                name("Override", "network must not hide a class of java.lang: network=Override"),
                name("Con", "network must not be a name that Windows keeps for a device: network=Con"),
                name("lPT9", "network must not be a name that Windows keeps for a device: network=lPT9"),
                name("io", "class io must not have the name of a package: network=io"),
                name("javax", "class javax must not have the name of a package: network=javax"),
                ErrorCase.of(
                        "network: github\npackage: io\nlayer_dims: [2, 1]",
                        "1:10: class io.github must not have the name of a package: network=github"),
                ErrorCase.of(
                        "network: swing\npackage: javax\nlayer_dims: [2, 1]",
                        "1:10: class javax.swing must not have the name of a package: network=swing"),
                more("package: a..b", "3:10: " + PACKAGE_NAME + "a..b"),
                more("package: a.b.", "3:10: " + PACKAGE_NAME + "a.b."),
                more("package: a/b", "3:10: " + PACKAGE_NAME + "a/b"),
                more("package: ''", "3:10: " + PACKAGE_NAME + "\"\""),
                more("package:", "3:9: " + PACKAGE_NAME + "null"),
                more("package: 1.5", "3:10: " + PACKAGE_NAME + "1.5"),
                more("package: com.new.x", "3:10: package must not contain a keyword of Java: package=com.new.x"),
                more("package: a." + "b".repeat(101), "3:10: " + PACKAGE_NAME + "a." + "b".repeat(58) + "..."),
                more(
                        "package: " + "a.".repeat(75) + "b",
                        "3:10: package must have at most 150 characters: package=" + "a.".repeat(30) + "..."),
                more(
                        "package: com.aux.x",
                        "3:10: package must not contain a name that Windows keeps for a device: package=com.aux.x"),
                more(
                        "package: NUL",
                        "3:10: package must not contain a name that Windows keeps for a device: package=NUL"));
    }

    /** A package belongs to one module: those of Java and of the runtime are not for others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.cats",
                "java",
                "jdk.cats",
                "jdk.incubator.vector",
                "sun.cats",
                "sun.misc",
                "com.sun.source.tree",
                "javax.annotation.processing",
                "org.w3c.dom",
                "org.xml.sax",
                "netscape.javascript"
            })
    void refusesThePackagesOfJava(String name) {
        more("package: " + name, "3:10: package must not be one of the packages of Java itself: package=" + name)
                .check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"network", "engine", "data", "checkpoint", "training", "benchmark", "interpreter"})
    void refusesThePackagesOfTheRuntime(String name) {
        String whole = "io.github.layerc." + name;
        more("package: " + whole, "3:10: package must not be one of those of layerc's runtime: package=" + whole)
                .check();
    }

    private static ErrorCase normalized(String how, String... errors) {
        return ErrorCase.of(BATCH_NORM.replace("batch_norm", how), errors);
    }

    static Stream<ErrorCase> sizes() {
        return Stream.of(
                dims("5", "layer_dims must be a list of at least 2 entries, the input and each layer: layer_dims=5"),
                dims(
                        "[5]",
                        "layer_dims must be a list of at least 2 entries, the input and each layer: layer_dims=[5]"),
                dims("[]", "layer_dims must be a list of at least 2 entries, the input and each layer: layer_dims=[]"),
                dims(
                        "{a: 1}",
                        "layer_dims must be a list of at least 2 entries, the input and each layer: layer_dims={...}"),
                dims(
                        "",
                        12,
                        "layer_dims must be a list of at least 2 entries, the input and each layer: layer_dims=null"),
                dims("[0, 1]", 14, "inputs must be at least 1: inputs=0"),
                dims("[2, 3, 0]", 20, "layer 2: units must be at least 1: units=0"),
                dims("[2, -3, 1]", 17, "layer 1: units must be at least 1: units=-3"),
                dims("[2, 2147483648]", 17, "layer 1: units must be at most 2147483647: units=2147483648"),
                dims(
                        "[2, 99999999999999999999]",
                        17,
                        "layer 1: units must be at most 2147483647: units=99999999999999999999"),
                dims(
                        "[2, -99999999999999999999]",
                        17,
                        "layer 1: units must be at least 1: units=-99999999999999999999"),
                dims("[2, 3.5]", 17, "layer 1: units " + INTEGER + ": units=3.5"),
                dims("[2, 3.0]", 17, "layer 1: units " + INTEGER + ": units=3.0"),
                dims("[2, 1e3]", 17, "layer 1: units " + INTEGER + ": units=1e3"),
                dims("[2, 0x10]", 17, "layer 1: units " + INTEGER + ": units=0x10"),
                dims("[2, 0o10]", 17, "layer 1: units " + INTEGER + ": units=0o10"),
                dims("[2, 010]", 17, "layer 1: units " + INTEGER + ": units=010"),
                dims("[2, 1_000]", 17, "layer 1: units " + INTEGER + ": units=1_000"),
                dims("[2, '3']", 17, "layer 1: units " + INTEGER + ": units=\"3\""),
                dims("[2, three]", 17, "layer 1: units " + INTEGER + ": units=three"),
                dims("[2, ~]", 17, "layer 1: units " + INTEGER + ": units=~"),
                dims("[2, true]", 17, "layer 1: units " + INTEGER + ": units=true"),
                dims("[2, [3]]", 17, "layer 1: units " + INTEGER + ": units=[3]"),
                dims(
                        "[1, 33038146]",
                        17,
                        "layer 1: units must be at most 33038145, so that a workspace fits its arrays: units=33038146"),
                dims(
                        "[50000, 50000, 1]",
                        21,
                        "layer 1: a network can have at most 2147483631 parameters: units=50000, parameters=2500050000"),
                dims(
                        "[30000, 40000, 40000, 1]",
                        28,
                        "layer 2: a network can have at most 2147483631 parameters: units=40000, parameters=2800080000"),
                dims(
                        "[2147483647, 2147483647]",
                        26,
                        "layer 1: a network can have at most 2147483631 parameters:"
                                + " units=2147483647, parameters=4611686016279904256"),
                more("input: 5", "3:8: input must be a mapping with keys from shape, scale, columns: input=5"),
                more("input: [4]", "3:8: input must be a mapping with keys from shape, scale, columns: input=[4]"),
                more("input: {shape: 4}", "3:16: input: shape must be a list of at least 1 axis: shape=4"),
                more("input: {shape: []}", "3:16: input: shape must be a list of at least 1 axis: shape=[]"),
                more(
                        "input: {shape: [2, x, 0]}",
                        "3:20: input: axis 2: size " + INTEGER + ": size=x",
                        "3:23: input: axis 3: size must be at least 1: size=0"),
                more(
                        "input: {shape: [65536, 65536]}",
                        "3:16: input: shape must have at most 2147483647 elements: shape=[65536, 65536]"),
                more(
                        "input: {shape: [" + "1, ".repeat(32) + "4]}",
                        "3:16: input: shape must be a list of at most 32 entries: entries=33"),
                more("input: {shape: [2, 3]}", "2:14: inputs must be the 6 elements of the input shape: inputs=4"),
                ErrorCase.of(
                        "network: N\nlayers: 3\ninput: {shape: [2]}\nloss: mean_squared_error",
                        "2:9: layers must be a list of at least 1 layer: layers=3"),
                ErrorCase.of(
                        "network: N\nlayers: []\ninput: {shape: [2]}\nloss: mean_squared_error",
                        "2:9: layers must be a list of at least 1 layer: layers=[]"),
                longForm(
                        "5",
                        "4:3: layer 1: layer must be a mapping with keys from units, activation, normalization, initializer, dropout, l1, l2: layer=5"),
                longForm("{units: 0, activation: relu}", "4:11: layer 1: units must be at least 1: units=0"),
                longForm(
                        "{units: 2147483647, activation: relu}",
                        "4:11: layer 1: a network can have at most 2147483631 parameters: units=2147483647,"
                                + " parameters=6442450941"));
    }

    static Stream<ErrorCase> activationsAndLosses() {
        return Stream.of(
                longForm("{units: 1, activation: rellu}", "4:26: layer 1: " + ACTIVATIONS + "rellu"),
                longForm("{units: 1, activation: ReLU}", "4:26: layer 1: " + ACTIVATIONS + "ReLU"),
                longForm("{units: 1, activation: [relu]}", "4:26: layer 1: " + ACTIVATIONS + "[relu]"),
                longForm(
                        "{units: 1, activation: {kind: leaky_relu, alpha: 1}}",
                        "4:52: layer 1: activation: alpha must be positive and below 1: alpha=1"),
                longForm(
                        "{units: 1, activation: {kind: elu, alpha: 0}}",
                        "4:45: layer 1: activation: alpha must be positive and finite: alpha=0"),
                longForm(
                        "{units: 1, activation: {kind: gelu, alpha: 0.1}}",
                        "4:46: layer 1: activation: alpha goes with activation leaky_relu or elu only: alpha=0.1"),
                more(
                        "loss: {kind: huber, delta: 0}",
                        "3:7: layer_dims has loss binary_cross_entropy only, any other needs layers: loss={...}",
                        "3:28: loss: delta must be positive and finite: delta=0"),
                more(
                        "loss: {kind: binary_cross_entropy, label_smoothing: 1}",
                        "3:53: loss: label_smoothing must be at least 0 and below 1: label_smoothing=1"),
                more(
                        "loss: {kind: binary_cross_entropy, label_smoothing: -0.1}",
                        "3:53: loss: label_smoothing must be at least 0 and below 1: label_smoothing=-0.1"),
                ErrorCase.of(
                        "network: N\ninput: {shape: [2]}\nlayers: [{units: 1, activation: identity}]\nloss: {kind: hinge, label_smoothing: 0.1}",
                        "4:38: loss: label_smoothing goes with loss binary_cross_entropy or categorical_cross_entropy only: label_smoothing=0.1"),
                longForm("{units: 1, activation: }", "4:25: layer 1: " + ACTIVATIONS + "null"),
                longForm(
                        "{units: 9, activation: softmax}\n- {units: 1, activation: relu}",
                        "4:26: layer 1: softmax is for the output layer only: activation=softmax"),
                ErrorCase.of(
                        "network: N\ninput: {shape: [2]}\nlayers: [{units: 1, activation: sigmoid}]\nloss: hinges",
                        "4:7: " + LOSSES + "hinges"),
                ErrorCase.of(
                        "network: N\ninput: {shape: [2]}\nlayers: [{units: 1, activation: relu}]\nloss: binary_cross_entropy",
                        "4:7: loss binary_cross_entropy needs output activation sigmoid: activation=relu"),
                ErrorCase.of(
                        "network: N\nloss: categorical_cross_entropy\ninput: {shape: [2]}\nlayers: [{units: 1, activation: sigmoid}]",
                        "2:7: loss categorical_cross_entropy needs output activation softmax: activation=sigmoid"),
                ErrorCase.of(
                        "network: N\nloss: poisson\ninput: {shape: [2]}\nlayers: [{units: 1, activation: relu}]",
                        "2:7: loss poisson needs output activation softplus or sigmoid or softmax: activation=relu"),
                ErrorCase.of(
                        "network: N\nloss: hinge\ninput: {shape: [2]}\nlayers: [{units: 1, activation: tanh}]",
                        "2:7: loss hinge needs output activation identity: activation=tanh"),
                more(
                        "loss: mean_squared_error",
                        "3:7: layer_dims has loss binary_cross_entropy only,"
                                + " any other needs layers: loss=mean_squared_error"),
                more("loss: mse", "3:7: " + LOSSES + "mse"));
    }

    static Stream<ErrorCase> settings() {
        return Stream.of(
                more("input: {scale: 0}", "3:16: input: scale must be finite and not zero: scale=0"),
                more("input: {scale: 1/0}", "3:16: input: scale must be finite and not zero: scale=1/0"),
                more("input: {scale: 0/3}", "3:16: input: scale must be finite and not zero: scale=0/3"),
                more(
                        "input: {scale: 1e-300/1e300}",
                        "3:16: input: scale must be finite and not zero: scale=1e-300/1e300"),
                more(
                        "input: {scale: 4e-324/4e-324}",
                        "3:16: input: scale must be of numbers of at least 2.2250738585072014E-308: scale=4e-324/4e-324"),
                more("input: {scale: .inf}", "3:16: input: scale must be finite and not zero: scale=.inf"),
                more("input: {scale: .nan}", "3:16: input: scale must be finite and not zero: scale=.nan"),
                more("input: {scale: a/b}", "3:16: " + SCALE + "a/b"),
                more("input: {scale: 1/2/3}", "3:16: " + SCALE + "1/2/3"),
                more("input: {scale: 1/}", "3:16: " + SCALE + "1/"),
                more("input: {scale: 0xFF}", "3:16: " + SCALE + "0xFF"),
                more("input: {scale: 1f}", "3:16: " + SCALE + "1f"),
                more("input: {scale: '0.5'}", "3:16: " + SCALE + "\"0.5\""),
                more("input: {scale: [1]}", "3:16: " + SCALE + "[1]"),
                more("initializer: xavier", "3:14: " + INITIALIZERS + "xavier"),
                more("initializer: [normal]", "3:14: " + INITIALIZERS + "[normal]"),
                more("initializer:", "3:13: " + INITIALIZERS + "null"),
                more("initializer: {kind: xavier}", "3:21: initializer: " + INITIALIZERS + "xavier"),
                more(
                        "initializer: {kind: normal, scale: 0}",
                        "3:36: initializer: scale must be positive and finite: scale=0"),
                more(
                        "initializer: {kind: normal, scale: 1/2}",
                        "3:36: initializer: scale must be a decimal number: scale=1/2"),
                more(
                        "initializer: {kind: scaled_normal, scale: 2}",
                        "3:43: initializer: scale goes with initializer normal only: scale=2"),
                more("initializer: {scale: 2}", "3:22: initializer: scale goes with initializer normal only: scale=2"),
                more(
                        "initializer: {kind: orthogonal, gain: 0, seed: -1}",
                        "3:39: initializer: gain must be positive and finite: gain=0",
                        "3:48: initializer: seed must be at least 0: seed=-1"),
                more(
                        "initializer: {kind: orthogonal, value: 1}",
                        "3:40: initializer: value goes with initializer constant only: value=1"),
                more(
                        "initializer: {kind: he_normal, gain: 2}",
                        "3:38: initializer: gain goes with initializer orthogonal only: gain=2"),
                more(
                        "initializer: {kind: constant, value: .inf}",
                        "3:38: initializer: value must be finite: value=.inf"),
                longForm("{units: 1, activation: relu, initializer: he}", "4:45: layer 1: " + INITIALIZERS + "he"),
                longForm(
                        "{units: 1, activation: relu, initializer: {kind: normal, scale: -1}}",
                        "4:67: layer 1: initializer: scale must be positive and finite: scale=-1"),
                longForm(
                        "{units: 1, activation: relu, initializer: {scale: 1}}",
                        "4:45: layer 1: initializer: missing key: key=kind"),
                longForm(
                        "{units: 1, activation: relu, initializer: {kind: zeros, seed: 1}}",
                        "4:59: layer 1: initializer: unknown key: expected one of kind, scale, gain, value: key=seed"),
                more("initializer: {seed: -1}", "3:21: initializer: seed must be at least 0: seed=-1"),
                more(
                        "initializer: {seed: 4294967296}",
                        "3:21: initializer: seed must be at most 4294967295: seed=4294967296"),
                more("initializer: {seed: 1.5}", "3:21: initializer: seed " + INTEGER + ": seed=1.5"),
                more(
                        "training:",
                        "3:10: training must be a mapping with keys from optimizer, momentum, l1, l2, class_weights, clip, averaging, learning_rate, schedule, iterations, epochs, batch, validation, early_stopping, metrics, form: training=null"),
                more(
                        "training: {metrics: f1}",
                        "3:21: training: metrics must be a list of at least 1 metric: metrics=f1"),
                more(
                        "training: {metrics: []}",
                        "3:21: training: metrics must be a list of at least 1 metric: metrics=[]"),
                more(
                        "training: {metrics: [f2, f1, [r2], f1]}",
                        "3:22: training: " + METRICS + "f2",
                        "3:30: training: " + METRICS + "[r2]",
                        "3:36: training: metrics must be different: metric=f1"),
                more(
                        "training: {metrics: [rmse, top_3_accuracy]}",
                        "3:22: training: metric rmse does not go with loss binary_cross_entropy, which is for classes: metric=rmse",
                        "3:28: training: metric top_3_accuracy needs more than 3 outputs: metric=top_3_accuracy"),
                longForm(
                        "{units: 3, activation: relu}\ntraining: {metrics: [r2, f1]}",
                        "5:26: training: metric f1 does not go with loss mean_squared_error, which is for regressions: metric=f1"),
                ErrorCase.of(
                        "network: N\ninput: {shape: [2]}\nlayers: [{units: 1, activation: identity}]\nloss: hinge\ntraining: {metrics: [log_loss, f1]}",
                        "5:22: training: metric log_loss does not go with loss hinge, which is for margins of classes: metric=log_loss"),
                more("training: {optimizer: adamax}", "3:23: training: " + OPTIMIZERS + "adamax"),
                more(
                        "training: {learning_rate: 0}",
                        "3:27: training: learning_rate must be positive and finite: learning_rate=0"),
                more(
                        "training: {learning_rate: -0.1}",
                        "3:27: training: learning_rate must be positive and finite: learning_rate=-0.1"),
                more(
                        "training: {learning_rate: .inf}",
                        "3:27: training: learning_rate must be positive and finite: learning_rate=.inf"),
                more(
                        "training: {learning_rate: .NaN}",
                        "3:27: training: learning_rate must be positive and finite: learning_rate=.NaN"),
                more(
                        "training: {learning_rate: NaN}",
                        "3:27: training: learning_rate must be a decimal number: learning_rate=NaN"),
                more(
                        "training: {learning_rate: 1e999}",
                        "3:27: training: learning_rate must be positive and finite: learning_rate=1e999"),
                more(
                        "training: {learning_rate: 1e-999}",
                        "3:27: training: learning_rate must be positive and finite: learning_rate=1e-999"),
                more(
                        "training: {learning_rate: '0.1'}",
                        "3:27: training: learning_rate must be a decimal number: learning_rate=\"0.1\""),
                more(
                        "training: {learning_rate: \"0,1\"}",
                        "3:27: training: learning_rate must be a decimal number: learning_rate=\"0,1\""),
                more("training: {iterations: 0}", "3:24: training: iterations must be at least 1: iterations=0"),
                more("training: {iterations: 2500.0}", "3:24: training: iterations " + INTEGER + ": iterations=2500.0"),
                more("training: {batch: 0}", "3:19: training: batch must be at least 1: batch=0"),
                more(
                        "training: {batch: 2147483648}",
                        "3:19: training: batch must be at most 2147483647: batch=2147483648"),
                more(
                        "training: {batch: half}",
                        "3:19: training: batch must be full or an integer in decimal digits: batch=half"),
                more(
                        "training: {batch: 3.5}",
                        "3:19: training: batch must be full or an integer in decimal digits: batch=3.5"),
                more(
                        "training: {batch: [8]}",
                        "3:19: training: batch must be full or an integer in decimal digits: batch=[8]"),
                more(
                        "training: {iterations: 5, epochs: 2}",
                        "3:35: training: epochs and iterations exclude each other: epochs=2"),
                more("training: {epochs: 0}", "3:20: training: epochs must be at least 1: epochs=0"),
                more("training: {epochs: 1.5}", "3:20: training: epochs " + INTEGER + ": epochs=1.5"),
                more(
                        "training: {validation: 0}",
                        "3:24: training: validation must be above 0 and below 1: validation=0"),
                more(
                        "training: {validation: 1}",
                        "3:24: training: validation must be above 0 and below 1: validation=1"),
                more(
                        "training: {validation: data.h5}",
                        "3:24: training: validation must be a decimal number: validation=data.h5"),
                more(
                        "training: {early_stopping: true}",
                        "3:28: training: early_stopping must be a mapping with keys from monitor, patience, min_delta: early_stopping=true"),
                more(
                        "training: {early_stopping: {monitor: loss}}",
                        "3:38: early_stopping: unknown monitor: expected one of cost, validation_cost, validation_accuracy: monitor=loss"),
                more(
                        "training: {early_stopping: {patience: 0, min_delta: -1}}",
                        "3:39: early_stopping: patience must be at least 1: patience=0",
                        "3:53: early_stopping: min_delta must be at least 0 and finite: min_delta=-1"),
                more(
                        "training: {early_stopping: {patence: 3}}",
                        "3:29: early_stopping: unknown key: did you mean patience?: key=patence"),
                more(
                        "training: {schedule: linear}",
                        "3:22: training: unknown schedule: expected one of constant, step, exponential, cosine, polynomial, one_cycle, reduce_on_plateau: schedule=linear"),
                more("training: {schedule: {every: 5}}", "3:22: training: schedule: missing key: key=kind"),
                more(
                        "training: {schedule: {kind: step, every: 0, factor: 1.5}}",
                        "3:42: training: schedule: every " + WHOLE_FROM_1 + "0",
                        "3:53: training: schedule: factor must be above 0 and at most 1: factor=1.5"),
                more(
                        "training: {schedule: {kind: step, every: 2.5}}",
                        "3:42: training: schedule: every " + WHOLE_FROM_1 + "2.5"),
                more(
                        "training: {schedule: {kind: constant, warm_up: -1}}",
                        "3:48: training: schedule: warm_up must be a whole number from 0 to 2147483647: warm_up=-1"),
                more(
                        "training: {schedule: {kind: cosine, last: 1.5}}",
                        "3:43: training: schedule: last must be at least 0 and at most 1: last=1.5"),
                more(
                        "training: {schedule: {kind: exponential, factor: 0}}",
                        "3:50: training: schedule: factor must be above 0 and at most 1: factor=0"),
                more(
                        "training: {schedule: {kind: polynomial, power: 0}}",
                        "3:48: training: schedule: power must be positive and finite: power=0"),
                more(
                        "training: {schedule: {kind: one_cycle, rise: 1, first: -1, warm_up: 3}}",
                        "3:46: training: schedule: rise must be above 0 and below 1: rise=1",
                        "3:56: training: schedule: first must be at least 0 and at most 1: first=-1",
                        "3:69: training: schedule: warm_up goes with schedule constant or step or exponential or cosine or polynomial or reduce_on_plateau only: warm_up=3"),
                more(
                        "training: {schedule: {kind: reduce_on_plateau, factor: 1, patience: 0, min_delta: -1, lowest: 2}}",
                        "3:56: training: schedule: factor must be above 0 and below 1: factor=1",
                        "3:69: training: schedule: patience must be a whole number from 1 to 2147483647: patience=0",
                        "3:83: training: schedule: min_delta must be at least 0 and finite: min_delta=-1",
                        "3:95: training: schedule: lowest must be at least 0 and at most 1: lowest=2"),
                more(
                        "training: {clip: 1}",
                        "3:18: training: unknown clip: expected one of value, norm, global_norm: clip=1"),
                more(
                        "training: {clip: {kind: norm, at: 0}}",
                        "3:35: training: clip: at must be positive and finite: at=0"),
                more(
                        "training: {clip: {kind: value, at: 1e-60}}",
                        "3:36: training: clip: at must be positive and finite in float: at=1e-60"),
                more(
                        "training: {clip: {kind: global_norm, threshold: 1}}",
                        "3:38: training: clip: unknown key: expected one of kind, at: key=threshold"),
                more(
                        "training: {clip: global_norm, form: gram}",
                        "3:37: training: form gram needs gradients that are not clipped: form=gram"),
                more("training: {momentum: 0.5}", "3:22: training: " + MOMENTUM_ONLY + "0.5"),
                more(
                        "training: {optimizer: {kind: adam, beta1: 1}}",
                        "3:43: training: optimizer: beta1 must be at least 0 and below 1: beta1=1"),
                more(
                        "training: {optimizer: {kind: adam, epsilon: 1e-60}}",
                        "3:45: training: optimizer: epsilon must be positive and finite in float: epsilon=1e-60"),
                more(
                        "training: {optimizer: {kind: adam, epsilon: -1}, momentum: 0.9, form: gram}",
                        "3:45: training: optimizer: epsilon must be positive and finite: epsilon=-1",
                        "3:60: training: " + MOMENTUM_ONLY + "0.9",
                        "3:71: training: " + NOT_LINEAR + "adam are not: form=gram"),
                more(
                        "training: {optimizer: {kind: adam, beta: 0.5}}",
                        "3:36: training: optimizer: unknown key: expected one of kind, rho, epsilon, beta1, beta2, weight_decay, history, c1, c2, evaluations: key=beta"),
                more(
                        "training: {optimizer: {kind: rmsprop, rho: 1, epsilon: 0}}",
                        "3:44: training: optimizer: rho must be at least 0 and below 1: rho=1",
                        "3:56: training: optimizer: epsilon must be positive and finite: epsilon=0"),
                more(
                        "training: {optimizer: {kind: adagrad, epsilon: .inf}}",
                        "3:48: training: optimizer: epsilon must be positive and finite: epsilon=.inf"),
                more(
                        "training: {optimizer: {kind: adamw, weight_decay: -0.1}}",
                        "3:51: training: optimizer: weight_decay must be at least 0 and finite: weight_decay=-0.1"),
                more(
                        "training: {optimizer: {kind: adam, weight_decay: 0.1}}",
                        "3:50: training: optimizer: weight_decay goes with optimizer adamw only: weight_decay=0.1"),
                more(
                        "training: {optimizer: {kind: nadam, beta2: -0.5}}",
                        "3:44: training: optimizer: beta2 must be at least 0 and below 1: beta2=-0.5"),
                more(
                        "training: {optimizer: adagrad, form: gram}",
                        "3:38: training: " + NOT_LINEAR + "adagrad are not: form=gram"),
                more("training: {optimizer: {beta1: 0.5}}", "3:23: training: optimizer: missing key: key=kind"),
                more(
                        "training: {optimizer: {kind: momentum, beta1: 0.5}}",
                        "3:47: training: optimizer: beta1 goes with optimizer adam or adamw or nadam only: beta1=0.5"),
                more("training: {optimizer: [adam]}", "3:23: training: " + OPTIMIZERS + "[adam]"),
                more(
                        "training: {optimizer: adam, form: gram}",
                        "3:35: training: " + NOT_LINEAR + "adam are not: form=gram"),
                more("training: {momentum: 0, optimizer: gradient_descent}", "3:22: training: " + MOMENTUM_ONLY + "0"),
                more(
                        "training: {optimizer: momentum, momentum: 1}",
                        "3:43: training: momentum must be at least 0 and below 1: momentum=1"),
                more(
                        "training: {optimizer: nesterov, momentum: -0.1}",
                        "3:43: training: momentum must be at least 0 and below 1: momentum=-0.1"),
                more(
                        "training: {optimizer: nesterov, momentum: .nan}",
                        "3:43: training: momentum must be at least 0 and below 1: momentum=.nan"),
                more(
                        "training: {optimizer: nesterov, momentum: '0.9'}",
                        "3:43: training: momentum must be a decimal number: momentum=\"0.9\""),
                more(
                        "training: {optimizer: lbfgs, l1: 0.5, clip: norm, batch: 16}",
                        "3:34: training: optimizer lbfgs needs a cost without kinks, and so no l1: l1=0.5",
                        "3:45: training: optimizer lbfgs needs gradients that are not clipped: clip=norm",
                        "3:58: training: optimizer lbfgs needs all samples in every update, batch full: batch=16"),
                more("training: {optimizer: lbfgs, batch: 0}", "3:37: training: batch must be at least 1: batch=0"),
                more("training: {optimizer: lbfgs, momentum: 0.5}", "3:40: training: " + MOMENTUM_ONLY + "0.5"),
                more(
                        "training: {optimizer: {kind: lbfgs, history: 0, c1: 0.1, c2: 1, evaluations: 2.5}}",
                        "3:46: training: optimizer: history must be a whole number from 1 to 1000: history=0",
                        "3:53: training: optimizer: c1 must be above 0 and below 0.1: c1=0.1",
                        "3:62: training: optimizer: c2 must be at least 0.1 and below 1: c2=1",
                        "3:78: training: optimizer: evaluations must be a whole number from 1 to 1000: evaluations=2.5"),
                ErrorCase.of(
                        """
                        network: N
                        input: {shape: [2]}
                        loss: mean_squared_error
                        layers:
                        - {units: 2, activation: relu, dropout: 0.5, l1: 0.1, normalization: batch_norm}
                        - {units: 1, activation: identity, l1: 0}
                        training: {optimizer: lbfgs}
                        """,
                        "7:23: training: optimizer lbfgs needs a cost that is the same whenever it looks, without dropout of layers: optimizer=lbfgs",
                        "7:23: training: optimizer lbfgs needs a running mean that looks at the cost do not move, and so no batch_norm of layers: optimizer=lbfgs",
                        "7:23: training: optimizer lbfgs needs a cost without kinks, and so no l1 of layers: optimizer=lbfgs"),
                more("training: {optimizer: adamax, momentum: 0.5}", "3:23: training: " + OPTIMIZERS + "adamax"),
                more("training: {averaging: 1}", "3:23: training: averaging must be above 0 and below 1: averaging=1"),
                more("training: {averaging: 0}", "3:23: training: averaging must be above 0 and below 1: averaging=0"),
                more(
                        "training: {averaging: 0.5, form: gram}",
                        "3:34: training: form gram needs parameters that are not averaged: form=gram"),
                more("training: {l1: -1}", "3:16: training: l1 must be at least 0 and finite: l1=-1"),
                more("training: {l1: much}", "3:16: training: l1 must be a decimal number: l1=much"),
                longForm(
                        "{units: 1, activation: relu, l1: -1, l2: .inf}",
                        "4:36: layer 1: l1 must be at least 0 and finite: l1=-1",
                        "4:44: layer 1: l2 must be at least 0 and finite: l2=.inf"),
                more("training: {l1: 0.5, form: gram}", "3:27: training: " + NO_L1 + ": form=gram"),
                ErrorCase.of(
                        "network: N\ninput: {shape: [2]}\nloss: mean_squared_error\n"
                                + "layers: [{units: 1, activation: relu, l1: 0.5}]\ntraining: {form: gram}",
                        "5:18: training: " + NO_L1 + ": form=gram"),
                more(
                        "training: {class_weights: [1, 2, 3]}",
                        "3:27: training: class_weights must be balanced or a number for each of 2 classes: class_weights=[1, 2, 3]"),
                more(
                        "training: {class_weights: balance}",
                        "3:27: training: class_weights must be balanced or a number for each of 2 classes: class_weights=balance"),
                more(
                        "training: {class_weights: [1, -2]}",
                        "3:31: training: weight must be at least 0 and finite: weight=-2"),
                more(
                        "training: {class_weights: [0, 0]}",
                        "3:27: training: class_weights must have one above 0: class_weights=[0, 0]"),
                more(
                        "training: {class_weights: {0: 1, 1: .nan}}",
                        "3:37: training: class_weights: weight must be at least 0 and finite: weight=.nan"),
                more("training: {class_weights: {0: 1}}", "3:27: training: class_weights: missing key: key=1"),
                more(
                        "training: {class_weights: {0: 1, 1: 2, 2: 3}}",
                        "3:40: training: class_weights: unknown key: expected one of 0, 1: key=2"),
                ErrorCase.of(
                        "network: N\ninput: {shape: [2]}\nloss: huber\n"
                                + "layers: [{units: 1, activation: relu}]\ntraining: {class_weights: [1, 2]}",
                        "5:27: training: class_weights need a loss with classes, which huber has not: class_weights=[1, 2]"),
                more("training: {l2: -1}", "3:16: training: l2 must be at least 0 and finite: l2=-1"),
                more("training: {l2: .inf}", "3:16: training: l2 must be at least 0 and finite: l2=.inf"),
                more("training: {l2: .nan}", "3:16: training: l2 must be at least 0 and finite: l2=.nan"),
                more("training: {l2: little}", "3:16: training: l2 must be a decimal number: l2=little"),
                more(
                        "training: {form: fast}",
                        "3:18: training: unknown form: expected one of auto, direct, gram: form=fast"),
                more("precision: half", "3:12: unknown precision: expected one of float, double: precision=half"),
                more("precision: FLOAT", "3:12: unknown precision: expected one of float, double: precision=FLOAT"));
    }

    @ParameterizedTest
    @MethodSource({"keys", "names", "sizes", "activationsAndLosses", "settings"})
    void reportsWhereAndWhat(ErrorCase example) {
        example.check();
    }

    @Test
    void reportsAllErrorsInTheOrderOfTheFile() {
        String spec = """
                network: class
                precision: half
                input: {shape: [28, x], scale: 1/0}
                layers:
                  - {units: 0, activation: rellu}
                  - {unit: 3, activation: softmax}
                  - {units: 10, activation: tanh}
                loss: binary_cross_entropy
                training: {iterations: 0, learning_rate: fast}
                initialiser: {seed: 1}
                """;
        assertThatThrownBy(() -> SpecReader.read("digits.yaml", spec))
                .isInstanceOf(SpecException.class)
                .hasMessage("""
                        digits.yaml:1:10: network must not be a keyword of Java: network=class
                        digits.yaml:2:12: unknown precision: expected one of float, double: precision=half
                        digits.yaml:3:21: input: axis 2: size must be an integer in decimal digits: size=x
                        digits.yaml:3:32: input: scale must be finite and not zero: scale=1/0
                        digits.yaml:5:13: layer 1: units must be at least 1: units=0
                        digits.yaml:5:28: layer 1: unknown activation: expected one of identity, relu, leaky_relu, elu, selu, gelu, gelu_tanh, silu, mish, softplus, softsign, tanh, sigmoid, hard_sigmoid, hard_tanh, softmax: activation=rellu
                        digits.yaml:6:6: layer 2: unknown key: did you mean units?: key=unit
                        digits.yaml:6:27: layer 2: softmax is for the output layer only: activation=softmax
                        digits.yaml:8:7: loss binary_cross_entropy needs output activation sigmoid: activation=tanh
                        digits.yaml:9:24: training: iterations must be at least 1: iterations=0
                        digits.yaml:9:42: training: learning_rate must be a decimal number: learning_rate=fast
                        digits.yaml:10:1: unknown key: did you mean initializer?: key=initialiser
                        12 errors in digits.yaml""");
    }

    @Test
    void advisesOnlyWhereOneKeyIsNearest() {
        assertThat(NearestWord.of("sced", List.of("kind", "scale", "seed"))).contains("seed");
        assertThat(NearestWord.of("bat", List.of("cat", "rat"))).isEmpty();
        assertThat(NearestWord.of("x".repeat(1 << 20), SpecKeys.SPEC)).isEmpty();
    }

    @Test
    void showsTheFileUnderTheNameThatIsAskedFor() {
        assertThatThrownBy(() -> {
                    try {
                        SpecReader.read("n.yaml", "network: N\n");
                    } catch (SpecException e) {
                        throw e.withFile("/home/me/n.yaml");
                    }
                })
                .hasMessage(
                        "/home/me/n.yaml:1:1: missing key: expected layer_dims or layers\n1 error in /home/me/n.yaml");
    }

    /** A good spec in the short form, and a third line. */
    private static ErrorCase more(String line, String... expected) {
        return ErrorCase.of("network: N\nlayer_dims: [4, 3, 1]\n" + line + "\n", expected);
    }

    private static ErrorCase name(String network, String error) {
        String column = network.isEmpty() ? "9" : "10";
        return ErrorCase.of("network: " + network + "\nlayer_dims: [4, 3, 1]\n", "1:" + column + ": " + error);
    }

    private static ErrorCase dims(String dims, String error) {
        return dims(dims, 13, error);
    }

    private static ErrorCase dims(String dims, int column, String error) {
        return ErrorCase.of("network: N\nlayer_dims: " + dims + "\n", "2:" + column + ": " + error);
    }

    /** A good spec in the long form, with this as its first layer in line 4. */
    private static ErrorCase longForm(String layer, String... expected) {
        return ErrorCase.of(
                "network: N\ninput: {shape: [2]}\nlayers:\n- " + layer + "\nloss: mean_squared_error\n", expected);
    }
}
