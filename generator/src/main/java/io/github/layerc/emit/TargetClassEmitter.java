package io.github.layerc.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Members;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Needs;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.pass.Passes;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Program;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.schedule.Scheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** The class behind the public one for one target: constants, workspace, entry points, kernels. */
public final class TargetClassEmitter {
    /** Characters of a text on one line of code. */
    private static final int TEXT = 96;

    private final Network network;
    private final Target target;
    private final boolean gramForm;
    private final List<Passes.Result> programs;
    private final Scheduler scheduler;
    private final Emission emission;
    private final Kernels kernels;
    private final ParameterEmitter parameters;

    /** @param programs of all entry points, after the passes */
    public TargetClassEmitter(Network network, Target target, Scheduler scheduler, List<Passes.Result> programs) {
        this.network = network;
        this.target = target;
        this.scheduler = scheduler;
        this.emission = new Emission(network, target, scheduler.storage(network), scheduler.thresholds(), false);
        this.kernels = new Kernels(emission, scheduler);
        this.parameters = new ParameterEmitter(emission);
        this.gramForm = hasGramForm(programs);
        this.programs = programs.stream()
                .filter(result -> emission.unitMajor() || result.program().entry() != Entry.BOUND_STEP)
                .filter(result -> gramForm || !result.program().entry().gram())
                .toList();
    }

    /** Whether the pass was applied that makes the Gram form of the first layer. */
    private static boolean hasGramForm(List<Passes.Result> programs) {
        return programs.stream()
                .flatMap(result -> result.program().buffers().stream())
                .anyMatch(buffer -> buffer.role() == Role.PRE_ACTIVATIONS);
    }

    /** {@code CatNet4Vector} for {@code CatNet4}. */
    public static String className(Network network, Target target) {
        return network.name() + (target == Target.VECTOR ? "Vector" : "Scalar");
    }

    /** The classes that a network becomes, with their package: the public one, then those behind it. */
    public static List<String> classNames(Network network) {
        String prefix = network.packageName().isEmpty() ? "" : network.packageName() + ".";
        List<String> names = new ArrayList<>(List.of(network.className()));
        for (Target each : Target.values()) {
            names.add(prefix + className(network, each));
        }
        return names;
    }

    public TargetClass emit() {
        EntryEmitter entryEmitter = new EntryEmitter(emission, kernels, scheduler.samplesInBlock(network));
        PhaseEmitter phases = new PhaseEmitter(emission, kernels, entryEmitter);
        List<Program> inPhases = new ArrayList<>();
        List<Method> entries = new ArrayList<>();
        for (Passes.Result result : programs) {
            Program program = result.program();
            if (emission.threaded() && !program.entry().gram()) {
                inPhases.add(program);
                entries.addAll(phases.emit(program));
            } else {
                entries.addAll(entryEmitter.emit(program));
            }
        }
        List<Kernel> called = Needs.kernels(entries);
        List<Method> methods = Needs.methods(called);
        Needs needs = Needs.of(methods);
        WorkspaceEmitter workspace = new WorkspaceEmitter(emission, programs, needs, className(network, target));
        TypeSpec.Builder type = TypeSpec.classBuilder(className(network, target))
                .addModifiers(Modifier.FINAL)
                .addAnnotation(Members.generated())
                .addSuperinterface(ClassName.get("io.github.layerc.engine", typed("Kernels")))
                .addJavadoc(documentation());
        new ConstantsEmitter(emission, parameters).addTo(type, needs);
        workspace.addTo(type, parameters.description());
        if (emission.threaded()) {
            phases.addTo(type, className(network, target), inPhases);
        }
        accessors(type, called);
        parameters.methods().forEach(type::addMethod);
        entries.forEach(method -> type.addMethod(method.print()));
        if (gramForm) {
            ClassName gram = ClassName.get("io.github.layerc.engine.kernels", typed("GramKernels"));
            type.addSuperinterface(gram);
            type.addMethod(Members.override("gram", ParameterizedTypeName.get(ClassName.get(Optional.class), gram))
                    .addStatement("return $T.of(this)", Optional.class)
                    .build());
        }
        methods.forEach(method -> type.addMethod(method.print()));
        needs.helpers().forEach(helper -> type.addMethod(helper.method().print()));
        return new TargetClass(type.build(), called);
    }

