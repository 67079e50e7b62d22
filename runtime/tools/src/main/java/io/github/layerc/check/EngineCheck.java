package io.github.layerc.check;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of one engine: forward passes, cost, gradients and steps, against {@link Bounds}.
 *
 * <p>Nobody but the engine sees the activations of a hidden layer. So all layers behind it are given parameters that pass some of its units on, each by itself: the outputs
 * then are functions of these units alone, and what is wrong with the sums of other layers does not matter.
 */
final class EngineCheck {
    /** Choices of units of one layer that are passed on, at most. */
    private static final int MOST_PROBES = 8;

    private final Network network;
    private final CheckedSamples samples;
    private final double[] parameters;
    private final Bounds bounds;

    /** @param parameters and with the samples rounded to the precision of the network */
    EngineCheck(Network network, CheckedSamples samples, double[] parameters) {
        this.network = network;
        this.samples = samples;
        this.parameters = parameters;
        this.bounds = new Bounds(network, parameters, samples.data());
    }

    /** All rows of an engine; its parameters change. */
    List<CheckRow> rows(Engine engine) {
        List<CheckRow> rows = new ArrayList<>();
        for (Layer layer : network.layers()) {
            rows.add(layer.equals(network.output()) ? outputs(engine) : hidden(engine, layer));
        }
        engine.setParametersFromDouble(parameters);
        rows.addAll(costs(engine));
        rows.addAll(gradients(engine));
        rows.addAll(new StepCheck(network, samples, parameters).rows(engine));
        return rows;
    }

    private CheckRow outputs(Engine engine) {
        Comparison comparison = new Comparison();
        engine.setParametersFromDouble(parameters);
        double[] outputs = bounds.outputs();
        double[] allowed = bounds.outputBounds();
        comparison.add(engine.predict(samples.data()), outputs, allowed);
        // other kernels than those of many samples
        Dataset first = samples.data().rows(0);
        comparison.add(engine.predict(first), outputs, allowed, 0, network.outputs());
        return comparison.row(engine.name(), forward(network.output()));
    }

    private static String forward(Layer layer) {
        return "forward " + layer.number();
    }

    private CheckRow hidden(Engine engine, Layer layer) {
        int seen = network.layers().subList(layer.number(), network.layers().size()).stream()
                .mapToInt(Layer::units)
                .min()
                .orElseThrow();
        int all = (layer.units() + seen - 1) / seen;
        int probes = Math.min(all, MOST_PROBES);
        Comparison comparison = new Comparison();
        for (int probe = 0; probe < probes; probe++) {
            int first = (int) ((long) probe * all / probes) * seen;
            double[] passing = passing(layer, first);
            Bounds expected = new Bounds(network, passing, samples.data());
            engine.setParametersFromDouble(passing);
            comparison.add(engine.predict(samples.data()), expected.outputs(), expected.outputBounds());
        }
        return comparison.row(engine.name(), forward(layer));
    }

    /** Parameters with which all layers behind this one pass on its units from one of them on. */
    private double[] passing(Layer layer, int first) {
        double[] passing = parameters.clone();
        double largest = 0;
        for (double activation : bounds.activations(layer.number())) {
            largest = Math.max(largest, Math.abs(activation));
        }
        // to about 1, where no activation is saturated
        double scale = largest == 0 ? 1 : powerOfTwo(1 / largest);
        int from = first;
        for (Layer behind :
                network.layers().subList(layer.number(), network.layers().size())) {
            for (Layer.Parameters each : behind.parameters()) {
                Arrays.fill(passing, each.at(), each.end(), each.start());
            }
            if (behind.normalization().filter(kind -> !kind.runs()).isPresent()) {
                // to a variance below epsilon: a larger one, divided by itself, would hide that all are wrong by one
                // factor
                scale *= powerOfTwo(Math.sqrt(behind.normalization().get().epsilon()) / 2);
            }
            for (int u = 0; u < behind.units(); u++) {
                passing[behind.weightsAt() + u * behind.fanIn() + (from + u) % behind.fanIn()] = scale;
            }
            from = 0;
            scale = 1;
        }
        return passing;
    }

    /** Of about the size of a number; it rounds nothing. */
    private static double powerOfTwo(double size) {
        return Math.scalb(1.0, Math.max(-60, Math.min(60, Math.getExponent(size))));
    }

    private List<CheckRow> costs(Engine engine) {
        List<CheckRow> rows = new ArrayList<>();
        rows.add(cost(engine, "cost", samples.cost(engine), bounds));
        if (network.batchNorm().isPresent()) {
            rows.add(cost(engine, "cost of a step", samples.costOfStep(engine), bounds.ofStep()));
        }
        return rows;
    }

    private CheckRow cost(Engine engine, String what, double found, Bounds of) {
        ReferenceCost reference = new ReferenceCost(network, samples.data(), of);
        Comparison comparison = new Comparison();
        comparison.add(found, reference.value(), reference.bound());
        return comparison.row(engine.name(), what);
    }

    private List<CheckRow> gradients(Engine engine) {
        List<CheckRow> rows = new ArrayList<>();
        double[] found = samples.gradients(engine);
        for (Layer layer : network.layers()) {
            for (Layer.Parameters each : layer.parameters()) {
                // those that no step trains have a gradient of 0 here and there
                Comparison comparison = new Comparison();
                comparison.add(found, bounds.gradients(), bounds.gradientBounds(), each.at(), each.end());
                rows.add(comparison.row(engine.name(), "gradient " + each.name()));
            }
        }
        return rows;
    }
}
