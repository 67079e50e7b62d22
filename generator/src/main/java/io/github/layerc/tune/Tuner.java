package io.github.layerc.tune;

import io.github.layerc.benchmark.Workload;
import io.github.layerc.compiler.CompileException;
import io.github.layerc.compiler.SourceFile;
import io.github.layerc.engine.Target;
import io.github.layerc.engine.gram.FormChoice;
import io.github.layerc.network.Network;
import io.github.layerc.program.GramForm;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Candidates;
import io.github.layerc.schedule.Layout;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.Products;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.ScheduleText;
import io.github.layerc.schedule.Scheduler;
import io.github.layerc.schedule.Storage;
import io.github.layerc.schedule.ThresholdsText;
import io.github.layerc.schedule.tuned.TunedSchedules;
import io.github.layerc.schedule.tuned.Tuning;
import io.github.layerc.schedule.tuned.Tuning.Choice;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Coordinate descent over the schedules of a network: first the layouts, then one kernel after the other, those with the most FLOPs first, of
 * each its tile and then its blocks, at last the kernel of the Gram form where the class has one, then one threshold after the other. Every candidate
 * is compiled, checked against the interpreter's mathematics, warmed up and timed by turns with the class as it is so far; the best one is timed once
 * more, for longer, and must be clearly better to win.
 */
final class Tuner {
    /** Kernels with less of the FLOPs of a step than that cannot be told apart by its time. */
    private static final double MEASURABLE = 0.02;

    private static final double TIME_FOR_LAYOUTS = 0.25;
    private static final double TIME_FOR_KERNELS = 0.8;
    private static final double TIME_FOR_GRAM_FORM = 0.9;
    private static final double TIME_FOR_THRESHOLDS = 0.95;

    /** A training in Gram form may take that part of the heap: two are there at a time, and as much again is for all else. */
    private static final int PART_OF_HEAP = 4;

    private static final long MOST_WARM_UP = 2_500_000_000L;

    private final Network network;
    private final boolean gramForm;
    private final Target target;
    private final Candidates candidates;
    private final Scheduler heuristic;
    private final Tuning.Origin origin;
    private final double scale;
    private final LongSupplier clock;
    private final long start;
    private final double nanos;
    private final Workload workload;
    private final Agreement agreement;
    private final PrintStream console;
    private long ready;
    private int tried;
    private boolean leftOut;

    /**
     * @param base machine of the heuristic that is to be beaten
     * @param host machine that bounds the candidates
     * @param clock nanoseconds, by which the tuner knows when to end
     */
    Tuner(
            Network network,
            Target target,
            Machine base,
            Machine host,
            Tuning.Origin origin,
            double seconds,
            PrintStream console,
            LongSupplier clock) {
        this.clock = clock;
        this.start = clock.getAsLong();
        this.ready = start;
        this.network = PlainNetwork.of(network);
        this.gramForm = GramForm.isWanted(this.network);
        this.target = target;
        this.heuristic = TunedSchedules.NONE.scheduler(target, network.precision(), base);
        this.candidates = new Candidates(target, network.precision(), host);
        this.origin = origin;
        this.nanos = seconds * 1e9;
        // a short run measures shortly
        this.scale = Math.min(1, seconds / 60);
        this.workload = new Workload(this.network, origin.batch());
        this.agreement = new Agreement(this.network, origin.batch());
        this.console = console;
    }

    Tuning tune() {
        Tuning base = withHeuristic(heuristic.storage(network));
        try (Variant first = open(base)) {
            requireRight(first, Task.DIRECT);
            Race.warmUp(first, Task.DIRECT, warmUpNanos());
            ready = clock.getAsLong();
            if (ready - start >= nanos) {
                leftOut = true;
                return base;
            }
            Tuning tuned = thresholds(gramForm(kernels(layouts(first))));
            return tuned.equals(base) ? base : better(first, tuned);
        }
    }

    /** Number of candidates that were measured, or left out with a reason: with none, the result is the heuristic's and says nothing. */
    int tried() {
        return tried;
    }

    /** Whether there were candidates that the time did not reach. */
    boolean leftOut() {
        return leftOut;
    }

    /** All of it once more against the heuristic: what was gained kernel by kernel must be gained together. */
    private Tuning better(Variant first, Tuning tuned) {
        try (Variant variant = open(tuned)) {
            List<Task> tasks = new ArrayList<>(Task.DIRECT);
            if (gramForm && gramObjection().isEmpty()) {
                Race.warmUp(first, List.of(Task.GRAM_STEP), warmUpNanos());
                tasks.add(Task.GRAM_STEP);
            }
            Race.warmUp(variant, tasks, warmUpNanos());
            Race.Result result = confirm(first, variant, tasks);
            for (int t = 0; t < tasks.size(); t++) {
                console.printf(
                        Locale.ROOT,
                        "together: %s %s%n",
                        tasks.get(t),
                        Found.time(result.nanos().get(t)));
            }
            boolean wins = result.ratio() < 1;
            console.printf(
                    Locale.ROOT,
                    "together: ratio %.3f to the heuristic%s%n",
                    result.ratio(),
                    wins ? "" : ", which therefore stays");
            return wins ? tuned : first.tuning();
        }
    }

