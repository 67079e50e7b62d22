package io.github.layerc.emit;

import com.palantir.javapoet.MethodSpec;
import io.github.layerc.network.Layer;
import io.github.layerc.program.Buffer;
import io.github.layerc.program.Epilogue.Store;
import io.github.layerc.program.Op;
import io.github.layerc.program.Op.ProductKind;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernels of one class: each operation is emitted once, however many entry points use it.
 *
 * <p>Where units lie in the lanes, the gradients of a layer's weights and bias share a kernel. Alone, each would be small enough for C2 to inline
 * it into an entry point, and all of them are more than fits the {@link InliningBudget}.
 */
final class Kernels {
    private final Emission emission;
    private final Scheduler scheduler;
    private final ShapeKernels shapes;
    private final GramEmitter gram;
    private final Map<Op, Kernel> kernels = new LinkedHashMap<>();
    private final Map<String, Op> names = new LinkedHashMap<>();

    /** Those that an entry point calls, by name. */
    private final Map<String, Kernel> called = new LinkedHashMap<>();

    /** Tiles of few samples have up to 8, whatever the schedule. */
    private int tileAccumulators = 8;

    private boolean sumsLanesInRegisters;
    private int rowSums;
    private Schedule rowCopies;
    private final RowAdders adders;
    private int partialSamples;
    private final List<Integer> copiedLayers = new ArrayList<>();

    Kernels(Emission emission, Scheduler scheduler) {
        this.emission = emission;
        this.scheduler = scheduler;
        this.shapes = new ShapeKernels(emission);
        this.adders = new RowAdders(emission);
        this.gram = new GramEmitter(emission, adders);
    }

    /** The kernel of an operation. */
    Kernel of(Op called) {
        Op op = shapes.standIn(called.store() == Store.UPDATE ? adding(called) : called);
        Kernel known = kernels.get(op);
        if (known != null) {
            return known;
        }
        Kernel kernel = emit(op);
        Op other = names.putIfAbsent(kernel.method(), op);
        if (other != null) {
            throw new AssertionError("two kernels named " + kernel.method() + ": " + op + " and " + other);
        }
        kernels.put(op, kernel);
        return kernel;
    }

    /** An update is the kernel that adds gradients, with another array and factor. */
    private Op adding(Op op) {
        if (op instanceof Op.GramUpdate || op instanceof Op.Update) {
            return op;
        }
        Layer layer = emission.network().layers().get(op.layer() - 1);
        if (op instanceof Op.Product product) {
            return product.withOut(Buffer.weightGradient(layer))
                    .withEpilogue(product.epilogue().withStore(Store.ADD));
        }
        if (op instanceof Op.BiasGradient bias) {
            return new Op.BiasGradient(bias.layer(), bias.dz(), Buffer.biasGradient(layer), Store.ADD);
        }
        throw new AssertionError("not an update: " + op);
    }

    /** The kernel of operations that an entry point calls: of one, or of two that {@link #together}. */
    Kernel called(List<Op> ops) {
        Kernel kernel = of(ops.get(0));
        if (ops.size() > 1) {
            kernel = LayerGradient.of(emission, kernel, of(ops.get(1)));
        }
        called.putIfAbsent(kernel.method(), kernel);
        return called.get(kernel.method());
    }

    /** Whether two operations, one behind the other, share a kernel. */
    boolean together(Op first, Op second) {
        return emission.padded()
                && first instanceof Op.Product product
                && product.kind() == ProductKind.WEIGHT_GRADIENT
                && second instanceof Op.BiasGradient
                && first.layer() == second.layer()
                && first.store() == second.store()
                && !of(first).arguments().contains(Argument.FROM);
    }

    Iterable<Kernel> all() {
        return called.values();
    }

    /** Vectors that a tile may sum up at a time. */
    int tileAccumulators() {
        return tileAccumulators;
    }

