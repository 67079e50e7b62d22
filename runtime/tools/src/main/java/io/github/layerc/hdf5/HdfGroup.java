package io.github.layerc.hdf5;

import io.github.layerc.data.DataException;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A group of an HDF5 file: the datasets and groups in it, and its attributes. A link is never followed: it can lead to another file. */
public final class HdfGroup {
    /** Groups within groups: hard links can make a circle of them, in which a path has no end. */
    private static final int MOST_LEVELS = 32;

    private final HdfSource source;
    private final String path;
    private final Group group;

    /** @param path from the root on, with a slash behind it; empty of the root */
    HdfGroup(HdfSource source, String path, Group group) {
        this.source = source;
        this.path = path;
        this.group = group;
    }

    /** Of all that is in it, in order. */
    public SortedSet<String> names() {
        return HdfSource.guarded(
                source.path(), () -> new TreeSet<>(group.getChildren().keySet()));
    }

    public boolean has(String name) {
        return HdfSource.guarded(source.path(), () -> group.getChildren().containsKey(name));
    }

    /** @throws DataException if there is no dataset of this name */
    public HdfArray array(String name) {
        Node node = child(name, "dataset");
        if (node instanceof io.jhdf.api.Dataset dataset) {
            return HdfSource.guarded(source.path(), () -> new HdfArray(source, path + name, dataset));
        }
        throw isNot(name, "a dataset", node);
    }

    /**
     * A group in this one, or further below.
     *
     * @param names from here on, with slashes between them
     * @throws DataException if there is none, or it lies too deep
     */
    public HdfGroup group(String names) {
        long levels = (path + names).chars().filter(c -> c == '/').count() + 1;
        if (levels > MOST_LEVELS) {
            throw DataException.of(source.path(), "groups within groups", "at most " + MOST_LEVELS, levels);
        }
        HdfGroup at = this;
        for (String name : names.split("/", -1)) {
            Node node = at.child(name, "group");
            if (!(node instanceof Group below)) {
                throw at.isNot(name, "a group", node);
            }
            at = new HdfGroup(source, at.path + name + "/", below);
        }
        return at;
    }

    private Node child(String name, String what) {
        Node node = HdfSource.guarded(source.path(), () -> group.getChildren().get(name));
        if (node == null) {
            String found = String.join(", ", names());
            throw DataException.of(
                    source.path(), "missing " + what, path + name, found.isEmpty() ? "no datasets" : found);
        }
        return node;
    }

    private DataException isNot(String name, String what, Node node) {
        String found = HdfSource.guarded(
                source.path(),
                () -> node instanceof Link link
                        ? "a link to " + link.getTargetPath()
                        : node.getType().toString().toLowerCase(Locale.ROOT));
        return DataException.of(source.path(), path + name + " must be " + what, what + " of this file", found);
    }

    /**
     * The texts of an attribute, one or an array of them, of any length or all of one; empty where there is no such attribute, or it holds no texts, as
     * that of an empty list of Python.
     *
     * @throws DataException if it is damaged
     */
    public Optional<List<String>> texts(String attribute) {
        return HdfSource.guarded(source.path(), () -> {
            Attribute found = group.getAttributes().get(attribute);
            if (found == null || found.getJavaType() != String.class) {
                return Optional.<List<String>>empty();
            }
            requireRoom(attribute, found);
            Object data = found.getData();
            return Optional.of(
                    data instanceof Object[] many
                            ? Arrays.stream(many).map(String::valueOf).toList()
                            : List.of(String.valueOf(data)));
        });
    }

    /** A shape that is damaged would make an array of any size. */
    private void requireRoom(String attribute, Attribute found) {
        DataType type = found.getDataType();
        long most = found.getBuffer().remaining() / Math.max(1, type.getSize());
        if (found.getDimensions().length > 1 || found.getSize() < 0 || found.getSize() > most) {
            throw DataException.of(
                    source.path(),
                    path + attribute + ": damaged attribute",
                    "at most " + most + " texts",
                    HdfArray.tuple(found.getDimensionsAsLong()));
        }
    }
}
