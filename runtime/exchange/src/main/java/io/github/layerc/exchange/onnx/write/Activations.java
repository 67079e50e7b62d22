package io.github.layerc.exchange.onnx.write;

import io.github.layerc.exchange.onnx.write.GraphWriter.Attribute;
import io.github.layerc.network.Activation;
import io.github.layerc.network.formula.Formula;
import io.github.layerc.network.kind.Kind;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Activations as nodes. Those that ONNX has are one node, those that everybody writes with two or three are written so; any other is written as its own formula, node by node.
 */
final class Activations {
    private static final Map<String, Words> KNOWN = Map.ofEntries(
            Map.entry("identity", (graph, z, name, f) -> z),
            Map.entry("relu", one("Relu")),
            Map.entry(
                    "leaky_relu",
                    (graph, z, name, f) -> graph.node("LeakyRelu", name, List.of(z), setting(f, "alpha"))),
            Map.entry("elu", (graph, z, name, f) -> graph.node("Elu", name, List.of(z), setting(f, "alpha"))),
            Map.entry("selu", one("Selu")),
            Map.entry("softplus", one("Softplus")),
            Map.entry("softsign", one("Softsign")),
            Map.entry("tanh", one("Tanh")),
            Map.entry("sigmoid", one("Sigmoid")),
            Map.entry(
                    "softmax",
                    (graph, z, name, f) -> graph.node("Softmax", name, List.of(z), Attribute.integer("axis", -1))),
            Map.entry(
                    "hard_sigmoid",
                    (graph, z, name, f) -> graph.node(
                            "HardSigmoid",
                            name,
                            List.of(z),
                            Attribute.real("alpha", 1 / 6.0),
                            Attribute.real("beta", 0.5))),
            Map.entry(
                    "hard_tanh",
                    (graph, z, name, f) -> graph.node(
                            "Clip",
                            name,
                            List.of(z, graph.constant(number(f, "min")), graph.constant(number(f, "max"))))),
            Map.entry(
                    "silu",
                    (graph, z, name, f) ->
                            product(graph, z, graph.node("Sigmoid", name + "/sigmoid", List.of(z)), name)),
            Map.entry("mish", Activations::mish),
            Map.entry("gelu", Activations::gelu));

    private Activations() {}

    /** How an activation is written. */
    private interface Words {
        /** @return the name of its values */
        String write(GraphWriter graph, String z, String name, Activation activation);
    }

    private static Words one(String operator) {
        return (graph, z, name, f) -> graph.node(operator, name, List.of(z));
    }

    private static double number(Kind<?> kind, String name) {
        return kind.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static Attribute setting(Kind<?> kind, String name) {
        return Attribute.real(name, number(kind, name));
    }

    /**
     * Adds {@code f(z)}.
     *
     * @param name of the values, and what the names of nodes start with
     * @return the name of the values, which is {@code z} where there is nothing to be done
     */
    static String write(GraphWriter graph, String z, String name, Activation activation) {
        return Optional.ofNullable(KNOWN.get(activation.keyword()))
                .orElse((to, from, as, f) -> new FormulaNodes(to, from, as).write(f.value()))
                .write(graph, z, name, activation);
    }

    private static String product(GraphWriter graph, String a, String b, String name) {
        return graph.node("Mul", name, List.of(a, b));
    }

    /** {@code z tanh(softplus(z))}. */
    private static String mish(GraphWriter graph, String z, String name, Activation mish) {
        String soft = graph.node("Softplus", name + "/softplus", List.of(z));
        return product(graph, z, graph.node("Tanh", name + "/tanh", List.of(soft)), name);
    }

    /** {@code z / 2 (1 + erf(z / sqrt(2)))}. */
    private static String gelu(GraphWriter graph, String z, String name, Activation gelu) {
        String scaled = graph.node("Div", name + "/scaled", List.of(z, graph.constant(Math.sqrt(2))));
        String erf = graph.node("Erf", name + "/erf", List.of(scaled));
        String share = graph.node("Add", name + "/share", List.of(erf, graph.constant(1)));
        String half = graph.node("Mul", name + "/half", List.of(z, graph.constant(0.5)));
        return product(graph, half, share, name);
    }

    /** A formula node by node; what is one object in the formula is one node. */
    private static final class FormulaNodes {
        private final GraphWriter graph;
        private final String z;
        private final String name;
        private final IdentityHashMap<Formula, String> written = new IdentityHashMap<>();
        private int nodes;

        FormulaNodes(GraphWriter graph, String z, String name) {
            this.graph = graph;
            this.z = z;
            this.name = name;
        }

        /** The whole formula under the name that it is to have. */
        String write(Formula formula) {
            return graph.node("Identity", name, List.of(value(formula)));
        }

        private String value(Formula formula) {
            String known = written.get(formula);
            if (known == null) {
                known = fresh(formula);
                written.put(formula, known);
            }
            return known;
        }

        private String fresh(Formula formula) {
            if (formula == Formula.Variable.Z) {
                return z;
            }
            if (formula instanceof Formula.Named named) {
                return value(named.of());
            }
            if (formula instanceof Formula.Constant constant) {
                return graph.constant(constant.value());
            }
            if (formula instanceof Formula.Unary unary) {
                return unary(unary.function(), value(unary.of()));
            }
            if (formula instanceof Formula.Binary binary) {
                String operator = switch (binary.operator()) {
                    case ADD -> "Add";
                    case SUBTRACT -> "Sub";
                    case MULTIPLY -> "Mul";
                    case DIVIDE -> "Div";
                    case MAX -> "Max";
                    case MIN -> "Min";
                };
                return node(operator, value(binary.left()), value(binary.right()));
            }
            if (formula instanceof Formula.Choice choice) {
                String isAtMost = node("LessOrEqual", value(choice.value()), value(choice.limit()));
                return node("Where", isAtMost, value(choice.atMost()), value(choice.above()));
            }
            throw new AssertionError("not a function of z: " + formula);
        }

        private String unary(Formula.Function function, String of) {
            return switch (function) {
                case NEGATIVE -> node("Neg", of);
                case ABSOLUTE -> node("Abs", of);
                case EXP -> node("Exp", of);
                case EXP_MINUS_ONE -> node("Sub", node("Exp", of), graph.constant(1));
                case LOG -> node("Log", of);
                case LOG_ONE_PLUS -> node("Log", node("Add", of, graph.constant(1)));
            };
        }

        private String node(String operator, String... inputs) {
            nodes++;
            return graph.node(operator, name + "/" + nodes, List.of(inputs));
        }
    }
}
