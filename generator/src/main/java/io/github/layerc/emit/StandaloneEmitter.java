package io.github.layerc.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.alone.Entries;
import io.github.layerc.emit.alone.ParameterLoader;
import io.github.layerc.emit.alone.StandaloneRows;
import io.github.layerc.emit.alone.StandaloneText;
import io.github.layerc.emit.alone.StepEmitter;
import io.github.layerc.emit.alone.SupportMethods;
import io.github.layerc.emit.alone.TrainedParameters;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Members;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Needs;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.pass.Passes;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Program;
import io.github.layerc.schedule.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * A trained network as one class that needs nothing but the JDK. Its kernels are those of the {@link TargetClassEmitter}, so that it has the same results, bit
 * for bit; what others have of the runtime around them - checks, calls split to what the workspace holds, parameters, updates - is its own.
 */
public final class StandaloneEmitter {
    private final Network network;
    private final Entries what;
    private final StandaloneText text;
    private final TrainedParameters trained;
    private final List<Passes.Result> programs;
    private final Emission emission;
    private final Kernels kernels;
    private final EntryEmitter entries;
    private final ParameterEmitter parameters;
    private final ClassName self;

    private final Optional<StandaloneRows> rows;

    /**
     * @param network of one thread
     * @param programs of the entry points, after the passes
     * @param rows of a network with named columns, which predicts only
     * @param text what its documentation says
     */
    public StandaloneEmitter(
            Network network,
            Target target,
            Scheduler scheduler,
            List<Passes.Result> programs,
            Entries what,
            TrainedParameters trained,
            Optional<StandaloneRows> rows,
            StandaloneText text) {
        this.network = network;
        this.what = what;
        this.text = text;
        this.trained = trained;
        this.programs = List.copyOf(programs);
        this.emission = new Emission(network, target, scheduler.storage(network), scheduler.thresholds(), true);
        this.kernels = new Kernels(emission, scheduler);
        this.entries = new EntryEmitter(emission, kernels, scheduler.samplesInBlock(network));
        this.parameters = new ParameterEmitter(emission);
        this.self = ClassName.get(network.packageName(), network.name());
        this.rows = rows;
    }

    public TargetClass emit() {
        List<Method> methods = new ArrayList<>();
        programs.forEach(result -> methods.addAll(entries.emit(result.program())));
        List<Kernel> called = Needs.kernels(methods);
        methods.addAll(Needs.methods(called));
        Needs needs = Needs.of(methods);
        TypeSpec.Builder type = TypeSpec.classBuilder(self)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc(text.documentation(new NetworkTable(network, List.of()).layers()));
        new ConstantsEmitter(emission, parameters).addTo(type, needs);
        new WorkspaceEmitter(emission, programs, needs, network.name()).addTo(type, parameters.description());
        if (rows.isPresent()) {
            creatorsForRows(type);
            rows.get().addTo(type, callOfOne());
        } else {
            creators(type);
            predict(type);
            if (what == Entries.TRAIN) {
                train(type);
            }
            requireRows(type);
        }
        new ParameterLoader(network, trained).addTo(type);
        parameters.pack().forEach(type::addMethod);
        methods.forEach(method -> type.addMethod(method.print()));
        needs.helpers().forEach(helper -> type.addMethod(helper.method().print()));
        new SupportMethods(network.precision()).addTo(type);
        return new TargetClass(type.build(), called);
    }

    private TypeName element() {
        return Argument.element(network.precision());
    }

    private TypeName array() {
        return ArrayTypeName.of(element());
    }

    private String outputs() {
        return Names.units(network.layers().size()).text();
    }

