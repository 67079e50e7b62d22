package io.github.layerc.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.github.layerc.emit.code.Names;
import io.github.layerc.network.Activation;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Clip;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.Form;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.RateSchedule;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** The network as code, for the class that was compiled from it: one chain of calls, in methods where it would be too long for javac. */
final class NetworkEmitter {
    /** Layers of one chain, or of one method. */
    private static final int MOST_LAYERS = 100;

    private final Network network;

    NetworkEmitter(Network network) {
        this.network = network;
    }

    /** The value of the constant. */
    CodeBlock initializer() {
        if (!split()) {
            CodeBlock.Builder code = CodeBlock.builder().add(start("\n$>$>")).add("\n");
            network.layers().forEach(layer -> code.add(layer(layer)).add("\n"));
            return code.add(end("\n")).add("$<$<").build();
        }
        return CodeBlock.of("describe()");
    }

    /** What the constant needs, empty for most. */
    List<MethodSpec> methods() {
        List<MethodSpec> methods = new ArrayList<>();
        if (!split()) {
            return methods;
        }
        CodeBlock.Builder all = CodeBlock.builder().addStatement("$T builder = $L", Network.Builder.class, start("\n"));
        List<Layer> layers = network.layers();
        for (int from = 0; from < layers.size(); from += MOST_LAYERS) {
            String part = "layers" + (from / MOST_LAYERS + 1);
            all.addStatement("$L(builder)", part);
            CodeBlock.Builder some = CodeBlock.builder();
            layers.subList(from, Math.min(from + MOST_LAYERS, layers.size()))
                    .forEach(layer -> some.addStatement("builder$L", layer(layer)));
            methods.add(MethodSpec.methodBuilder(part)
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                    .addParameter(Network.Builder.class, "builder")
                    .addCode(some.build())
                    .build());
        }
        all.addStatement("return builder$L", end(""));
        methods.add(
                0,
                MethodSpec.methodBuilder("describe")
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                        .returns(Network.class)
                        .addCode(all.build())
                        .build());
        return methods;
    }

    private boolean split() {
        return network.layers().size() > MOST_LAYERS;
    }

    /** @param lineEnd between the calls, with the indentation of those that follow */
    private CodeBlock start(String lineEnd) {
        Input input = network.input();
        Scale scale = input.scale();
        return CodeBlock.builder()
                .add("$T.builder($S, $S)" + lineEnd, Network.class, network.packageName(), network.name())
                .add(
                        ".input(new $T($T.of($L), $L))",
                        Input.class,
                        List.class,
                        input.shape().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        scale.isOne()
                                ? CodeBlock.of("$T.ONE", Scale.class)
                                : CodeBlock.of("new $T($L, $L)", Scale.class, scale.numerator(), scale.denominator()))
                .build();
    }

    private static CodeBlock layer(Layer layer) {
        CodeBlock.Builder code = CodeBlock.builder()
                .add(".layer($L, $L", layer.units(), code(layer.activation(), Activation.class, Activation.all()));
        layer.initializer()
                .ifPresent(own -> code.add(", $L", code(own, Initializer.Kind.class, Initializer.Kind.all())));
        code.add(")");
        layer.normalization()
                .ifPresent(
                        some -> code.add(".normalization($L)", code(some, Normalization.class, Normalization.all())));
        if (layer.dropout() > 0) {
            code.add(".dropout($L)", layer.dropout());
        }
        layer.l1().ifPresent(l1 -> code.add(".layerL1($L)", l1));
        layer.l2().ifPresent(l2 -> code.add(".layerL2($L)", l2));
        return code.build();
    }

