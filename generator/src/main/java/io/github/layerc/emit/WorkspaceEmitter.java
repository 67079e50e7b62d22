package io.github.layerc.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Needs;
import io.github.layerc.emit.code.Scratch;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.network.Network;
import io.github.layerc.pass.Passes;
import io.github.layerc.program.Entry;
import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Buffer.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** The arrays of a class for one target, and the constructors that make them. */
final class WorkspaceEmitter {
    /** Arrays that a constructor makes by itself: a method has at most 64 KB of bytecode, an array takes some 11 bytes of it. */
    private static final int MOST_ARRAYS = 4000;

    /** Arrays of a method that a constructor calls instead. */
    private static final int ARRAYS_OF_METHOD = 400;

    private final Emission emission;
    private final Network network;
    private final Needs needs;
    private final ClassName type;
    private final Set<Buffer> workspace;

    /** Whether the step keeps gradients, since a pass that makes them superfluous was left out. */
    private final boolean keepsGradients;

    /** @param programs of all entry points */
    WorkspaceEmitter(Emission emission, List<Passes.Result> programs, Needs needs, String className) {
        this.emission = emission;
        this.network = emission.network();
        this.needs = needs;
        this.type = ClassName.get(network.packageName(), className);
        this.workspace = new LinkedHashSet<>();
        // in the order of first use
        programs.forEach(result -> result.program().buffers().stream()
                .filter(buffer -> buffer.role().workspace())
                .forEach(workspace::add));
        this.keepsGradients = programs.stream()
                .map(Passes.Result::program)
                .filter(program -> program.entry() == Entry.STEP)
                .flatMap(program -> program.buffers().stream())
                .anyMatch(buffer -> buffer.role().gradient());
    }

    /** @param parameters what the array of parameters holds */
    void addTo(TypeSpec.Builder to, String parameters) {
        fields(to, parameters);
        Map<String, CodeBlock> made = workspaceArrays();
        constructor(to, made);
        if (emission.threaded()) {
            scratchConstructor(to, made);
        }
    }

    private TypeName array() {
        return ArrayTypeName.of(Argument.element(network.precision()));
    }

    private void fields(TypeSpec.Builder to, String parameters) {
        to.addField(field(array(), "parameters", parameters));
        to.addField(field(TypeName.INT, "capacity", "Samples that the workspace holds."));
        if (emission.unitMajor()) {
            to.addField(field(
                    TypeName.INT,
                    "paddedSamples",
                    "{@code capacity}, rounded up to whole vectors; what lies behind the samples of a call is left"
                            + " from earlier ones and read by no result."));
        }
        for (Buffer buffer : workspace) {
            FieldSpec.Builder field = FieldSpec.builder(array(), buffer.name(), Modifier.PRIVATE);
            to.addField((split() ? field : field.addModifiers(Modifier.FINAL))
                    .addJavadoc("$L\n", description(buffer))
                    .build());
        }
        if (keepsGradients) {
            to.addField(field(array(), "gradients", "Gradients of a step, laid out as the parameters."));
        }
        for (Scratch each : needs.scratch()) {
            to.addField(field(emission.words().printer().type(each.type()), each.name(), each.documentation()));
        }
    }

    /** Whether the arrays are more than one method can make, and so no final fields. */
    private boolean split() {
        return workspace.size() > MOST_ARRAYS;
    }

