package io.github.layerc.source;

import io.github.layerc.data.DataException;
import io.github.layerc.network.Network;
import io.github.layerc.pictures.Pictures;
import io.github.layerc.pictures.folder.ClassFolder;
import io.github.layerc.pictures.folder.ClassFolder.Classes;
import io.github.layerc.pictures.folder.LabelledFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A folder with the folders {@code train} and {@code test}, each with a folder of pictures for each class. */
record SplitClassFolders(Path folder) implements DataSource {
    private static final String TRAIN = "train";
    private static final String TEST = "test";

    /** One of them is enough: then the other one is what is missing. */
    static boolean isIn(Path folder) {
        return Stream.of(TRAIN, TEST)
                .map(folder::resolve)
                .anyMatch(part -> Files.isDirectory(part) && Classes.read(part).haveAPicture());
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
        Classes trainClasses = part(TRAIN);
        Classes testClasses = part(TEST);
        if (!testClasses.names().equals(trainClasses.names())) {
            throw DataException.of(
                    testClasses.folder(),
                    "classes must be those of " + TRAIN,
                    trainClasses.names().toString(),
                    testClasses.names());
        }
        int beside = ClassFolder.entries(folder).size() - 2;
        ClassFolder.note(beside + trainClasses.skipped() + testClasses.skipped(), notes);
        return TrainingSet.of(LabelledFiles.pictures(
                folder, files(trainClasses.list()), files(testClasses.list()), trainClasses.names(), network));
    }

    private Classes part(String name) {
        Path part = folder.resolve(name);
        if (!Files.isDirectory(part)) {
            throw DataException.of(part, "no such folder", "folders of pictures, one for each class", "nothing");
        }
        return Classes.read(part).requireUsable();
    }

    private static LabelledFiles files(List<ClassFolder> classes) {
        LabelledFiles files = new LabelledFiles();
        for (int label = 0; label < classes.size(); label++) {
            for (Path file : classes.get(label).pictures()) {
                files.add(file, label);
            }
        }
        return files;
    }
}
