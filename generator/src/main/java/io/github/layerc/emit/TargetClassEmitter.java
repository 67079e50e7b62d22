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
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Members;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Scratch;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
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
import java.util.Set;
import javax.lang.model.element.Modifier;

/** The class behind the public one for one target: constants, workspace, entry points, kernels. */
public final class TargetClassEmitter {
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
        this.emission = new Emission(network, target, scheduler.storage(network));
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

    public TypeSpec emit() {
        List<MethodSpec> entries = new ArrayList<>();
        EntryEmitter entryEmitter = new EntryEmitter(emission, kernels, scheduler.samplesInBlock(network));
        PhaseEmitter phases = new PhaseEmitter(emission, kernels, entryEmitter, className(network, target));
        for (Passes.Result result : programs) {
            Program program = result.program();
            entries.addAll(
                    emission.threaded() && !program.entry().gram() ? phases.emit(program) : entryEmitter.emit(program));
        }
        Set<Buffer> workspace = workspace();
        TypeSpec.Builder type = TypeSpec.classBuilder(className(network, target))
                .addModifiers(Modifier.FINAL)
                .addAnnotation(Members.generated())
                .addSuperinterface(ClassName.get("io.github.layerc.engine", typed("Kernels")))
                .addJavadoc(documentation());
        constants(type);
        fields(type, workspace);
        type.addMethod(constructor(workspace));
        if (emission.threaded()) {
            type.addMethod(scratchConstructor(workspace));
            phases.addTo(type, network.threads());
        }
        accessors(type);
        parameters.methods().forEach(type::addMethod);
        entries.forEach(type::addMethod);
        if (gramForm) {
            type.addMethod(Members.override("hasGramForm", TypeName.BOOLEAN)
                    .addStatement("return true")
                    .build());
        }
        kernels.methods().forEach(type::addMethod);
        if (emission.scratch().sumsOfLanes()) {
            type.addMethod(sumOfLanes());
        }
        return type.build();
    }

