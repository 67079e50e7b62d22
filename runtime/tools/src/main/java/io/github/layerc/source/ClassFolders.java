package io.github.layerc.source;

import io.github.layerc.data.DataException;
import io.github.layerc.network.Network;
import io.github.layerc.pictures.Pictures;
import io.github.layerc.pictures.folder.ClassFolder;
import io.github.layerc.pictures.folder.ClassFolder.Classes;
import io.github.layerc.pictures.folder.LabelledFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** A folder with a folder of pictures for each class, of which a fifth becomes the test set: the same fifth as long as the files are the same. */
record ClassFolders(Path folder) implements DataSource {
    private static final int TEST_SHARE = 5;
    private static final long SEED = 1;

    static boolean isIn(Path folder) {
        return Classes.read(folder).haveAPicture();
    }

    @Override
    public String description() {
        return folder.toString();
    }

    @Override
    public void requireFits(Network network) {
        Pictures.requireFits(folder, network);
    }

    @Override
    public TrainingSet read(Network network, Consumer<String> notes) {
        Classes classes = Classes.read(folder).requireUsable();
        ClassFolder.note(classes.skipped(), notes);
        LabelledFiles train = new LabelledFiles();
        LabelledFiles test = new LabelledFiles();
        Random random = new Random(SEED);
        for (int label = 0; label < classes.list().size(); label++) {
            split(classes.list().get(label), label, random, train, test);
        }
        int all = train.size() + test.size();
        notes.accept("test set: " + test.size() + " of " + all + " pictures, a fifth of each class, drawn with seed "
                + SEED);
        return TrainingSet.of(LabelledFiles.pictures(folder, train, test, classes.names(), network));
    }

    /** A fifth, rounded, at least one, and not all. */
    private static void split(ClassFolder each, int label, Random random, LabelledFiles train, LabelledFiles test) {
        List<Path> files = each.pictures();
        if (files.size() < 2) {
            throw DataException.of(
                    each.path(), "too few pictures", "two or more, of which a fifth is for the test", files.size());
        }
        int tests = Math.max(1, (files.size() + TEST_SHARE / 2) / TEST_SHARE);
        List<Path> shuffled = new ArrayList<>(files);
        Collections.shuffle(shuffled, random);
        Set<Path> chosen = Set.copyOf(shuffled.subList(0, tests));
        for (Path file : files) {
            (chosen.contains(file) ? test : train).add(file, label);
        }
    }
}
