package io.github.layerc.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Epilogue.Store;
import io.github.layerc.program.Op;
import io.github.layerc.program.Op.ProductKind;
import io.github.layerc.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** An entry point: its program as a list of calls, the formula behind each. Split where there are too many for one method. */
final class EntryEmitter {
    private static final int MOST_CALLS = 200;

    private static final Map<Entry, List<Argument>> ARGUMENTS = Map.of(
            Entry.PREDICT,
            List.of(
                    Argument.X,
                    Argument.X_AT,
                    Argument.X_STRIDE,
                    Argument.COUNT,
                    Argument.INPUT_SCALE,
                    Argument.OUT,
                    Argument.OUT_AT),
            Entry.COST,
            List.of(
                    Argument.X,
                    Argument.X_AT,
                    Argument.X_STRIDE,
                    Argument.Y,
                    Argument.Y_AT,
                    Argument.COUNT,
                    Argument.INPUT_SCALE),
            Entry.GRADIENTS,
            List.of(
                    Argument.X,
                    Argument.X_AT,
                    Argument.X_STRIDE,
                    Argument.Y,
                    Argument.Y_AT,
                    Argument.COUNT,
                    Argument.INPUT_SCALE,
                    Argument.WEIGHT,
                    Argument.GRADIENTS),
            Entry.STEP,
            List.of(
                    Argument.X,
                    Argument.X_AT,
                    Argument.X_STRIDE,
                    Argument.Y,
                    Argument.Y_AT,
                    Argument.COUNT,
                    Argument.RATE),
            Entry.BOUND_STEP,
            List.of(
                    Argument.PANELS,
                    Argument.X,
                    Argument.X_AT,
                    Argument.X_STRIDE,
                    Argument.Y,
                    Argument.Y_AT,
                    Argument.COUNT,
                    Argument.RATE));

    private final Emission emission;
    private final Kernels kernels;

    EntryEmitter(Emission emission, Kernels kernels) {
        this.emission = emission;
        this.kernels = kernels;
    }

    /** The method of the entry point, and the parts that it was split into. */
    List<MethodSpec> emit(Program program) {
        Entry entry = program.entry();
        List<Argument> arguments = ARGUMENTS.get(entry);
        List<MethodSpec> methods = new ArrayList<>();
        Lines lines = new Lines();
        boolean scaled = (entry == Entry.STEP || entry == Entry.BOUND_STEP)
                && program.ops().stream()
                        .anyMatch(op -> kernels.of(op).arguments().contains(Argument.INPUT_SCALE));
        if (scaled) {
            lines.line(emission.words().type() + " inputScale = 1", "bound samples are scaled already");
            lines.blank();
        }
        List<Op> ops = program.ops();
        if (ops.size() <= MOST_CALLS) {
            calls(lines, ops);
        } else {
            List<Argument> partArguments = new ArrayList<>(arguments);
            if (scaled) {
                partArguments.add(Argument.INPUT_SCALE);
            }
            for (int from = 0; from < ops.size(); from += MOST_CALLS) {
                List<Op> part = ops.subList(from, Math.min(from + MOST_CALLS, ops.size()));
                String name = entry.method() + "Part" + (from / MOST_CALLS + 1);
                boolean losses = part.stream().anyMatch(Op.Losses.class::isInstance);
                lines.line((losses ? "double losses = " : "") + name + Argument.call(partArguments));
                methods.add(part(name, partArguments, part, losses));
            }
        }
        if (entry != Entry.PREDICT) {
            lines.line("return losses");
        }
        MethodSpec.Builder method = emission.method(entry.method(), arguments, Modifier.PUBLIC);
        methods.add(
                0,
                method.addAnnotation(Override.class)
                        .returns(entry == Entry.PREDICT ? TypeName.VOID : TypeName.DOUBLE)
                        .addCode(lines.build())
                        .build());
        return methods;
    }

    private MethodSpec part(String name, List<Argument> arguments, List<Op> ops, boolean losses) {
        Lines lines = new Lines();
        calls(lines, ops);
        if (losses) {
            lines.line("return losses");
        }
        return emission.method(name, arguments)
                .returns(losses ? TypeName.DOUBLE : TypeName.VOID)
                .addCode(lines.build())
                .build();
    }

    private void calls(Lines lines, List<Op> ops) {
        String phase = "";
        for (Op op : ops) {
            if (!phase(op).equals(phase)) {
                if (!phase.isEmpty()) {
                    lines.blank();
                }
                phase = phase(op);
                lines.comment(phase);
            }
            Kernel kernel = kernels.of(op);
            lines.line((op instanceof Op.Losses ? "double losses = " : "") + kernel.call(op), op.toString());
        }
    }

    private static String phase(Op op) {
        if (op instanceof Op.Losses) {
            return "losses";
        }
        if (op instanceof Op.Return) {
            return "results";
        }
        if (op instanceof Op.Update || op.store() == Store.UPDATE) {
            return "update";
        }
        boolean forward = op instanceof Op.AddBias
                || op instanceof Op.Activate
                || (op instanceof Op.Product product && product.kind() == ProductKind.FORWARD);
        return forward ? "forward" : "backward";
    }
}
