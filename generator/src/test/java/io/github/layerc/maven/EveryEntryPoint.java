package io.github.layerc.maven;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.github.layerc.data.Dataset;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Evaluation;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.Training;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.TargetRule;
import io.github.layerc.network.TrainingSettings;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Calls every entry point of a generated class, again and again, with many samples and with one: what tests of compiled code run in a JVM of its
 * own, {@code java ... EveryEntryPoint p.Tiny:vector p.Tiny:scalar}.
 */
public final class EveryEntryPoint implements AutoCloseable {
    /** Enough vectors of samples for every tile and its edge, whatever the lanes: 7 x 16 and some. */
    private static final int VECTOR_SAMPLES = 131;

    private static final int SCALAR_SAMPLES = 19;

    /** Calls that HotSpot compiles a method without loops after, before the scaling of the JVM. */
    private static final int CALLS = 5000;

    private static final double RATE = 1e-6;

    private final Engine whole;
    private final Engine split;
    private final Training training;
    private final Training parts;
    private final Training gram;
    private final Evaluation evaluation;
    private final int[] one = {0};
    private final float[] floats;
    private final float[] floatTargets;
    private final float[] floatGradients;
    private final double[] doubles;
    private final double[] doubleTargets;
    private final double[] doubleGradients;
    private final int count;

    private EveryEntryPoint(Class<?> type, Target target) {
        this.count = target == Target.VECTOR ? VECTOR_SAMPLES : SCALAR_SAMPLES;
        this.whole = create(type, target, count);
        this.split = create(type, target, count / 2);
        Network network = whole.network();
        this.doubles =
                new Random(1).doubles((long) count * network.inputs(), -1, 1).toArray();
        TargetRule rule = network.loss().targets();
        this.doubleTargets = new double[count * network.outputs()];
        for (int i = 0; i < doubleTargets.length; i++) {
            boolean first = i % network.outputs() == 0;
            doubleTargets[i] = rule.of(rule.acceptsSum(0) ? i % 2 == 1 : first);
        }
        this.doubleGradients = new double[network.parameterCount()];
        this.floats = narrow(doubles);
        this.floatTargets = narrow(doubleTargets);
        this.floatGradients = new float[network.parameterCount()];
        Dataset data = Dataset.of(doubles, network.inputs(), doubleTargets, network.outputs());
        whole.initialize();
        split.initialize();
        TrainingSettings direct = network.training().withForm(Form.DIRECT);
        this.training = whole.train(data, direct);
        this.parts = split.train(data, direct);
        // by turns with the direct form: each step begins with a set-up, and what follows rebuilds weights
        boolean hasGram = network.training().form() == Form.GRAM;
        this.gram = whole.train(data, hasGram ? network.training() : direct);
        this.evaluation = gram.evaluate(data);
    }

    private static Engine create(Class<?> type, Target target, int batch) {
        try {
            return (Engine) type.getMethod("create", int.class, Target.class).invoke(null, batch, target);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("create", e);
        }
    }

    private static float[] narrow(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    /** Every entry point at least once; the sum of what came out. */
    double round() {
        // in parts, the gradients are summed up and the update is a call of its own
        double sum = training.step(RATE) + training.step(one, 0, 1, RATE) + parts.step(RATE);
        sum += gram.step(RATE) + evaluation.cost() + evaluation.outputs()[0];
        return sum + calls(count) + calls(1);
    }

    private double calls(int samples) {
        if (whole instanceof FloatEngine engine) {
            return engine.predict(floats, samples)[0]
                    + engine.cost(floats, floatTargets, samples)
                    + engine.gradients(floats, floatTargets, samples, floatGradients);
        }
        DoubleEngine engine = (DoubleEngine) whole;
        return engine.predict(doubles, samples)[0]
                + engine.cost(doubles, doubleTargets, samples)
                + engine.gradients(doubles, doubleTargets, samples, doubleGradients);
    }

    @Override
    public void close() {
        training.close();
        parts.close();
        gram.close();
        whole.close();
        split.close();
    }

    /** @param run class and target, {@code p.Tiny:vector} */
    static EveryEntryPoint of(String run, ClassLoader loader) throws ClassNotFoundException {
        String[] words = run.split(":", 2);
        Target target = Target.valueOf(words[1].toUpperCase(Locale.ROOT));
        return new EveryEntryPoint(loader.loadClass(words[0]), target);
    }

    public static void main(String[] runs) throws ClassNotFoundException {
        List<EveryEntryPoint> all = new ArrayList<>();
        for (String run : runs) {
            all.add(of(run, EveryEntryPoint.class.getClassLoader()));
        }
        warmUp(all);
        all.forEach(EveryEntryPoint::close);
    }

    /** Rounds without a compilation after which nothing more is to be expected; each calls an entry point at least once, most of them twice. */
    private static int quietRounds() {
        String scaling = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("CompileThresholdScaling")
                .getValue();
        return (int) Math.ceil(CALLS * Double.parseDouble(scaling));
    }

    /**
     * Rounds until HotSpot has nothing more to compile, where it compiles in the foreground. All classes take turns: one after the other, each
     * would make HotSpot throw away code of the engines with entry points of the last one in it.
     */
    private static void warmUp(List<EveryEntryPoint> all) {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long compiled = -1;
        int enough = quietRounds();
        for (int quiet = 0; quiet < enough; quiet++) {
            for (EveryEntryPoint each : all) {
                if (!Double.isFinite(each.round())) {
                    throw new AssertionError(
                            "not finite: " + each.whole.network().name());
                }
            }
            if (compiler.getTotalCompilationTime() != compiled) {
                compiled = compiler.getTotalCompilationTime();
                quiet = 0;
            }
        }
    }
}
