package io.github.layerc.emit;

import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.element.ActivationEmitter;
import io.github.layerc.emit.element.BiasEmitter;
import io.github.layerc.emit.element.DropoutEmitter;
import io.github.layerc.emit.element.LossEmitter;
import io.github.layerc.emit.element.NormalizationEmitter;
import io.github.layerc.emit.product.ProductEmitter;
import io.github.layerc.program.op.Activate;
import io.github.layerc.program.op.ActivationGradient;
import io.github.layerc.program.op.AddBias;
import io.github.layerc.program.op.BiasGradient;
import io.github.layerc.program.op.Drop;
import io.github.layerc.program.op.GammaGradient;
import io.github.layerc.program.op.Gather;
import io.github.layerc.program.op.GramUpdate;
import io.github.layerc.program.op.LossGradient;
import io.github.layerc.program.op.Losses;
import io.github.layerc.program.op.Normalize;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.OutputDelta;
import io.github.layerc.program.op.Product;
import io.github.layerc.program.op.Return;
import io.github.layerc.program.op.Update;
import io.github.layerc.schedule.Scheduler;

/** Hands every operation to the emitter of its kernel. */
final class OpEmitter implements Op.Visitor<Kernel> {
    private final Emission emission;
    private final ProductEmitter products;

    OpEmitter(Emission emission, Scheduler scheduler) {
        this.emission = emission;
        this.products = new ProductEmitter(emission, scheduler);
    }

    @Override
    public Kernel product(Product op) {
        return products.product(op);
    }

    @Override
    public Kernel gather(Gather op) {
        return products.gather(op);
    }

    @Override
    public Kernel gramUpdate(GramUpdate op) {
        return products.update(op);
    }

    @Override
    public Kernel addBias(AddBias op) {
        return new ActivationEmitter(emission, op.layer()).addBias(op);
    }

    @Override
    public Kernel activate(Activate op) {
        return new ActivationEmitter(emission, op.layer()).activate(op);
    }

    @Override
    public Kernel losses(Losses op) {
        return new LossEmitter(emission).losses(op);
    }

    @Override
    public Kernel lossGradient(LossGradient op) {
        return new LossEmitter(emission).lossGradient(op);
    }

    @Override
    public Kernel activationGradient(ActivationGradient op) {
        return new ActivationEmitter(emission, op.layer()).gradient(op);
    }

    @Override
    public Kernel drop(Drop op) {
        return new DropoutEmitter(emission).drop(op);
    }

    @Override
    public Kernel normalize(Normalize op) {
        return new NormalizationEmitter(emission, op.layer()).normalize(op);
    }

    @Override
    public Kernel normalizeGradient(Normalize.Gradient op) {
        return new NormalizationEmitter(emission, op.layer()).gradient(op);
    }

    @Override
    public Kernel keepStatistics(Normalize.Keep op) {
        return new NormalizationEmitter(emission, op.layer()).keep(op);
    }

    @Override
    public Kernel gammaGradient(GammaGradient op) {
        return new NormalizationEmitter(emission, op.layer()).gammaGradient(op);
    }

    @Override
    public Kernel outputDelta(OutputDelta op) {
        return new LossEmitter(emission).outputDelta(op);
    }

    @Override
    public Kernel biasGradient(BiasGradient op) {
        return new BiasEmitter(emission).gradient(op);
    }

    @Override
    public Kernel update(Update op) {
        return new BiasEmitter(emission).update(op);
    }

    @Override
    public Kernel results(Return op) {
        return new LossEmitter(emission).results(op);
    }
}
