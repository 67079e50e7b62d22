package io.github.layerc.spark.scoring;

import io.github.layerc.command.Engines;
import io.github.layerc.engine.Engine;
import io.github.layerc.network.Network;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Line;
import io.github.layerc.table.Table;
import io.github.layerc.table.TableEngine;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A trained network as it goes to executors: the name of its generated class, its parameters in the canonical layout, and what its table learned, if it has one. The class itself comes with
 * the jars of the job.
 */
public final class NetworkModel implements Serializable {
    private static final long serialVersionUID = 1;

    private final String className;
    private final double[] parameters;

    /** Of the table: nothing without one. */
    private final double[] fill;

    /** Center and scale by turns. */
    private final double[] lines;

    private final double[] targetLines;

    private transient Engines engines;

    private NetworkModel(String className, double[] parameters, Optional<Fitted> fitted) {
        this.className = className;
        this.parameters = parameters.clone();
        this.fill = fitted.map(some -> IntStream.range(0, columns(some))
                        .mapToDouble(some::fill)
                        .toArray())
                .orElse(new double[0]);
        this.lines = fitted.map(some -> flat(columns(some), some::line)).orElse(new double[0]);
        this.targetLines = fitted.map(some -> flat(some.table().targets().size(), some::targetLine))
                .orElse(new double[0]);
    }

    /**
     * A model of a class.
     *
     * @param className with its package
     * @param parameters in the canonical layout
     * @param fitted what the table learned, where the class has one
     * @throws IllegalArgumentException if they do not fit the class
     */
    public static NetworkModel of(String className, double[] parameters, Optional<Fitted> fitted) {
        NetworkModel model = new NetworkModel(className, parameters, fitted);
        int count = model.network().parameterCount();
        if (parameters.length != count) {
            throw new IllegalArgumentException(
                    className + ": expected " + count + " parameters: length=" + parameters.length);
        }
        if (!model.table().equals(fitted.map(Fitted::table))) {
            throw new IllegalArgumentException(className + ": what the table learned is of another one");
        }
        return model;
    }

    /** A class without what a training would leave: for what can be said of it alone. */
    public static NetworkModel untrained(String className) {
        return new NetworkModel(className, new double[0], Optional.empty());
    }

    /** What an engine has by now. */
    public static NetworkModel of(Engine engine) {
        Optional<Fitted> fitted = engine instanceof TableEngine table ? Optional.of(table.fitted()) : Optional.empty();
        return of(engine.network().className(), engine.parametersAsDouble(), fitted);
    }

    private static int columns(Fitted fitted) {
        return fitted.table().columns().size();
    }

    private static double[] flat(int count, IntFunction<Line> lines) {
        double[] flat = new double[2 * count];
        for (int i = 0; i < count; i++) {
            flat[2 * i] = lines.apply(i).center();
            flat[2 * i + 1] = lines.apply(i).scale();
        }
        return flat;
    }

    private static Line[] lines(double... flat) {
        return IntStream.range(0, flat.length / 2)
                .mapToObj(i -> new Line(flat[2 * i], flat[2 * i + 1]))
                .toArray(Line[]::new);
    }

    /** Name of the generated class. */
    public String className() {
        return className;
    }

    /** A copy, in the canonical layout. */
    public double[] parameters() {
        return parameters.clone();
    }

    /** The same network with other parameters. */
    public NetworkModel with(double... others) {
        return of(className, others, fitted());
    }

    /** What the class was generated from. */
    public Network network() {
        return engines().network();
    }

    /** The columns that the spec names, if it names any. */
    public Optional<Table> table() {
        return engines().table();
    }

    /** What the table learned of its training rows. */
    public Optional<Fitted> fitted() {
        return table().filter(some -> fill.length > 0)
                .map(some -> new Fitted(some, fill, lines(lines), lines(targetLines)));
    }

    /** The class, looked up where the jars of the job are. */
    public synchronized Engines engines() {
        if (engines == null) {
            engines = Engines.of(className, Thread.currentThread().getContextClassLoader());
        }
        return engines;
    }

    /**
     * An instance that has these parameters.
     *
     * @param target {@code vector}, {@code scalar}, or empty for the choice of the class
     * @param batch number of samples that its workspace holds
     */
    public Engine open(String target, int batch) {
        Engine engine = engines().open(target, batch);
        engine.setParametersFromDouble(parameters);
        if (engine instanceof TableEngine table) {
            fitted().ifPresent(table::setFitted);
        }
        return engine;
    }
}
