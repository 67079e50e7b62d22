package io.github.layerc.emit.product;

import io.github.layerc.emit.code.LaneConstant;
import io.github.layerc.emit.code.Words;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Precision;
import io.github.layerc.program.op.Epilogue;
import io.github.layerc.program.op.Epilogue.Store;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Axis;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Schedule.Lanes;
import io.github.layerc.schedule.Schedule.Tile;
import java.util.Locale;

/** A product's loop nest in words, for the documentation of its kernel: what it computes, in which order, and why in that one. */
final class NestText {
    private final ProductNest nest;
    private final Product product;
    private final Schedule schedule;
    private final Axis rows;
    private final Axis columns;
    private final Axis reduction;

    NestText(ProductNest nest) {
        this.nest = nest;
        this.product = nest.product();
        this.schedule = nest.schedule();
        this.rows = nest.rows();
        this.columns = nest.columns();
        this.reduction = nest.reduction();
    }

    /** The layer whose values or parameters the kernel makes: the name of the method has the same number. */
    int layer() {
        return nest.finishesDelta() ? product.out().layer() : product.layer();
    }

    /** The formula with indices, as in {@code a1[u][s] = relu(sum over i of x[s][i] * W1[u][i] + b1[u])}. */
    String formula() {
        String sum = "sum over " + reduction.variable() + " of ";
        return switch (product.kind()) {
            case FORWARD -> around(sum + product.left() + "[s][i] * " + product.right() + "[u][i]", "[s][u]", "[u]");
            case WEIGHT_GRADIENT ->
                around(sum + product.left() + "[s][u] * " + product.right() + "[s][i]", "[u][i]", "");
            case INPUT_GRADIENT ->
                around(sum + product.left() + "[s][u] * " + product.right() + "[u][i]", "[s][i]", "");
        };
    }

    private String around(String sum, String outIndex, String biasIndex) {
        Epilogue epilogue = nest.epilogue();
        String value = (epilogue.inputScale() ? "inputScale * (" + sum + ")" : sum)
                + (epilogue.bias() == null ? "" : " + " + epilogue.bias() + biasIndex);
        if (!epilogue.activation().equals(Activation.IDENTITY)) {
            value = epilogue.activation().keyword() + "(" + value + ")";
        }
        if (!epilogue.derivative().equals(Activation.IDENTITY)) {
            value = "(" + value + ") * " + epilogue.derivative().keyword() + "'(" + epilogue.derivativeAt() + outIndex
                    + ")";
        }
        return epilogue.store() == Store.SET
                ? product.out() + outIndex + " = " + value
                : "into[W" + product.layer() + "]" + outIndex + " += factor * " + value;
    }

    /** The schedule in words. */
    String scheduleText() {
        int mr = schedule.mr();
        int nr = schedule.nr();
        if (!(schedule instanceof Tile tile)) {
            return String.format(
                    Locale.ROOT,
                    "%s x %s of coefficients in registers, sums of %d %s in the cache",
                    rows.plural(mr),
                    reduction.plural(nr),
                    nest.scaledRows().block(),
                    columns);
        }
        String block = (tile.kc() == 0 ? "" : ", kc " + tile.kc()) + (tile.mc() == 0 ? "" : ", mc " + tile.mc());
        String lanes = switch (tile.lanes()) {
            case NONE -> "";
            case REDUCTION -> "lanes along " + reduction + ", ";
            case COLUMNS -> "lanes along " + columns + ", ";
        };
        String width = schedule.lanes() == Lanes.COLUMNS ? Words.vectors(nr) : columns.plural(nr);
        String accumulators = mr * nr + (mr * nr == 1 ? " accumulator" : " accumulators");
        return lanes + "mr " + rows.plural(mr) + " x nr " + width + " (" + accumulators + ")" + block;
    }

    /** Why the schedule suits the product, for the documentation. */
    String reason() {
        int sums = LaneConstant.lanes(nest.emission().words().precision());
        String singles = nest.sumsRows()
                ? " A tile of one sample has " + columns.plural(sums)
                        + ", a quarter of them at a time, and adds across lanes in registers."
                : "";
        String columnOfSums = nest.sumsColumns()
                ? " A tile of " + rows.plural(sums) + " has one " + columns.singular()
                        + ", a quarter of them at a time, and adds across lanes in registers."
                : "";
        return loads() + singles + columnOfSums;
    }

    private String loads() {
        int mr = schedule.mr();
        int nr = schedule.nr();
        if (!(schedule instanceof Tile tile)) {
            return "Each " + columns.singular() + " that is loaded serves " + rows.plural(mr)
                    + ", each sum that is loaded " + reduction.plural(nr) + "; the " + columns
                    + " are independent, so no order of a sum stands in the way of C2.";
        }
        int operands = schedule.lanes() == Lanes.COLUMNS ? nr : Math.min(mr, nr);
        String loads = mr + " + " + nr + " operands are loaded for "
                + (mr * nr == 1
                        ? "1 multiply-add, which waits for the one before"
                        : mr * nr + " multiply-adds, which are independent and so hide each other's latency")
                + "; with " + operands + (operands == 1 ? " operand" : " operands")
                + " held and one streamed, the tile needs "
                + (mr * nr + operands + 1) + " registers.";
        if (!nest.forwardInBlocks()) {
            return loads;
        }
        int bytes = nest.emission().network().precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES;
        if (nest.partialOutputs()) {
            return loads + " A block of " + tile.kc() + " inputs of such vectors stays in the second-level cache"
                    + " while the units pass.";
        }
        long kib = ((long) tile.kc() * nest.extent(Axis.UNITS) * bytes) >> 10;
        String blocks = loads + " A block of " + tile.kc() + " inputs keeps " + kib
                + " KiB of weights in the second-level cache while the samples pass.";
        return nest.partialVectors()
                ? blocks + " Sums stay vectors from block to block, for " + tile.mc()
                        + " samples at a time, and are added up across lanes once at the end."
                : blocks;
    }
}
