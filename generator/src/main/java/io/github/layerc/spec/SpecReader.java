package io.github.layerc.spec;

import io.github.layerc.network.Network;
import io.github.layerc.spec.text.Position;
import io.github.layerc.spec.text.SpecErrors;
import io.github.layerc.spec.text.SpecException;
import io.github.layerc.spec.text.SpecText;
import io.github.layerc.spec.text.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a spec: YAML in UTF-8, one mapping. It is strict, so that a slip of the pen is an error and never another network: unknown and
 * duplicate keys, aliases, anchors and tags are refused, numbers are decimal, sizes are checked against each other. Keys that are left out
 * have the defaults of the network package.
 *
 * <pre>
 * network: CatNet4
 * package: io.github.layerc.examples
 * input: {shape: [64, 64, 3], scale: 1/255}
 * layer_dims: [12288, 20, 7, 5, 1]
 * </pre>
 */
public final class SpecReader {
    private SpecReader() {}

    /**
     * The spec in a file; errors show the file's simple name, see {@link SpecException#withFile}.
     *
     * @throws SpecException with every error of the spec
     * @throws IOException if the file cannot be read
     */
    public static Spec read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(SpecText.LIMIT + 1);
        }
        String fileName = file.getFileName().toString();
        return read(fileName, SpecText.decode(bytes, new SpecErrors(fileName)));
    }

    /**
     * The spec in {@code text}.
     *
     * @param fileName how errors and the result call it
     * @throws SpecException with every error of the spec
     */
    public static Spec read(String fileName, String text) {
        SpecErrors errors = new SpecErrors(fileName);
        String checked = SpecText.checked(text, errors);
        NetworkReader reader = new NetworkReader(errors, YamlTree.of(checked, errors));
        Network network = reader.read();
        Position name = reader.nameAt();
        return new Spec(fileName, checked, network, reader.table(), name.line(), name.column());
    }
}