    private CodeBlock end(String separator) {
        Initializer initializer = network.initializer();
        List<CodeBlock> calls = new ArrayList<>();
        calls.add(CodeBlock.of(".loss($L)", code(network.loss(), Loss.class, Loss.all())));
        calls.add(CodeBlock.of(
                ".initializer(new $T($T.Kind.$L, $L, $LL))",
                Initializer.class,
                Initializer.class,
                constant(initializer.kind()),
                initializer.kind().settings().stream()
                        .map(Setting::value)
                        .findFirst()
                        .orElse(1.0),
                initializer.seed()));
        calls.add(CodeBlock.of(".training($L)", training(network.training())));
        calls.add(CodeBlock.of(".precision($T.$L)", Precision.class, network.precision()));
        if (network.threads() > 1) {
            calls.add(CodeBlock.of(".threads($L)", network.threads()));
        }
        calls.add(CodeBlock.of(".build()"));
        return CodeBlock.join(calls, separator);
    }

    /** A constant where its settings are the usual ones, else the call of its method: by convention both are called as its keyword. */
    private static <K extends Kind<K>> CodeBlock code(K kind, Class<K> type, List<K> usual) {
        if (usual.contains(kind)) {
            return CodeBlock.of("$T.$L", type, constant(kind));
        }
        String settings = kind.settings().stream()
                .map(setting -> String.valueOf(setting.value()))
                .collect(Collectors.joining(", "));
        return CodeBlock.of("$T.$L($L)", type, Names.camelCase(kind.keyword()), settings);
    }

    private static CodeBlock code(ClassWeights weights) {
        return weights.equals(ClassWeights.BALANCED)
                ? CodeBlock.of("$T.BALANCED", ClassWeights.class)
                : CodeBlock.of(
                        "$T.of($L)",
                        ClassWeights.class,
                        weights.weights().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private static String constant(Kind<?> kind) {
        return kind.keyword().toUpperCase(Locale.ROOT);
    }

    /** What every training has, then what is not as usual. */
    private static CodeBlock training(TrainingSettings training) {
        CodeBlock.Builder code = CodeBlock.builder();
        CodeBlock optimizer = code(training.optimizer(), Optimizer.class, Optimizer.all());
        if (training.epochs() == 0) {
            code.add(
                    "new $T($L, $L, $L)",
                    TrainingSettings.class,
                    optimizer,
                    training.learningRate(),
                    training.iterations());
        } else {
            code.add("new $T($L, $L)", TrainingSettings.class, optimizer, training.learningRate());
            code.add(".withEpochs($L)", training.epochs());
        }
        if (!training.schedule().isConstant()) {
            code.add(".withSchedule($L)", code(training.schedule(), RateSchedule.class, RateSchedule.all()));
        }
        if (training.batch() != TrainingSettings.FULL_BATCH) {
            code.add(".withBatch($L)", training.batch());
        }
        if (training.momentum() != TrainingSettings.usualMomentum(training.optimizer())) {
            code.add(".withMomentum($L)", training.momentum());
        }
        if (training.l1() != 0) {
            code.add(".withL1($L)", training.l1());
        }
        if (training.l2() != 0) {
            code.add(".withL2($L)", training.l2());
        }
        training.classWeights().ifPresent(weights -> code.add(".withClassWeights($L)", code(weights)));
        training.clip().ifPresent(clip -> code.add(".withClip($L)", code(clip, Clip.class, Clip.all())));
        if (training.averaging() != 0) {
            code.add(".withAveraging($L)", training.averaging());
        }
        if (training.form() != Form.AUTO) {
            code.add(".withForm($T.$L)", Form.class, training.form());
        }
        if (training.validation() != 0) {
            code.add(".withValidation($L)", training.validation());
        }
        training.earlyStopping()
                .ifPresent(rule -> code.add(
                        ".withEarlyStopping(new $T($T.$L, $L, $L))",
                        EarlyStopping.class,
                        EarlyStopping.Monitor.class,
                        rule.monitor(),
                        rule.patience(),
                        rule.minDelta()));
        if (!training.metrics().isEmpty()) {
            code.add(
                    ".withMetrics($T.of($L))",
                    List.class,
                    training.metrics().stream()
                            .map(name -> CodeBlock.of("$S", name))
                            .collect(CodeBlock.joining(", ")));
        }
        return code.build();
    }
}
