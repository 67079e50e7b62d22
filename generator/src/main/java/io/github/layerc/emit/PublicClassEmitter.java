package io.github.layerc.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.data.Dataset;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Members;
import io.github.layerc.emit.table.RowEmitter;
import io.github.layerc.emit.table.RuntimeCalls;
import io.github.layerc.engine.Contract;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.engine.VectorSupport;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.pass.Passes;
import io.github.layerc.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** The class that users write against: no vector type in it, everything handed to an instance over the kernels of a target. */
public final class PublicClassEmitter {
    /** What the names of instances begin with; the keyword of the target follows. */
    private static final String GENERATED = "generated-";

    private final Network network;
    private final List<Passes.Applied> passes;

    /** Of a network with named columns. */
    private final Optional<RowEmitter> rows;

    /**
     * @param table the columns that the network reads and predicts, empty where they have no names
     * @param passes what was applied to the training step
     */
    public PublicClassEmitter(Network network, Optional<Table> table, List<Passes.Applied> passes) {
        this.network = network;
        this.passes = passes;
        this.rows = table.map(some ->
                new RowEmitter(network, some, reserved(), new RuntimeCalls(Argument.element(network.precision()))));
    }

    /** Simple names of classes that are called by them alone. */
    private Set<String> reserved() {
        return Set.of(
                choiceName(),
                TargetClassEmitter.className(network, Target.VECTOR),
                TargetClassEmitter.className(network, Target.SCALAR));
    }

    /** Whether the network has named columns, and a row more of them than a constructor can have arguments. */
    public boolean isTooWide() {
        return rows.filter(RowEmitter::isTooWide).isPresent();
    }

