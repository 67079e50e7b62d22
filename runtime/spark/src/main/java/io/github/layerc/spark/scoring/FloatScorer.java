package io.github.layerc.spark.scoring;

import io.github.layerc.engine.FloatEngine;
import io.github.layerc.spark.scoring.loop.Doubles;
import java.util.Arrays;

/** A scorer of a network in this precision. */
final class FloatScorer implements Scorer {
    private final FloatEngine engine;
    private final int batch;
    private final int inputs;
    private final int outputs;
    private final float[] samples;
    private final float[] results;

    FloatScorer(FloatEngine engine, int batch) {
        this.engine = engine;
        this.batch = batch;
        this.inputs = engine.network().inputs();
        this.outputs = engine.network().outputs();
        this.samples = new float[batch * inputs];
        this.results = new float[batch * outputs];
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public void set(int sample, int[] places, double[] values) {
        int at = sample * inputs;
        Arrays.fill(samples, at, at + inputs, 0);
        for (int i = 0; i < places.length; i++) {
            samples[at + places[i]] = (float) values[i];
        }
    }

    @Override
    public void set(int sample, double[] values) {
        Doubles.best().copy(values, inputs, samples, sample * inputs);
    }

    @Override
    public boolean set(int sample, byte[] packed, int from, double most) {
        return Doubles.best().copy(packed, from, inputs, most, samples, sample * inputs);
    }

    @Override
    public void predict(int count) {
        engine.predict(samples, count, results);
    }

    @Override
    public double output(int sample, int unit) {
        return results[sample * outputs + unit];
    }

    @Override
    public void close() {
        engine.close();
    }
}
