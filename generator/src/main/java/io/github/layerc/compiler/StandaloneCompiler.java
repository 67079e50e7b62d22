package io.github.layerc.compiler;

import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.StandaloneEmitter;
import io.github.layerc.emit.TargetClass;
import io.github.layerc.emit.alone.Entries;
import io.github.layerc.emit.alone.StandaloneRows;
import io.github.layerc.emit.alone.StandaloneText;
import io.github.layerc.emit.alone.StepEmitter;
import io.github.layerc.emit.alone.TrainedParameters;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Form;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.pass.Passes;
import io.github.layerc.schedule.Scheduler;
import io.github.layerc.table.Fitted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compiles a trained network to one class that needs nothing but the JDK: the stages of the {@link Compiler}, with fewer entry points. It has the results of the
 * class of the same target that is compiled for one thread, bit for bit.
 */
public final class StandaloneCompiler {
    private StandaloneCompiler() {}

    /**
     * What the class is to be.
     *
     * @param trains whether it makes steps of a training, too, and does not only predict
     */
    public record Request(Target target, boolean trains) {
        private Entries entries() {
            return trains ? Entries.TRAIN : Entries.PREDICT;
        }
    }

    /**
     * Compiles a network.
     *
     * @param source name of the file that it comes from
     * @param parameters in the canonical layout
     * @param fitted the columns of a network that has some, and what was learned of them; such a class predicts rows
     * @param origin where network and parameters come from, for the documentation, a sentence each
     * @throws CompileException if the network cannot be compiled within the budgets, or has something that such a class does without, or this Java has no compiler
     */
    public static StandaloneClass compile(
            Network network,
            String source,
            Options options,
            Request request,
            double[] parameters,
            Optional<Fitted> fitted,
            List<String> origin) {
        Compiler.requireFewLayers(network);
        if (request.trains()) {
            if (fitted.isPresent()) {
                throw new CompileException("network " + network.name()
                        + ": a class that stands alone cannot train with this, only predict: columns="
                        + fitted.get().table().columns().size());
            }
            StepEmitter.objection(network).ifPresent(objection -> {
                throw new CompileException("network " + network.name()
                        + ": a class that stands alone cannot train with this, only predict: " + objection);
            });
        }
        Network alone = options.applied(network).withThreads(1);
        alone = alone.withTraining(alone.training().withForm(Form.DIRECT));
        requireFits(alone, fitted);
        double[] values = rounded(alone, parameters);
        List<String> sentences = new ArrayList<>(origin);
        boolean folded = Fitted.foldsInto(alone);
        if (fitted.isPresent() && folded) {
            sentences.add("Centers and scales of columns are part of the first layer.");
            fitted.get().foldInto(alone, values);
            values = rounded(alone, values);
        }
        if (!request.trains()) {
            if (alone.batchNorm().isPresent()) {
                sentences.add("Batch normalisation is part of weights and biases.");
                Normalization.fold(alone, values);
            }
            values = rounded(alone, ofPredictions(alone, values));
            alone = forPredictions(alone);
        }
        Network ready = alone;
        Optional<StandaloneRows> rows = fitted.map(some -> new StandaloneRows(ready, some, folded));
        if (rows.filter(StandaloneRows::isTooWide).isPresent()) {
            throw Compiler.tooWide(network, fitted.get().table().columns().size());
        }
        return compiled(ready, source, options, request, new TrainedParameters(ready, values), rows, sentences);
    }

    private static void requireFits(Network network, Optional<Fitted> fitted) {
        try {
            fitted.ifPresent(some -> some.requireFits(network.precision()));
        } catch (IllegalArgumentException e) {
            throw new CompileException("network " + network.name() + ": " + e.getMessage());
        }
    }

    /** As an engine takes them: those of a training in double may be none in float. */
    private static double[] rounded(Network network, double[] parameters) {
        double[] rounded =
                Arrays.stream(parameters).map(network.precision()::rounded).toArray();
        for (int i = 0; i < rounded.length; i++) {
            if (!Double.isFinite(rounded[i])) {
                throw new CompileException("network " + network.name() + ": parameters must be "
                        + network.precision().finite(parameters[i]) + ": parameters[" + i + "]=" + parameters[i]);
            }
        }
        return rounded;
    }

    private static StandaloneClass compiled(
            Network network,
            String source,
            Options options,
            Request request,
            TrainedParameters trained,
            Optional<StandaloneRows> rows,
            List<String> origin) {
        Target target = request.target();
        List<Passes.Result> programs =
                Compiler.programs(network, request.entries().entries());
        Scheduler scheduler = options.tuned().scheduler(target, network.precision(), options.machine());
        StandaloneText text = new StandaloneText(network, target, request.entries(), trained, rows, origin);
        TargetClass emitted = new StandaloneEmitter(
                        network, target, scheduler, programs, request.entries(), trained, rows, text)
                .emit();
        TypeSpec type = emitted.type();
        Compiler.Draft draft = new Compiler.Draft(Compiler.file(network, source, type), emitted.summaries());
        Map<String, byte[]> classFiles = MemoryCompiler.compileAlone(draft.file(), target == Target.VECTOR);
        List<CompiledClass> classes = Compiler.compiled(List.of(draft), classFiles);
        Compiler.checkBudget(network, classes);
        SourceFile file = Compiler.withSizes(draft.file(), classes);
        return new StandaloneClass(
                file, trained.inText() ? Map.of() : Map.of(trained.resourceName(), trained.resource()), classFiles);
    }

    /** Without what is folded, and what predictions know nothing of. */
    private static Network forPredictions(Network network) {
        Network.Builder builder =
                Network.builder(network.packageName(), network.name()).input(network.input());
        for (Layer layer : network.layers()) {
            builder.layer(layer.units(), layer.activation());
            layer.normalization().filter(some -> !some.runs()).ifPresent(builder::normalization);
        }
        return builder.loss(network.loss())
                .training(network.training())
                .precision(network.precision())
                .build();
    }

    /** The parameters without those that were folded. */
    private static double[] ofPredictions(Network network, double[] parameters) {
        int kept = 0;
        double[] values = new double[parameters.length];
        for (Layer layer : network.layers()) {
            int end = layer.batchNorm().isPresent() ? layer.gammaAt() : layer.end();
            System.arraycopy(parameters, layer.weightsAt(), values, kept, end - layer.weightsAt());
            kept += end - layer.weightsAt();
        }
        return Arrays.copyOf(values, kept);
    }
}
