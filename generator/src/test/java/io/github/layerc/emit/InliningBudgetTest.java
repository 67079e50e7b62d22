package io.github.layerc.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Needs;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Registers;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.emit.nest.Statement;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.pass.Pass;
import io.github.layerc.pass.Passes;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Lowering;
import io.github.layerc.program.Program;
import io.github.layerc.schedule.Heuristic;
import io.github.layerc.schedule.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls of the Vector API in a method, on machines that no test runs on, too; what C2 makes of them on this one is for HotMethodsTest. */
@Tag("long")
class InliningBudgetTest {
    /** Of the 18,000 nodes up to which C2 inlines; a method in a program has a tenth more than it counts here. */
    private static final int MOST = 16_363;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12288,20,7,5,1",
                "784,128,64,10",
                "784,100,10",
                "16,32,32,1",
                "64,8,8,1",
                "20,112,40,3",
                "12,48,96,4",
                "30,100,50,1",
                "5000,6,1",
                "9,512,512,2",
                "2,3,1"
            })
    void everyMethodKeepsWithinIt(String dims) {
        int[] sizes =
                Arrays.stream(dims.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        for (Precision precision : Precision.values()) {
            for (Activation hidden : List.of(Activation.RELU, Activation.TANH)) {
                Network network = network(precision, hidden, sizes);
                for (Machine machine : List.of(Machine.GENERIC, Machine.AVX2, Machine.AVX512, Machine.NEON)) {
                    for (Method method : methods(network, machine)) {
                        for (int lanes : new int[] {2, 4, 8, 16}) {
                            assertThat(InliningBudget.nodes(forLanes(method.code(), lanes)))
                                    .as("%s on %s, %d lanes: %s", precision, machine.name(), lanes, method.name())
                                    .isLessThanOrEqualTo(MOST);
                        }
                    }
                }
            }
        }
    }

    @Test
    void countsTheWayForTheLanesAlone() {
        Name a = Expression.name("a");
        Name b = Expression.name("b");
        Body body = new Body();
        body.assign(a, Registers.negate(a));
        body.when(lanesAre(4)).assign(a, Registers.add(a, b)).leave();
        body.assign(a, Registers.divide(a, b));
        body.when(lanesAre(8)).assign(a, Registers.add(Registers.add(a, b), b)).leave();
        body.assign(a, Registers.multiply(a, b));
        List<Statement> code = body.build();
        assertThat(InliningBudget.nodes(forLanes(code, 4))).isEqualTo(335 + 400);
        assertThat(InliningBudget.nodes(forLanes(code, 8))).isEqualTo(335 + 410 + 2 * 400);
        assertThat(InliningBudget.nodes(forLanes(code, 16))).isEqualTo(335 + 410 + 400);
    }

    private static Expression lanesAre(int lanes) {
        return Expression.compare(Names.LANES, Sign.EQUAL, Expression.number(lanes));
    }

    /** Without the ways for other vectors, which end the method: {@code LANES} is a constant to the JIT. */
    private static List<Statement> forLanes(List<Statement> code, int lanes) {
        List<Statement> kept = new ArrayList<>();
        for (Statement statement : code) {
            if (statement instanceof Statement.If way && way.condition().equals(lanesAre(lanes))) {
                kept.addAll(way.then());
                return kept;
            }
            if (!(statement instanceof Statement.If way && isWay(way))) {
                kept.add(statement);
            }
        }
        return kept;
    }

    private static boolean isWay(Statement.If condition) {
        return IntStream.of(2, 4, 8, 16).anyMatch(lanes -> condition.condition().equals(lanesAre(lanes)));
    }

    private static Network network(Precision precision, Activation hidden, int... sizes) {
        Network.Builder builder = Network.builder("", "Net")
                .input(Input.flat(sizes[0]))
                .training(TrainingSettings.DEFAULT.withForm(Form.GRAM))
                .precision(precision);
        for (int i = 1; i < sizes.length - 1; i++) {
            builder.layer(sizes[i], hidden);
        }
        int outputs = sizes[sizes.length - 1];
        return outputs == 1
                ? builder.layer(1, Activation.SIGMOID).build()
                : builder.layer(outputs, Activation.SOFTMAX)
                        .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                        .build();
    }

    private static List<Method> methods(Network network, Machine machine) {
        List<Program> lowered = Arrays.stream(Entry.values())
                .map(entry -> Lowering.lower(network, entry))
                .toList();
        List<Pass> passes = Passes.all(network, lowered);
        List<Passes.Result> programs =
                lowered.stream().map(program -> Passes.run(program, passes)).toList();
        Heuristic heuristic = new Heuristic(Target.VECTOR, network.precision(), machine);
        TargetClass emitted = new TargetClassEmitter(network, Target.VECTOR, heuristic, programs).emit();
        return Needs.methods(emitted.kernels()).stream()
                .filter(method -> method.words().vector())
                .toList();
    }
}