    private String description(Buffer buffer) {
        if (buffer.role().statistic()) {
            String what = buffer.role() == Role.M ? "Means" : "Variances";
            String one = buffer.perSample() ? "sample of the last call" : "unit in the last step";
            return what + " of each " + one + ", of layer " + buffer.layer() + ".";
        }
        String noun = switch (buffer.role()) {
            case Z -> "Pre-activations";
            case A -> "Activations";
            case DZ -> "Deltas";
            case K -> "Activations before some were left out";
            case N -> "Pre-activations to be normalised, and in their place what they become,";
            case DN -> "Deltas of pre-activations that are normalised,";
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
    private Map<String, CodeBlock> workspaceArrays() {
        Map<String, CodeBlock> arrays = new LinkedHashMap<>();
        for (Buffer buffer : workspace) {
            arrays.put(buffer.name(), newArray(List.of(length(buffer))));
        }
        if (keepsGradients) {
            arrays.put("gradients", newArray(List.of(Expression.name("parameters.length"))));
        }
        return arrays;
    }

    private Expression length(Buffer buffer) {
        int layer = buffer.layer();
        if (buffer.role().statistic()) {
            return buffer.perSample() ? Expression.name("capacity") : Names.units(layer);
        }
        Expression rows = emission.narrow(layer) ? Names.units(layer) : emission.width(layer);
        return Expression.math("multiplyExact", emission.samples(), rows);
    }

    private CodeBlock newArray(List<Expression> extents) {
        List<CodeBlock> printed =
                extents.stream().map(emission.words().printer()::print).toList();
        return CodeBlock.of("new $T[$L]", Argument.element(network.precision()), CodeBlock.join(printed, "]["));
    }

    private void constructor(TypeSpec.Builder to, Map<String, CodeBlock> made) {
        CodeBlock.Builder code = CodeBlock.builder()
                .addStatement("this.parameters = parameters")
                .addStatement("this.capacity = capacity");
        if (emission.unitMajor()) {
            code.addStatement(
                    "this.paddedSamples = Math.multiplyExact(capacity / LANES + (capacity % LANES == 0 ? 0 : 1), LANES)");
        }
        List<MethodSpec> parts = assign(code, made, "makeWorkspace", "", List.of());
        ownArrays(code);
        if (emission.threaded()) {
            code.addStatement("this.workers = new $T($S, THREADS)", PhaseEmitter.WORKERS, network.name());
            code.addStatement("this.scratch = new $T[THREADS]", type).addStatement("scratch[0] = this");
            code.beginControlFlow("for (int part = 1; part < THREADS; part++)");
            code.addStatement("scratch[part] = new $T(this)", type).endControlFlow();
        }
        to.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(emission.standsAlone() ? List.of(Modifier.PRIVATE) : List.of())
                .addParameter(array(), "parameters")
                .addParameter(TypeName.INT, "capacity")
                .addCode(code.build())
                .build());
        parts.forEach(to::addMethod);
    }

    /** The instance of another thread. */
    private void scratchConstructor(TypeSpec.Builder to, Map<String, CodeBlock> made) {
        List<String> shared = new ArrayList<>(List.of("parameters", "capacity"));
        if (emission.unitMajor()) {
            shared.add("paddedSamples");
        }
        CodeBlock.Builder code = CodeBlock.builder();
        shared.forEach(name -> code.addStatement("this.$L = owner.$L", name, name));
        Map<String, CodeBlock> owned = new LinkedHashMap<>();
        made.keySet().forEach(name -> owned.put(name, CodeBlock.of("owner.$L", name)));
        ParameterSpec owner = ParameterSpec.builder(type, "owner").build();
        List<MethodSpec> parts = assign(code, owned, "shareWorkspace", "owner", List.of(owner));
        ownArrays(code);
        code.addStatement("this.workers = owner.workers").addStatement("this.scratch = owner.scratch");
        to.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(owner)
                .addCode(code.build())
                .build());
        parts.forEach(to::addMethod);
    }

    /** The arrays of one thread. */
    private void ownArrays(CodeBlock.Builder code) {
        needs.scratch().forEach(each -> code.addStatement("this.$L = $L", each.name(), newArray(each.extents())));
    }

    /**
     * Gives the fields of the workspace their values; returns the methods that do it where they are too many for one.
     *
     * @param name of those methods, a number behind it
     * @param passed to those methods, as their parameters say
     */
    private List<MethodSpec> assign(
            CodeBlock.Builder code,
            Map<String, CodeBlock> values,
            String name,
            String passed,
            List<ParameterSpec> parameters) {
        if (!split()) {
            values.forEach((field, value) -> code.addStatement("this.$L = $L", field, value));
            return List.of();
        }
        List<MethodSpec> methods = new ArrayList<>();
        List<String> fields = List.copyOf(values.keySet());
        for (int from = 0; from < fields.size(); from += ARRAYS_OF_METHOD) {
            String method = name + (methods.size() + 1);
            code.addStatement("$L($L)", method, passed);
            CodeBlock.Builder some = CodeBlock.builder();
            fields.subList(from, Math.min(from + ARRAYS_OF_METHOD, fields.size()))
                    .forEach(field -> some.addStatement("this.$L = $L", field, values.get(field)));
            methods.add(MethodSpec.methodBuilder(method)
                    .addModifiers(Modifier.PRIVATE)
                    .addParameters(parameters)
                    .addCode(some.build())
                    .build());
        }
        return methods;
    }
}