    public TypeSpec emit() {
        ClassName self = ClassName.get(network.packageName(), network.name());
        NetworkEmitter description = new NetworkEmitter(network);
        TypeSpec.Builder type = TypeSpec.classBuilder(self)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addAnnotation(Members.generated())
                .addSuperinterface(runtime("Engine"))
                .addJavadoc(documentation())
                .addField(FieldSpec.builder(Network.class, "NETWORK", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                        .addJavadoc("The network that this class was compiled from.\n")
                        .initializer(description.initializer())
                        .build())
                .addField(runtime("Instance"), "instance", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(runtime("Instance"), "instance")
                        .addStatement("this.instance = instance")
                        .addCode(rows.map(some -> CodeBlock.of("$L;\n", some.initializer()))
                                .orElse(CodeBlock.of("")))
                        .build());
        rows.ifPresent(some -> {
            some.addTo(type);
            type.addMethod(some.one(newInstance("1", "name()", "target()")));
        });
        description.methods().forEach(type::addMethod);
        creators(type, self);
        delegates(type);
        type.addType(choice());
        return type.build();
    }

    private ClassName runtime(String suffix) {
        String prefix = network.precision() == Precision.FLOAT ? "Float" : "Double";
        return ClassName.get("io.github.layerc.engine", prefix + suffix);
    }

    private TypeName array() {
        return ArrayTypeName.of(Argument.element(network.precision()));
    }

    private CodeBlock documentation() {
        return rows.map(this::documentation).orElseGet(this::documentationOfArrays);
    }

    private CodeBlock documentation(RowEmitter some) {
        return CodeBlock.of(
                """
                Network {@code $L}, compiled for training and prediction.

                $L
                <pre>{@code
                try ($L net = $L.create(1)) {
                    net.load(Path.of("model.h5"));
                    $L.$L row = new $L.$L(...);
                    $L
                }
                }</pre>

                <p>Rows have the values of the columns as they are. Everything else - flat arrays, data sets, trainings - takes inputs of the network, as {@link
                Fitted#features} makes them of a row.

                <p>An instance owns its parameters and workspace, and belongs to the thread that uses it.
                """,
                network.name(),
                new NetworkTable(network, passes).text(),
                network.name(),
                network.name(),
                network.name(),
                some.row(),
                network.name(),
                some.row(),
                some.example());
    }

    private CodeBlock documentationOfArrays() {
        String name = network.name();
        String array = network.precision().keyword() + "[]";
        String create = "try (" + name + " net = " + name + ".create(256)) {";
        String initialize = "net.initialize();";
        return CodeBlock.of(
                """
                Network {@code $L}, compiled for training and prediction.

                $L
                <pre>{@code
                $L // workspace for 256 samples at a time
                $L // or net.load(Path.of("model.h5"))
                    try (Training training = net.train(data)) {
                        double cost = training.step($L);
                    }
                    $L outputs = net.predict(samples, count);
                }
                }</pre>

                <p>An instance owns its parameters and workspace, and belongs to the thread that uses it.
                """,
                name,
                new NetworkTable(network, passes).text(),
                create,
                " ".repeat(4) + initialize + " ".repeat(Math.max(0, create.length() - initialize.length() - 4)),
                network.training().learningRate(),
                array);
    }

    private void creators(TypeSpec.Builder type, ClassName self) {
        type.addMethod(MethodSpec.methodBuilder("create")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(self)
                .addParameter(TypeName.INT, "batch")
                .addJavadoc(
                        "An instance for the target that suits this JVM, still without parameters.\n\n@param batch number of samples that the"
                                + " workspace holds, at least 1\n")
                .addStatement("return create(batch, $L.TARGET)", choiceName())
                .build());
        type.addMethod(MethodSpec.methodBuilder("create")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(self)
                .addParameter(TypeName.INT, "batch")
                .addParameter(Target.class, "target")
                .addJavadoc(
                        "An instance for a target by name, still without parameters.\n\n@param batch number of samples that the workspace holds, at"
                                + " least 1\n@throws IllegalStateException if this JVM does not run that target well\n")
                // before anything of the class for the target is touched: its constants may need the module of the
                // Vector API
                .addStatement("$T.require(NETWORK.name(), $L)", Contract.class, Contract.version())
                .addStatement("$T.require(NETWORK.name(), target)", VectorSupport.class)
                .addCode(newKernels("batch", "target"))
                .addStatement(
                        "return new $T(new $T(NETWORK, $S + target.keyword(), kernels))",
                        self,
                        runtime("Instance"),
                        GENERATED)
                .build());
        type.addMethod(MethodSpec.methodBuilder("kernels")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(runtime("Kernels"))
                .addParameter(array(), "parameters")
                .addParameter(TypeName.INT, "batch")
                .addParameter(Target.class, "target")
                .addStatement("NETWORK.requireBatch(batch)")
                .addStatement(
                        "return target == $T.VECTOR ? new $L(parameters, batch) : new $L(parameters, batch)",
                        Target.class,
                        TargetClassEmitter.className(network, Target.VECTOR),
                        TargetClassEmitter.className(network, Target.SCALAR))
                .build());
        type.addMethod(MethodSpec.methodBuilder("share")
                .addModifiers(Modifier.PUBLIC)
                .returns(self)
                .addParameter(TypeName.INT, "batch")
                .addJavadoc(
                        "An instance with a workspace of its own over the parameters of this one, for another thread that predicts: neither may"
                                + " change them while the other one runs.\n\n@throws IllegalStateException if this instance has no parameters yet\n")
                .addCode(share(self))
                .build());
        type.addMethod(MethodSpec.methodBuilder("target")
                .addModifiers(Modifier.PUBLIC)
                .returns(Target.class)
                .addJavadoc("What the kernels of this instance were generated for.\n")
                .addStatement(
                        "return name().equals($S) ? $T.VECTOR : $T.SCALAR",
                        GENERATED + Target.VECTOR.keyword(),
                        Target.class,
                        Target.class)
                .build());
    }

    private CodeBlock share(ClassName self) {
        String instance = "instance.share(parameters -> kernels(parameters, batch, target()))";
        return rows.isEmpty()
                ? CodeBlock.builder()
                        .addStatement("return new $T($L)", self, instance)
                        .build()
                : CodeBlock.builder()
                        .addStatement("$1T shared = new $1T($2L)", self, instance)
                        .addStatement("rows.shareWith(shared.rows)")
                        .addStatement("return shared")
                        .build();
    }

    /** Kernels with parameters of their own. */
    private CodeBlock newKernels(String batch, String target) {
        return CodeBlock.builder()
                .addStatement(
                        "int parameters = $L == $T.VECTOR ? $L.PARAMETERS : $L.PARAMETERS",
                        target,
                        Target.class,
                        TargetClassEmitter.className(network, Target.VECTOR),
                        TargetClassEmitter.className(network, Target.SCALAR))
                .addStatement(
                        "$T kernels = kernels(new $T[parameters], $L, $L)",
                        runtime("Kernels"),
                        Argument.element(network.precision()),
                        batch,
                        target)
                .build();
    }

    private CodeBlock newInstance(String batch, String name, String target) {
        return CodeBlock.builder()
                .add(newKernels(batch, target))
                .addStatement("return new $T(NETWORK, $L, kernels)", runtime("Instance"), name)
                .build();
    }

    private void delegates(TypeSpec.Builder type) {
        ParameterSpec samples = ParameterSpec.builder(array(), "samples").build();
        ParameterSpec targets = ParameterSpec.builder(array(), "targets").build();
        ParameterSpec count = ParameterSpec.builder(TypeName.INT, "count").build();
        ParameterSpec out = ParameterSpec.builder(array(), "out").build();
        delegate(type, "network", TypeName.get(Network.class));
        delegate(type, "name", TypeName.get(String.class));
        delegate(type, "schedule", TypeName.get(String.class));
        delegate(type, "threads", TypeName.INT);
        delegate(type, "batch", TypeName.INT);
        delegate(type, "initialize", TypeName.VOID);
        delegate(type, "parameters", array());
        delegate(
                type,
                "setParameters",
                TypeName.VOID,
                ParameterSpec.builder(array(), "parameters").build());
        delegate(type, "parametersAsDouble", ArrayTypeName.of(TypeName.DOUBLE));
        delegate(
                type,
                "setParametersFromDouble",
                TypeName.VOID,
                ParameterSpec.builder(ArrayTypeName.of(TypeName.DOUBLE), "parameters")
                        .build());
        delegate(type, "predict", TypeName.VOID, samples, count, out);
        delegate(
                type,
                "predict",
                ArrayTypeName.of(TypeName.DOUBLE),
                ParameterSpec.builder(Dataset.class, "data").build());
        delegate(type, "cost", TypeName.DOUBLE, samples, targets, count);
        delegate(type, "gradients", TypeName.DOUBLE, samples, targets, count, out);
        delegate(
                type,
                "train",
                TypeName.get(Training.class),
                ParameterSpec.builder(Dataset.class, "data").build(),
                ParameterSpec.builder(TrainingSettings.class, "settings").build());
        if (rows.isPresent()) {
            type.addMethod(Members.override("close", TypeName.VOID)
                    .addStatement("instance.close()")
                    .addStatement("rows.close()")
                    .build());
        } else {
            delegate(type, "close", TypeName.VOID);
        }
    }

    private static void delegate(TypeSpec.Builder type, String name, TypeName returns, ParameterSpec... parameters) {
        List<String> names = new ArrayList<>();
        for (ParameterSpec parameter : parameters) {
            names.add(parameter.name());
        }
        type.addMethod(MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returns)
                .addParameters(List.of(parameters))
                .addStatement(
                        "$Linstance.$L($L)",
                        returns.equals(TypeName.VOID) ? "" : "return ",
                        name,
                        String.join(", ", names))
                .build());
    }

    /** The network's own name in it, so that it cannot be the name of the class around it. */
    private String choiceName() {
        return network.name() + "Choice";
    }

    private TypeSpec choice() {
        return TypeSpec.classBuilder(choiceName())
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(
                        "Made when the first instance asks for it: a program that names its targets hears nothing of it.\n")
                .addField(FieldSpec.builder(Target.class, "TARGET", Modifier.STATIC, Modifier.FINAL)
                        .initializer("$T.choose(NETWORK.name())", VectorSupport.class)
                        .build())
                .build();
    }
}
