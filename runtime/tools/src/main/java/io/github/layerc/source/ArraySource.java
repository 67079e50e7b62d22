package io.github.layerc.source;

import io.github.layerc.array.ArrayStore;
import io.github.layerc.array.ClassTargets;
import io.github.layerc.array.SampleShape;
import io.github.layerc.array.StoredArray;
import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.pictures.Pictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Arrays of samples and of their labels or targets, in one file or in a folder. Without those for a test, a fifth of the samples is kept for it.
 *
 * @param open opens what holds them
 */
record ArraySource(Path path, Function<Path, ArrayStore> open) implements DataSource {

    @Override
    public String description() {
        return path.toString();
    }

    /** Any input can have the size of the samples, which only the arrays tell. */
    @Override
    public void requireFits(Network network) {}

    @Override
    public TrainingSet read(Network network, Consumer<String> notes) {
        try (ArrayStore store = open.apply(path)) {
            ArrayNames names = ArrayNames.in(store);
            Part train = Part.read(store, names, network);
            Optional<Part> test = names.test().map(each -> Part.read(store, each, network));
            return network.loss().classifies()
                    ? classes(train, test, network, notes)
                    : regression(train, test, network, notes);
        }
    }

    /** All samples, those of a test aside, whose classes have the names that a training gave them. */
    Dataset validation(List<String> classes, Network network) {
        try (ArrayStore store = open.apply(path)) {
            Part part = Part.read(store, ArrayNames.in(store), network);
            int inputs = network.inputs();
            return network.loss().classifies()
                    ? part.x.samples(inputs, Labels.named(part.y, part.count, classes), network.outputs())
                    : part.x.samples(inputs, Targets.of(part.y, part.count, network), network.outputs());
        }
    }

    /** Whether there are samples or labels. */
    boolean hasKnownNames() {
        try (ArrayStore store = open.apply(path)) {
            return ArrayNames.areIn(store.names());
        }
    }

    /** Samples as they were read, and what is known of them. */
    private record Part(StoredArray x, StoredArray y, int count) {

        static Part read(ArrayStore store, ArrayNames names, Network network) {
            StoredArray x = store.read(names.x());
            int count = new SampleShape(network).requireSamples(x);
            x.requireNumbers();
            x.requireFinite();
            return new Part(x, store.read(names.y()), count);
        }
    }

    private TrainingSet classes(Part train, Optional<Part> test, Network network, Consumer<String> notes) {
        Labels labels = new Labels(train.y, train.count);
        ClassTargets.requireOutputs(path, labels.names().size(), network);
        int[] numbers = labels.ofTraining();
        Dataset all = train.x.samples(network.inputs(), numbers, network.outputs());
        if (test.isPresent()) {
            Part own = test.get();
            Dataset testSet = own.x.samples(network.inputs(), labels.ofTest(own.y, own.count), network.outputs());
            return set(train.x, all, testSet, labels.names(), network);
        }
        boolean[] isTest = new boolean[train.count];
        TestShare share = new TestShare();
        for (int label = 0; label < labels.names().size(); label++) {
            draw(share, rows(numbers, label), " of class " + labels.names().get(label), isTest);
        }
        return split(train.x, all, isTest, "a fifth of each class", labels.names(), network, notes);
    }

    private TrainingSet regression(Part train, Optional<Part> test, Network network, Consumer<String> notes) {
        double[] targets = Targets.of(train.y, train.count, network);
        Dataset all = train.x.samples(network.inputs(), targets, network.outputs());
        if (test.isPresent()) {
            Part own = test.get();
            double[] ofTest = Targets.of(own.y, own.count, network);
            Dataset testSet = own.x.samples(network.inputs(), ofTest, network.outputs());
            return set(train.x, all, testSet, List.of(), network);
        }
        boolean[] isTest = new boolean[train.count];
        draw(new TestShare(), IntStream.range(0, train.count).boxed().toList(), "", isTest);
        return split(train.x, all, isTest, "a fifth", List.of(), network, notes);
    }

    private void draw(TestShare share, List<Integer> rows, String of, boolean[] isTest) {
        if (rows.size() < TestShare.FEWEST) {
            throw DataException.of(
                    path, "too few samples" + of, "two or more, of which a fifth is for the test", rows.size());
        }
        share.draw(rows.size()).forEach(i -> isTest[rows.get(i)] = true);
    }

    private static TrainingSet split(
            StoredArray x,
            Dataset all,
            boolean[] isTest,
            String share,
            List<String> classes,
            Network network,
            Consumer<String> notes) {
        Dataset train = all.rows(
                IntStream.range(0, all.count()).filter(row -> !isTest[row]).toArray());
        Dataset test = all.rows(
                IntStream.range(0, all.count()).filter(row -> isTest[row]).toArray());
        notes.accept("test set: " + test.count() + " of " + all.count() + " samples, " + share + ", drawn with seed "
                + TestShare.SEED);
        return set(x, train, test, classes, network);
    }

    private static TrainingSet set(StoredArray x, Dataset train, Dataset test, List<String> classes, Network network) {
        List<Integer> shape = network.input().shape();
        Optional<List<Integer>> picture = x.isBytes() ? picture(x, network) : Optional.empty();
        return new TrainingSet(train, test, picture.orElse(shape), classes, picture.isPresent());
    }

    /** Height, width and channels, where the array or the network has them. */
    private static Optional<List<Integer>> picture(StoredArray x, Network network) {
        List<Integer> rows =
                Arrays.stream(x.shape()).skip(1).mapToObj(axis -> (int) axis).toList();
        return Stream.of(rows, network.input().shape())
                .filter(shape -> shape.stream().reduce(1, (a, b) -> a * b) == network.inputs())
                .filter(Pictures::isPicture)
                .map(shape -> shape.size() == 2 ? List.of(shape.get(0), shape.get(1), 1) : shape)
                .findFirst();
    }

    private static List<Integer> rows(int[] numbers, int label) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < numbers.length; row++) {
            if (numbers[row] == label) {
                rows.add(row);
            }
        }
        return rows;
    }
}
