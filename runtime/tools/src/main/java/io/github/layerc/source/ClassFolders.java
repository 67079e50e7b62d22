package io.github.layerc.source;

import io.github.layerc.data.DataException;
import io.github.layerc.network.Network;
import io.github.layerc.pictures.Pictures;
import io.github.layerc.pictures.folder.ClassFolder;
import io.github.layerc.pictures.folder.ClassFolder.Classes;
import io.github.layerc.pictures.folder.LabelledFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A folder with a folder of pictures for each class, of which a fifth becomes the test set: the same fifth as long as the files are the same. */
record ClassFolders(Path folder) implements DataSource {
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
        TestShare share = new TestShare();
        for (int label = 0; label < classes.list().size(); label++) {
            split(classes.list().get(label), label, share, train, test);
        }
        int all = train.size() + test.size();
        notes.accept("test set: " + test.size() + " of " + all + " pictures, a fifth of each class, drawn with seed "
                + TestShare.SEED);
        return TrainingSet.of(LabelledFiles.pictures(folder, train, test, classes.names(), network));
    }

    private static void split(ClassFolder each, int label, TestShare share, LabelledFiles train, LabelledFiles test) {
        List<Path> files = each.pictures();
        if (files.size() < TestShare.FEWEST) {
            throw DataException.of(
                    each.path(), "too few pictures", "two or more, of which a fifth is for the test", files.size());
        }
        Set<Integer> tests = share.draw(files.size());
        for (int i = 0; i < files.size(); i++) {
            (tests.contains(i) ? test : train).add(files.get(i), label);
        }
    }
}
