package io.github.layerc.peers;

import io.github.layerc.benchmark.Operation;
import java.util.ArrayList;
import java.util.List;

/** The tables: which tasks there are. */
final class Tasks {
    private static final String NETWORKS = "io.github.layerc.peers.networks.";
    private static final String ADAM = "io.github.layerc.peers.adam.";
    private static final String CAT_NET_4 = "io.github.layerc.examples.CatNet4";
    private static final int PICTURES = 209;

    static final List<Integer> SWEEP_WIDTHS = List.of(8, 32, 128, 512);
    static final List<Integer> SWEEP_BATCHES = List.of(1, 32, 256);

    private Tasks() {}

    /** The tasks of the main table, and those of the sweep where it is wanted, of the networks that the settings name. */
    static List<Task> of(PeersSettings settings) {
        List<Task> tasks = new ArrayList<>(main());
        if (settings.sweep()) {
            tasks.addAll(sweep());
        }
        tasks.removeIf(task -> !settings.wantsNetwork(task.label()));
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("no such network: expected some of "
                    + String.join(", ", labels(settings.sweep())) + ": networks="
                    + String.join(",", settings.networks()));
        }
        return tasks;
    }

    private static List<String> labels(boolean sweep) {
        List<Task> tasks = new ArrayList<>(main());
        if (sweep) {
            tasks.addAll(sweep());
        }
        return tasks.stream().map(Task::label).distinct().toList();
    }

    private static List<Task> main() {
        List<Task> tasks = new ArrayList<>();
        for (int threads : new int[] {1, 2}) {
            tasks.add(new Task(CAT_NET_4, Operation.TRAIN_STEP, PICTURES, threads, false));
            tasks.add(new Task(CAT_NET_4, Operation.PREDICT, PICTURES, threads, false));
        }
        tasks.add(new Task(CAT_NET_4, Operation.PREDICT, 1, 1, false));
        for (String network : List.of("Dense16x32x32x1", "Dense784x128x64x1")) {
            for (Operation operation : List.of(Operation.PREDICT, Operation.TRAIN_STEP)) {
                tasks.add(new Task(NETWORKS + network, operation, 1, 1, false));
                tasks.add(new Task(NETWORKS + network, operation, 32, 1, false));
            }
        }
        tasks.add(new Task(NETWORKS + "Dense784x128x64x10", Operation.PREDICT, 1, 1, false));
        tasks.add(new Task(NETWORKS + "Dense784x128x64x10", Operation.PREDICT, 32, 1, false));
        for (String network : List.of(NETWORKS, ADAM)) {
            tasks.add(new Task(network + "Dense784x128x64x10", Operation.TRAIN_STEP, 32, 1, false));
            tasks.add(new Task(network + "Dense784x128x64x10", Operation.TRAIN_STEP, 256, 1, false));
        }
        return tasks;
    }

    private static List<Task> sweep() {
        List<Task> tasks = new ArrayList<>();
        for (Operation operation : List.of(Operation.PREDICT, Operation.TRAIN_STEP)) {
            for (int width : SWEEP_WIDTHS) {
                for (int batch : SWEEP_BATCHES) {
                    String name = "Dense64x" + width + "x" + width + "x1";
                    tasks.add(new Task(NETWORKS + name, operation, batch, 1, true));
                }
            }
        }
        return tasks;
    }
}