    /** The heuristic's schedules for a layout. */
    private Tuning withHeuristic(Storage storage) {
        Map<String, Choice> kernels = new TreeMap<>();
        Products.of(network, storage.layout())
                .forEach((name, product) -> kernels.put(name, new Choice(heuristic.schedule(product, storage), 1)));
        if (gramForm) {
            kernels.put(Products.GRAM_UPDATE, new Choice(heuristic.gram(units()), 1));
        }
        return new Tuning(target, network.precision(), origin, storage, new TreeMap<>(kernels));
    }

    private Tuning layouts(Variant first) {
        List<Tuning> others = candidates.storages(network).stream()
                .filter(storage -> !storage.equals(first.tuning().storage()))
                .map(this::withHeuristic)
                .toList();
        Found found = best(first, others, Task.DIRECT, TIME_FOR_LAYOUTS);
        Tuning tuning = found.wins() ? found.tuning() : first.tuning();
        console.println(found.line(
                "layout", tuning.storage().layout() + " " + tuning.storage().weights()));
        return tuning;
    }

    private Tuning kernels(Tuning start) {
        Tuning tuning = start;
        Map<String, Product> products = Products.of(network, start.storage().layout());
        long all = products.values().stream().mapToLong(Product::flopsPerSample).sum();
        long left = all;
        List<String> names = products.keySet().stream()
                .sorted(Comparator.comparingLong(
                                (String name) -> products.get(name).flopsPerSample())
                        .reversed())
                .toList();
        for (String name : names) {
            long flops = products.get(name).flopsPerSample();
            if (flops < MEASURABLE * all) {
                console.println(name + ": the heuristic's, too few FLOPs to be seen in the time of a step");
                continue;
            }
            double until = spent() + (TIME_FOR_KERNELS - spent()) * flops / left;
            left -= flops;
            Product product = products.get(name);
            Storage storage = tuning.storage();
            tuning = kernel(
                    tuning,
                    name,
                    candidates.tiles(product, storage),
                    around -> candidates.blocks(product, storage, around),
                    tasks(product, storage.layout()),
                    until);
        }
        return tuning;
    }

    /** The kernel of the Gram form shows in the time of a step in that form alone, and nothing that was measured before it is part of that step's first layer. */
    Tuning gramForm(Tuning start) {
        if (!gramForm) {
            return start;
        }
        String objection = gramObjection();
        if (!objection.isEmpty()) {
            console.println(Products.GRAM_UPDATE + ": the heuristic's, with a quarter of the heap for a training: "
                    + objection);
            return start;
        }
        return kernel(
                start,
                Products.GRAM_UPDATE,
                candidates.gramTiles(units()),
                around -> candidates.gramBlocks(units(), around, origin.batch()),
                List.of(Task.GRAM_STEP),
                TIME_FOR_GRAM_FORM);
    }

    /** Why no training of as many samples can have the form, empty if it can. */
    private String gramObjection() {
        long heap = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
        return FormChoice.objection(network, network.training(), origin.batch(), false, gramForm, heap);
    }

    private int units() {
        return network.layers().get(0).units();
    }

    /** The tile first, then its blocks; the ratio is that of both to the heuristic's schedule. */
    private Tuning kernel(
            Tuning start,
            String name,
            List<Schedule> tiles,
            Function<Schedule, List<Schedule>> blocksAround,
            List<Task> tasks,
            double until) {
        Schedule chosen = start.kernels().get(name).schedule();
        try (Variant base = open(start)) {
            requireRight(base, tasks);
            Race.warmUp(base, tasks, warmUpNanos());
            double half = spent() + (until - spent()) * 0.6;
            Found tile = best(base, variants(start, name, tiles, chosen), tasks, half);
            Tuning best = tile.wins() ? tile.tuning() : start;
            List<Schedule> blocks = blocksAround.apply(best.kernels().get(name).schedule());
            Found block = best(base, variants(start, name, blocks, chosen), tasks, until);
            Found found = block.wins() && block.ratio() < tile.ratio() ? block : tile;
            found = found.withTried(tile.tried() + block.tried());
            if (found.wins()) {
                best = start.with(
                        name, new Choice(found.tuning().kernels().get(name).schedule(), found.ratio()));
            }
            console.println(
                    found.line(name, ScheduleText.of(best.kernels().get(name).schedule())));
            return best;
        }
    }

