package io.github.layerc.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.Members;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Needs;
import io.github.layerc.emit.code.Scratch;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.pass.Passes;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Program;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.schedule.Scheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        this.emission = new Emission(network, target, scheduler.storage(network), scheduler.thresholds());
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
        Set<Buffer> workspace = workspace();
        TypeSpec.Builder type = TypeSpec.classBuilder(className(network, target))
                .addModifiers(Modifier.FINAL)
                .addAnnotation(Members.generated())
                .addSuperinterface(ClassName.get("io.github.layerc.engine", typed("Kernels")))
                .addJavadoc(documentation());
        constants(type, needs);
        fields(type, workspace, needs);
        type.addMethod(constructor(workspace, needs));
        if (emission.threaded()) {
            type.addMethod(scratchConstructor(workspace, needs));
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

    private void constants(TypeSpec.Builder type, Needs needs) {
        if (target == Target.VECTOR) {
            TypeName vector = emission.words().printer().type(Type.REGISTER);
            TypeName species = ParameterizedTypeName.get(
                    ClassName.get("jdk.incubator.vector", "VectorSpecies"),
                    Argument.element(network.precision()).box());
            type.addField(Members.constant(species, "SPECIES", CodeBlock.of("$T.SPECIES_PREFERRED", vector)));
            type.addField(Members.constant(TypeName.INT, "LANES", CodeBlock.of("SPECIES.length()")));
        }
        needs.constants().forEach(constant -> type.addField(constant.field(network.precision())));
        type.addField(Members.constant(TypeName.INT, "INPUTS", Members.number(network.inputs())));
        for (Layer layer : network.layers()) {
            String units = Names.units(layer.number()).text();
            type.addField(Members.constant(TypeName.INT, units, Members.number(layer.units())));
        }
        needs.unitConstants().forEach(constant -> type.addField(constant.field(network.precision())));
        parameters.constants().forEach(type::addField);
    }

    /** Every array of the workspace, in the order of first use. */
    private Set<Buffer> workspace() {
        Set<Buffer> workspace = new LinkedHashSet<>();
        for (Passes.Result result : programs) {
            result.program().buffers().stream()
                    .filter(buffer -> buffer.role().workspace())
                    .forEach(workspace::add);
        }
        return workspace;
    }

    /** Whether the step keeps gradients, since a pass that makes them superfluous was left out. */
    private boolean keepsGradients() {
        return programs.stream()
                .map(Passes.Result::program)
                .filter(program -> program.entry() == Entry.STEP)
                .flatMap(program -> program.buffers().stream())
                .anyMatch(buffer -> buffer.role().gradient());
    }

    private void fields(TypeSpec.Builder type, Set<Buffer> workspace, Needs needs) {
        type.addField(field(array(), "parameters", parameters.description()));
        type.addField(field(TypeName.INT, "capacity", "Samples that the workspace holds."));
        if (unitMajor()) {
            type.addField(field(
                    TypeName.INT,
                    "paddedSamples",
                    "{@code capacity}, rounded up to whole vectors; what lies behind the samples of a call is left"
                            + " from earlier ones and read by no result."));
        }
        for (Buffer buffer : workspace) {
            type.addField(field(array(), buffer.name(), description(buffer)));
        }
        if (keepsGradients()) {
            type.addField(field(array(), "gradients", "Gradients of a step, laid out as the parameters."));
        }
        for (Scratch each : needs.scratch()) {
            type.addField(field(emission.words().printer().type(each.type()), each.name(), each.documentation()));
        }
    }

    private boolean unitMajor() {
        return emission.unitMajor();
    }

    private String description(Buffer buffer) {
        String noun = switch (buffer.role()) {
            case Z -> "Pre-activations";
            case A -> "Activations";
            case DZ -> "Deltas";
            case K -> "Activations before some were left out";
            case DA -> "Gradients of the activations";
            default -> throw new AssertionError("not of the workspace: " + buffer);
        };
        String shape = emission.rowsOfSamples(buffer.layer())
                ? "[" + buffer.columns() + "][" + emission.samples().text() + "]"
                : "[capacity]["
                        + (emission.padded() ? emission.width(buffer.layer()).text() : buffer.columns()) + "]";
        return noun + " of layer " + buffer.layer() + ": {@code " + shape + "}.";
    }

    private static FieldSpec field(TypeName type, String name, String javadoc) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("$L\n", javadoc)
                .build();
    }

    /** The arrays that all threads work on: field names and what makes them. */
    private Map<String, CodeBlock> workspaceArrays(Set<Buffer> workspace) {
        Map<String, CodeBlock> arrays = new LinkedHashMap<>();
        for (Buffer buffer : workspace) {
            int layer = buffer.layer();
            Expression rows = emission.narrow(layer) ? Names.units(layer) : emission.width(layer);
            arrays.put(buffer.name(), newArray(List.of(Expression.math("multiplyExact", emission.samples(), rows))));
        }
        if (keepsGradients()) {
            arrays.put("gradients", newArray(List.of(Expression.name("parameters.length"))));
        }
        return arrays;
    }

    /** The arrays of one thread, the same. */
    private Map<String, CodeBlock> scratchArrays(Needs needs) {
        Map<String, CodeBlock> arrays = new LinkedHashMap<>();
        needs.scratch().forEach(each -> arrays.put(each.name(), newArray(each.extents())));
        return arrays;
    }

    private CodeBlock newArray(List<Expression> extents) {
        List<CodeBlock> printed =
                extents.stream().map(emission.words().printer()::print).toList();
        return CodeBlock.of("new $T[$L]", Argument.element(network.precision()), CodeBlock.join(printed, "]["));
    }

    private MethodSpec constructor(Set<Buffer> workspace, Needs needs) {
        CodeBlock.Builder code = CodeBlock.builder()
                .addStatement("this.parameters = parameters")
                .addStatement("this.capacity = capacity");
        if (unitMajor()) {
            code.addStatement(
                    "this.paddedSamples = Math.multiplyExact(capacity / LANES + (capacity % LANES == 0 ? 0 : 1), LANES)");
        }
        workspaceArrays(workspace).forEach((name, array) -> code.addStatement("this.$L = $L", name, array));
        scratchArrays(needs).forEach((name, array) -> code.addStatement("this.$L = $L", name, array));
        if (emission.threaded()) {
            ClassName type = ClassName.get(network.packageName(), className(network, target));
            code.addStatement("this.workers = new $T($S, THREADS)", PhaseEmitter.WORKERS, network.name());
            code.addStatement("this.scratch = new $T[THREADS]", type).addStatement("scratch[0] = this");
            code.beginControlFlow("for (int part = 1; part < THREADS; part++)");
            code.addStatement("scratch[part] = new $T(this)", type).endControlFlow();
        }
        return MethodSpec.constructorBuilder()
                .addParameter(array(), "parameters")
                .addParameter(TypeName.INT, "capacity")
                .addCode(code.build())
                .build();
    }

    /** The instance of another thread. */
    private MethodSpec scratchConstructor(Set<Buffer> workspace, Needs needs) {
        List<String> shared = new ArrayList<>(List.of("parameters", "capacity"));
        if (unitMajor()) {
            shared.add("paddedSamples");
        }
        shared.addAll(workspaceArrays(workspace).keySet());
        CodeBlock.Builder code = CodeBlock.builder();
        shared.forEach(name -> code.addStatement("this.$L = owner.$L", name, name));
        scratchArrays(needs).forEach((name, array) -> code.addStatement("this.$L = $L", name, array));
        code.addStatement("this.workers = owner.workers").addStatement("this.scratch = owner.scratch");
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(ClassName.get(network.packageName(), className(network, target)), "owner")
                .addCode(code.build())
                .build();
    }

    private void accessors(TypeSpec.Builder type, List<Kernel> called) {
        type.addMethod(Members.override("parameters", array())
                .addStatement("return parameters")
                .build());
        type.addMethod(Members.override("capacity", TypeName.INT)
                .addStatement("return capacity")
                .build());
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