    /** Whether a tile needs the constants of {@link LaneSumTile}. */
    boolean sumsLanesInRegisters() {
        return sumsLanesInRegisters;
    }

    /** Samples whose partial sums are kept, 0 where no kernel needs them. */
    int partialSamples() {
        return partialSamples;
    }

    /** Sums of a block of rows, 0 where no kernel needs them. */
    int rowSums() {
        return rowSums;
    }

    /** Layers of whose weights a transposed copy is made. */
    List<Integer> copiedLayers() {
        return copiedLayers;
    }

    /** The sizes of copied rows and their sums, which all kernels share; null where none needs them. */
    Schedule rowCopies() {
        return rowCopies;
    }

    private void copiesRows(Schedule copies) {
        rowCopies = rowCopies == null
                ? copies
                : Schedule.rows(
                        Math.max(rowCopies.rows(), copies.rows()),
                        Math.max(rowCopies.columns(), copies.columns()),
                        Math.max(rowCopies.block(), copies.block()));
    }

    /** Methods that kernels call. */
    List<MethodSpec> helpers() {
        return adders.methods();
    }

    private Kernel emit(Op op) {
        if (op instanceof Op.Gather gather) {
            return gram.gather(gather);
        }
        if (op instanceof Op.GramUpdate update) {
            if (!emission.words().vector()) {
                copiesRows(gram.copies(update));
            }
            return gram.update(update);
        }
        if (op instanceof Op.Product product) {
            Schedule schedule = scheduler.schedule(product, emission.storage());
            if (schedule.few() > 0) {
                return onCopy(product, schedule);
            }
            ProductNest nest = new ProductNest(emission, product, schedule);
            if (schedule.form() == Schedule.Form.ROWS) {
                if (RowCopiesEmitter.suits(nest)) {
                    copiesRows(schedule);
                    return new RowCopiesEmitter(nest, adders).emit();
                }
                rowSums = Math.max(rowSums, schedule.rows() * schedule.block());
                return new RowsEmitter(nest).emit();
            }
            partialSamples = Math.max(partialSamples, schedule.samples());
            sumsLanesInRegisters |= LaneSumTile.suitsRow(nest) || LaneSumTile.suitsColumn(nest);
            tileAccumulators = Math.max(tileAccumulators, schedule.rows() * schedule.columns());
            return new TileEmitter(nest).emit();
        }
        if (op instanceof Op.AddBias bias) {
            return new ActivationEmitter(emission, op.layer()).addBias(bias);
        }
        if (op instanceof Op.Activate activate) {
            return new ActivationEmitter(emission, op.layer()).activate(activate);
        }
        if (op instanceof Op.ActivationGradient gradient) {
            return new ActivationEmitter(emission, op.layer()).gradient(gradient);
        }
        if (op instanceof Op.Losses losses) {
            return new LossEmitter(emission).losses(losses);
        }
        if (op instanceof Op.LossGradient gradient) {
            return new LossEmitter(emission).lossGradient(gradient);
        }
        if (op instanceof Op.OutputDelta delta) {
            return new LossEmitter(emission).outputDelta(delta);
        }
        if (op instanceof Op.Return results) {
            return new LossEmitter(emission).results(results);
        }
        if (op instanceof Op.BiasGradient bias) {
            return new BiasEmitter(emission).gradient(bias);
        }
        if (op instanceof Op.Update update) {
            return new BiasEmitter(emission).update(update);
        }
        throw new AssertionError("no emitter for " + op);
    }

    /** An input gradient that copies the weights for many samples. */
    private Kernel onCopy(Op.Product product, Schedule schedule) {
        CopyEmitter emitter = new CopyEmitter(emission, product, schedule);
        copiedLayers.add(product.layer());
        tileAccumulators =
                Math.max(tileAccumulators, Math.max(emitter.tileAccumulators(), schedule.rows() * schedule.columns()));
        sumsLanesInRegisters |= emitter.sumsLanesInRegisters();
        return emitter.emit();
    }
}