    private static MethodSpec.Builder method(String name, TypeName returns) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).returns(returns);
    }

    /** The workspace of one sample, as that of the instance which the runtime has for rows. */
    private void creatorsForRows(TypeSpec.Builder type) {
        type.addMethod(method("create", self)
                .addModifiers(Modifier.STATIC)
                .addJavadoc("An instance with the trained parameters.\n$L", resourceErrors())
                .addStatement("$T[] parameters = new $T[PARAMETERS]", element(), element())
                .addStatement("pack(trained(), parameters)")
                .addStatement("return new $T(parameters, 1)", self)
                .build());
        type.addMethod(method("share", self)
                .addJavadoc(
                        "An instance with a workspace of its own over the parameters of this one, for another thread.\n")
                .addStatement("return new $T(parameters, 1)", self)
                .build());
    }

    private String resourceErrors() {
        return trained.inText()
                ? ""
                : "\n@throws IllegalStateException if the resource with the parameters is not there, or is damaged\n";
    }

    private CodeBlock callOfOne() {
        Map<Argument, CodeBlock> values = new LinkedHashMap<>();
        values.put(Argument.X, CodeBlock.of("features"));
        values.put(Argument.X_AT, CodeBlock.of("0"));
        values.put(Argument.X_STRIDE, CodeBlock.of("INPUTS"));
        values.put(Argument.COUNT, CodeBlock.of("1"));
        values.put(Argument.INPUT_SCALE, inputScale());
        values.put(Argument.OUT, CodeBlock.of("outputs"));
        values.put(Argument.OUT_AT, CodeBlock.of("0"));
        return call(Entry.PREDICT, values);
    }

    private void creators(TypeSpec.Builder type) {
        type.addMethod(method("create", self)
                .addModifiers(Modifier.STATIC)
                .addParameter(TypeName.INT, "batch")
                .addJavadoc(
                        "An instance with the trained parameters.\n\n@param batch number of samples that the workspace holds, at least 1; calls with more are"
                                + " split\n$L",
                        resourceErrors().stripLeading())
                .addStatement("requireBatch(batch)")
                .addStatement("$T[] parameters = new $T[PARAMETERS]", element(), element())
                .addStatement("pack(trained(), parameters)")
                .addStatement("return new $T(parameters, batch)", self)
                .build());
        type.addMethod(method("share", self)
                .addParameter(TypeName.INT, "batch")
                .addJavadoc(
                        "An instance with a workspace of its own over the parameters of this one, for another thread that predicts$L.\n",
                        what == Entries.TRAIN ? ": neither may change them while the other one runs" : "")
                .addStatement("requireBatch(batch)")
                .addStatement("return new $T(parameters, batch)", self)
                .build());
        type.addMethod(method("batch", TypeName.INT)
                .addJavadoc("Number of samples that the workspace holds.\n")
                .addStatement("return capacity")
                .build());
        type.addMethod(method("inputs", TypeName.INT)
                .addJavadoc("Values of a sample.\n")
                .addStatement("return INPUTS")
                .build());
        type.addMethod(method("outputs", TypeName.INT)
                .addJavadoc("Values that a sample is answered with.\n")
                .addStatement("return $L", outputs())
                .build());
    }

    private void predict(TypeSpec.Builder type) {
        type.addMethod(method("predict", array())
                .addParameter(array(), "samples")
                .addParameter(TypeName.INT, "count")
                .addJavadoc(
                        "The outputs of samples, in an array of their own.\n\n@see #predict($T, int, $T)\n",
                        array(),
                        array())
                .addStatement("requireRows($S, samples.length, count, INPUTS, 0)", "samples")
                .addStatement("$T[] out = new $T[Math.multiplyExact(count, $L)]", element(), element(), outputs())
                .addStatement("predict(samples, count, out)")
                .addStatement("return out")
                .build());
        Map<Argument, CodeBlock> values = samples("samples");
        values.put(Argument.INPUT_SCALE, inputScale());
        values.put(Argument.OUT, CodeBlock.of("out"));
        values.put(Argument.OUT_AT, CodeBlock.of("s * $L", outputs()));
        type.addMethod(method("predict", TypeName.VOID)
                .addParameter(array(), "samples")
                .addParameter(TypeName.INT, "count")
                .addParameter(array(), "out")
                .addJavadoc(
                        "The outputs of samples. Allocates nothing.\n\n@param samples {@code [count][$L]}, as they are stored$L\n@param out {@code [count][$L]}\n",
                        network.inputs(),
                        network.input().scale().isOne()
                                ? ""
                                : "; the network multiplies them by "
                                        + network.input().scale(),
                        network.outputs())
                .addStatement("requireRows($S, samples.length, count, INPUTS, 0)", "samples")
                .addStatement("requireRows($S, out.length, count, $L, 0)", "out", outputs())
                .beginControlFlow("for (int s = 0; s < count; s += capacity)")
                .addStatement("$L", call(Entry.PREDICT, values))
                .endControlFlow()
                .build());
    }

    /** Of samples in an array, those that the workspace holds from {@code s} on. */
    private static Map<Argument, CodeBlock> samples(String array) {
        Map<Argument, CodeBlock> values = new LinkedHashMap<>();
        values.put(Argument.X, CodeBlock.of(array));
        values.put(Argument.X_AT, CodeBlock.of("s * INPUTS"));
        values.put(Argument.X_STRIDE, CodeBlock.of("INPUTS"));
        values.put(Argument.COUNT, CodeBlock.of("Math.min(capacity, count - s)"));
        return values;
    }

    private CodeBlock inputScale() {
        double factor = network.input().scale().factor();
        return element().equals(TypeName.FLOAT) ? CodeBlock.of("$Lf", (float) factor) : CodeBlock.of("$L", factor);
    }

    private void train(TypeSpec.Builder type) {
        Map<Argument, CodeBlock> values = samples("samples");
        values.put(Argument.INPUT_SCALE, inputScale());
        values.put(Argument.Y, CodeBlock.of("targets"));
        values.put(Argument.Y_AT, CodeBlock.of("s * $L", outputs()));
        new StepEmitter(network, parameters.weightRows())
                .addTo(type, call(Entry.COST, values), some -> call(Entry.STEP, some));
        parameters.unpack().forEach(type::addMethod);
    }

    /** The call of an entry point with what it takes. */
    private CodeBlock call(Entry entry, Map<Argument, CodeBlock> values) {
        Program program = Passes.of(entry, programs).program();
        List<CodeBlock> passed = new ArrayList<>();
        for (Argument argument : entries.unpacked(entry, program.ops(), Argument.COUNT)) {
            CodeBlock value = values.get(argument);
            if (value == null) {
                throw new AssertionError("no value for " + argument + " of " + entry);
            }
            passed.add(value);
        }
        return CodeBlock.of("$L($L)", entry.method(), CodeBlock.join(passed, ", "));
    }

    private void requireRows(TypeSpec.Builder type) {
        type.addMethod(MethodSpec.methodBuilder("requireBatch")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(TypeName.INT, "batch")
                .beginControlFlow("if (batch < 1 || batch > $L)", Members.number(network.largestBatch()))
                .addStatement(
                        "throw new $T($S + batch)",
                        IllegalArgumentException.class,
                        "batch must be from 1 to " + network.largestBatch() + ": batch=")
                .endControlFlow()
                .build());
        MethodSpec.Builder rows = MethodSpec.methodBuilder("requireRows")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(String.class, "what");
        List.of("length", "count", "columns", "least").forEach(name -> rows.addParameter(TypeName.INT, name));
        type.addMethod(rows.beginControlFlow("if (count < least)")
                .addStatement(
                        "throw new $T($S + least + $S + count)",
                        IllegalArgumentException.class,
                        "count must be at least ",
                        ": count=")
                .endControlFlow()
                .beginControlFlow("if (length < (long) count * columns)")
                .addStatement(
                        "throw new $T(what + $S + count + $S + columns + $S + length)",
                        IllegalArgumentException.class,
                        " must hold ",
                        " x ",
                        " values: length=")
                .endControlFlow()
                .build());
    }
}