    /** One after the other; those that change nothing in this network's class are not measured. */
    private Tuning thresholds(Tuning start) {
        Tuning tuning = start;
        for (String name : start.thresholds().byName().keySet()) {
            Tuning around = tuning;
            List<SourceFile> code = Variant.code(network, around);
            List<Tuning> others = candidates.thresholds(around.thresholds(), name).stream()
                    .map(around::withThresholds)
                    .filter(other -> !Variant.code(network, other).equals(code))
                    .toList();
            if (others.isEmpty()) {
                continue;
            }
            try (Variant base = open(around)) {
                List<Task> tasks = Task.DIRECT;
                Race.warmUp(base, tasks, warmUpNanos());
                Found found = best(base, others, tasks, TIME_FOR_THRESHOLDS);
                tuning = found.wins() ? found.tuning() : around;
                console.println(
                        found.line(name, "" + tuning.thresholds().byName().get(name)));
            }
        }
        return tuning;
    }

    private static List<Tuning> variants(Tuning start, String name, List<Schedule> schedules, Schedule chosen) {
        return schedules.stream()
                .filter(schedule -> !schedule.equals(chosen))
                .map(schedule -> start.with(name, new Choice(schedule, 1)))
                .toList();
    }

    /** The tasks in which a kernel runs. */
    private static List<Task> tasks(Product product, Layout layout) {
        if (product.kind() != Product.Kind.FORWARD) {
            return List.of(Task.STEP);
        }
        boolean inBoundStep = layout != Layout.UNIT_MAJOR || product.layer() > 1;
        if (inBoundStep) {
            return Task.DIRECT;
        }
        return Products.name(product).startsWith("forwardPanels")
                ? List.of(Task.STEP)
                : List.of(Task.PREDICT, Task.PREDICT_ONE);
    }

    /** @param until part of the time after which no further candidate is tried */
    private Found best(Variant base, List<Tuning> tunings, List<Task> tasks, double until) {
        Tuning best = null;
        double bestRatio = Double.POSITIVE_INFINITY;
        int measured = 0;
        for (Tuning tuning : tunings) {
            if (spent() > until) {
                leftOut = true;
                break;
            }
            measured++;
            tried++;
            try (Variant variant = open(tuning)) {
                String wrong = objection(variant, tasks);
                if (!wrong.isEmpty()) {
                    console.println("left out, since it is wrong: " + changed(base.tuning(), tuning) + ": " + wrong);
                    continue;
                }
                Race.warmUp(variant, tasks, warmUpNanos());
                double ratio =
                        Race.run(base, variant, tasks, 5, (long) (20e6 * scale)).ratio();
                if (ratio < bestRatio) {
                    best = tuning;
                    bestRatio = ratio;
                }
            } catch (CompileException e) {
                console.println("left out: " + changed(base.tuning(), tuning) + ": " + e.getMessage());
            }
        }
        if (best == null || bestRatio >= 1) {
            return new Found(best, bestRatio, List.of(), measured);
        }
        try (Variant variant = open(best)) {
            Race.warmUp(variant, tasks, warmUpNanos());
            Race.Result result = confirm(base, variant, tasks);
            return new Found(best, result.ratio(), result.nanos(), measured);
        }
    }

    /** What is wrong with what the tasks run, empty if nothing is. */
    private String objection(Variant variant, List<Task> tasks) {
        String wrong = agreement.objection(variant.engine());
        return wrong.isEmpty() && tasks.contains(Task.GRAM_STEP)
                ? agreement.gramObjection(variant.gramEngine())
                : wrong;
    }

    private void requireRight(Variant base, List<Task> tasks) {
        String wrong = objection(base, tasks);
        if (!wrong.isEmpty()) {
            throw new AssertionError("the class that others are to beat is wrong: " + wrong);
        }
    }

    private Race.Result confirm(Variant base, Variant variant, List<Task> tasks) {
        return Race.run(base, variant, tasks, 11, (long) (30e6 * scale));
    }

    private static String changed(Tuning base, Tuning tuning) {
        if (!base.storage().equals(tuning.storage())) {
            return tuning.storage().toString();
        }
        List<String> changed = new ArrayList<>();
        if (!base.thresholds().equals(tuning.thresholds())) {
            changed.add(ThresholdsText.of(tuning.thresholds()));
        }
        tuning.kernels().forEach((name, choice) -> {
            if (!choice.equals(base.kernels().get(name))) {
                changed.add(name + " " + ScheduleText.of(choice.schedule()));
            }
        });
        return String.join(", ", changed);
    }

    private Variant open(Tuning tuning) {
        return Variant.open(network, tuning, workload);
    }

    private long warmUpNanos() {
        return (long) (MOST_WARM_UP * scale);
    }

    /** The part that is over of the time that there was when the heuristic's class was ready: so the first candidates get their share. */
    private double spent() {
        return (clock.getAsLong() - ready) / (nanos - (ready - start));
    }
}