    private String typed(String suffix) {
        return (network.precision() == Precision.FLOAT ? "Float" : "Double") + suffix;
    }

    private TypeName array() {
        return ArrayTypeName.of(Argument.element(network.precision()));
    }

    private CodeBlock documentation() {
        String how = (target == Target.VECTOR ? "the Vector API" : "plain Java") + ": activations are "
                + emission.storage().layout()
                + (emission.unitMajor() ? ", a vector holds one unit of several samples" : "")
                + (emission.padded() ? ", a vector holds several units of one sample" : "")
                + (emission.narrow(network.layers().size()) ? ", of the output one unit of several samples" : "");
        Passes.Result step = Passes.of(Entry.STEP, programs);
        return CodeBlock.of(
                "Kernels of network {@code $L} in $L. $L\n\n$L\n<p>$L\n\n<p>An instance owns its workspace and is confined to one"
                        + " thread, its own workers aside. No method of a step or a prediction allocates.\n",
                network.name(),
                how,
                scheduler.origin(),
                new NetworkTable(network, step.applied()).text(),
                updates());
    }

    /** What the arrays are that a step adds to. */
    private String updates() {
        String plain = "to the parameters themselves with minus the learning rate by the number of samples";
        Optimizer optimizer = network.training().optimizer();
        return optimizer.isAddition()
                ? "Gradients are added {@code into} an array with a {@code factor}: to gradients with the weight of a sample; "
                        + plain + ", which is the update of gradient descent."
                : "Gradients are added {@code into} an array of gradients with a {@code factor}, the weight of a sample; the"
                        + " runtime then updates the parameters, as {@code "
                        + optimizer.keyword() + "} does. A training with gradient descent has them added " + plain
                        + ".";
    }

    private void accessors(TypeSpec.Builder type, List<Kernel> called) {
        type.addMethod(Members.override("parameters", array())
                .addStatement("return parameters")
                .build());
        type.addMethod(Members.override("capacity", TypeName.INT)
                .addStatement("return capacity")
                .build());
        if (network.batchNorm().isPresent()) {
            ClassName kernels = ClassName.get("io.github.layerc.engine.kernels", typed("StepKernels"));
            ClassName own = ClassName.get(network.packageName(), className(network, target));
            type.addMethod(Members.override("another", kernels)
                    .addStatement(
                            "return new $T(new $T[PARAMETERS], capacity)", own, Argument.element(network.precision()))
                    .build());
        }
        if (emission.unitMajor()) {
            type.addMethod(Members.override("panelWidth", TypeName.INT)
                    .addStatement("return LANES")
                    .build());
        }
        type.addMethod(Members.override("schedule", ClassName.get(String.class))
                .addCode(scheduleText(called))
                .build());
    }

    /** The schedules of the layer with the most weights: the others hardly count. */
    private CodeBlock scheduleText(List<Kernel> called) {
        Layer largest = network.layers().stream()
                .max(Comparator.comparingInt(Layer::weightCount))
                .orElseThrow();
        List<String> texts = new ArrayList<>();
        for (Kernel kernel : called) {
            if (kernel.op().layer() == largest.number() && !kernel.schedule().isEmpty()) {
                texts.add(kernel.method() + ": " + kernel.schedule());
            }
        }
        CodeBlock.Builder code = CodeBlock.builder().add("return ");
        String plus = "";
        for (String line : lines(texts)) {
            code.add(plus + "$S", line);
            plus = "\n        + ";
        }
        return code.add(";\n").build();
    }

    /** Texts with semicolons between, each on a line; on more than one where it has more than {@value #TEXT} characters. */
    private static List<String> lines(List<String> texts) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String rest = texts.get(i) + (i + 1 < texts.size() ? "; " : "");
            while (rest.length() > TEXT && rest.lastIndexOf(", ", TEXT) > 0) {
                int at = rest.lastIndexOf(", ", TEXT) + 2;
                lines.add(rest.substring(0, at));
                rest = rest.substring(at);
            }
            lines.add(rest);
        }
        return lines;
    }
}