    /** The kernels of the class, once it was emitted. */
    public List<KernelSummary> summaries() {
        List<KernelSummary> summaries = new ArrayList<>();
        kernels.all().forEach(kernel -> summaries.add(KernelSummary.of(kernel)));
        return summaries;
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
                "Kernels of network {@code $L} in $L. $L\n\n$L\n<p>Gradients are added {@code into} an array with a {@code factor}: to gradients with the weight of a sample; to the\nparameters themselves with minus the learning rate, which is the update of gradient descent.\n\n<p>An instance owns its workspace and is confined to one thread, its own workers aside. No method of a step or a prediction allocates.\n",
                network.name(),
                how,
                scheduler.origin(),
                new NetworkTable(network, step.applied()).text());
    }

    private void constants(TypeSpec.Builder type) {
        if (target == Target.VECTOR) {
            ClassName vector =
                    ClassName.get("jdk.incubator.vector", emission.words().vectorClass());
            TypeName species = ParameterizedTypeName.get(
                    ClassName.get("jdk.incubator.vector", "VectorSpecies"),
                    Argument.element(network.precision()).box());
            type.addField(Members.constant(species, "SPECIES", CodeBlock.of("$T.SPECIES_PREFERRED", vector)));
            type.addField(Members.constant(TypeName.INT, "LANES", CodeBlock.of("SPECIES.length()")));
        }
        emission.scratch().constants().forEach(type::addField);
        type.addField(Members.constant(TypeName.INT, "INPUTS", Members.number(network.inputs())));
        for (Layer layer : network.layers()) {
            type.addField(Members.constant(TypeName.INT, Names.units(layer.number()), Members.number(layer.units())));
        }
        emission.scratch().tails().forEach(type::addField);
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

    private void fields(TypeSpec.Builder type, Set<Buffer> workspace) {
        type.addField(field(array(), "parameters", parameters.description()));
        type.addField(FieldSpec.builder(TypeName.INT, "capacity", Modifier.PRIVATE, Modifier.FINAL)
                .build());
        if (unitMajor()) {
            type.addField(
                    field(
                            TypeName.INT,
                            "paddedSamples",
                            "{@code capacity}, rounded up to whole vectors; what lies behind the samples of a call is left from earlier ones and read by no result."));
        }
        for (Buffer buffer : workspace) {
            type.addField(field(array(), buffer.name(), description(buffer)));
        }
        if (keepsGradients()) {
            type.addField(field(array(), "gradients", "Gradients of a step, laid out as the parameters."));
        }
        for (Scratch.Array each : emission.scratch().arrays()) {
            type.addField(field(emission.scratch().type(each), each.name(), each.description()));
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
            case DA -> "Gradients of the activations";
            default -> throw new AssertionError("not of the workspace: " + buffer);
        };
        String shape = emission.rowsOfSamples(buffer.layer())
                ? "[" + buffer.columns() + "][" + emission.samplesName() + "]"
                : "[capacity][" + (emission.padded() ? emission.widthName(buffer.layer()) : buffer.columns()) + "]";
        return noun + " of layer " + buffer.layer() + ": {@code " + shape + "}.";
    }

    private static FieldSpec field(TypeName type, String name, String javadoc) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("$L\n", javadoc)
                .build();
    }

    /** The arrays that all threads work on, then those of one thread: field names and what makes them. */
    private Map<String, String> workspaceArrays(Set<Buffer> workspace) {
        Map<String, String> arrays = new LinkedHashMap<>();
        String element = emission.words().type();
        for (Buffer buffer : workspace) {
            arrays.put(
                    buffer.name(),
                    "new " + element + "[Math.multiplyExact(" + emission.samplesName() + ", "
                            + (emission.narrow(buffer.layer())
                                    ? Names.units(buffer.layer())
                                    : emission.widthName(buffer.layer()))
                            + ")]");
        }
        if (keepsGradients()) {
            arrays.put("gradients", "new " + element + "[parameters.length]");
        }
        return arrays;
    }

    private Map<String, String> scratchArrays() {
        Map<String, String> arrays = new LinkedHashMap<>();
        for (Scratch.Array each : emission.scratch().arrays()) {
            String extents = String.join("][", each.extents());
            arrays.put(each.name(), "new " + emission.words().type() + "[" + extents + "]");
        }
        return arrays;
    }

    private MethodSpec constructor(Set<Buffer> workspace) {
        Lines lines = new Lines();
        lines.line("this.parameters = parameters").line("this.capacity = capacity");
        if (unitMajor()) {
            lines.line(
                    "this.paddedSamples = Math.multiplyExact(capacity / LANES + (capacity % LANES == 0 ? 0 : 1), LANES)");
        }
        workspaceArrays(workspace).forEach((name, array) -> lines.line("this." + name + " = " + array));
        scratchArrays().forEach((name, array) -> lines.line("this." + name + " = " + array));
        if (emission.threaded()) {
            ClassName type = ClassName.get(network.packageName(), className(network, target));
            lines.line(CodeBlock.of("this.workers = new $T($S, THREADS)", PhaseEmitter.WORKERS, network.name()));
            lines.line(CodeBlock.of("this.scratch = new $T[THREADS]", type)).line("scratch[0] = this");
            lines.begin("for (int part = 1; part < THREADS; part++)");
            lines.line(CodeBlock.of("scratch[part] = new $T(this)", type)).end();
        }
        return MethodSpec.constructorBuilder()
                .addParameter(array(), "parameters")
                .addParameter(TypeName.INT, "capacity")
                .addCode(lines.build())
                .build();
    }

    /** The instance of another thread. */
    private MethodSpec scratchConstructor(Set<Buffer> workspace) {
        Lines lines = new Lines();
        lines.line("this.parameters = owner.parameters").line("this.capacity = owner.capacity");
        if (unitMajor()) {
            lines.line("this.paddedSamples = owner.paddedSamples");
        }
        workspaceArrays(workspace).keySet().forEach(name -> lines.line("this." + name + " = owner." + name));
        scratchArrays().forEach((name, array) -> lines.line("this." + name + " = " + array));
        lines.line("this.workers = owner.workers").line("this.scratch = owner.scratch");
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(ClassName.get(network.packageName(), className(network, target)), "owner")
                .addCode(lines.build())
                .build();
    }

    private void accessors(TypeSpec.Builder type) {
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
                .addCode(scheduleText())
                .build());
    }

    /** The schedules of the layer with the most weights: the others hardly count. */
    private CodeBlock scheduleText() {
        Layer largest = network.layers().stream()
                .max(Comparator.comparingInt(Layer::weightCount))
                .orElseThrow();
        List<String> texts = new ArrayList<>();
        for (Kernel kernel : kernels.all()) {
            if (kernel.op().layer() == largest.number() && !kernel.schedule().isEmpty()) {
                texts.add(kernel.method() + ": " + kernel.schedule());
            }
        }
        CodeBlock.Builder code = CodeBlock.builder().add("return ");
        for (int i = 0; i < texts.size(); i++) {
            code.add(i == 0 ? "$S" : "\n        + $S", texts.get(i) + (i + 1 < texts.size() ? "; " : ""));
        }
        return code.add(";\n").build();
    }

    private MethodSpec sumOfLanes() {
        String element = emission.words().type();
        Lines lines = new Lines();
        // registers of 128 bits have four floats, or two doubles
        int chains = network.precision() == Precision.FLOAT ? 4 : 2;
        for (int c = 0; c < chains; c++) {
            lines.line(element + " sum" + c + " = 0");
        }
        lines.begin("for (int l = at; l < at + LANES; l += " + chains + ")");
        for (int c = 0; c < chains; c++) {
            lines.line("sum" + c + " += vectors[" + Operand.sum("l", String.valueOf(c)) + "]");
        }
        lines.end();
        lines.line(chains == 4 ? "return (sum0 + sum2) + (sum1 + sum3)" : "return sum0 + sum1");
        return MethodSpec.methodBuilder("sumOfLanes")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(Argument.element(network.precision()))
                .addParameter(array(), "vectors")
                .addParameter(TypeName.INT, "at")
                .addJavadoc(
                        "The sum of the vector that starts at {@code at}, in an order of its own: {@code reduceLanes} gives other bits before and after"
                                + " compilation, and training would not be repeatable.\n")
                .addCode(lines.build())
                .build();
    }
}
