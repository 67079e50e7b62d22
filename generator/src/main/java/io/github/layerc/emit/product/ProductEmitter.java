package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.program.op.Gather;
import io.github.layerc.program.op.GramUpdate;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Scheduler;

/** Kernels of products: which emitter makes one depends on its schedule. The Gram form of a product is one, too. */
public final class ProductEmitter {
    private final Emission emission;
    private final Scheduler scheduler;
    private final GramEmitter gram;

    public ProductEmitter(Emission emission, Scheduler scheduler) {
        this.emission = emission;
        this.scheduler = scheduler;
        this.gram = new GramEmitter(emission, scheduler.gram(emission.units(1)));
    }

    public Kernel gather(Gather op) {
        return gram.gather(op);
    }

    public Kernel update(GramUpdate op) {
        return gram.update(op);
    }

    public Kernel product(Product op) {
        Schedule schedule = scheduler.schedule(op, emission.storage());
        if (schedule instanceof Schedule.Tile tile && tile.few() > 0) {
            return new CopyEmitter(emission, op, tile).emit();
        }
        ProductNest nest = new ProductNest(emission, op, schedule);
        if (schedule instanceof Schedule.Tile) {
            return new TileEmitter(nest).emit();
        }
        return emission.thresholds().copiesRows(nest.extent(nest.columns()))
                ? new RowCopiesEmitter(nest).emit()
                : new RowsEmitter(nest).emit();
    }
}
