package io.github.layerc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecFolderTest {

    @TempDir
    Path root;

    @Test
    void readsAllSpecsBelowTheFolderInTheOrderOfTheirPaths() throws IOException {
        write("b.yaml", "network: B\npackage: p\nlayer_dims: [2, 1]\n");
        write("a/c.yaml", "network: C\npackage: p\nlayer_dims: [2, 1]\n");
        write("notes.txt", "no spec");
        SpecFolder folder = read();
        assertThat(folder.problems()).isEmpty();
        assertThat(folder.specs()).extracting(NamedSpec::place).containsExactly("networks/a/c.yaml", "networks/b.yaml");
        assertThat(folder.find("B").network().className()).isEqualTo("p.B");
        assertThat(folder.find("p.C").place()).isEqualTo("networks/a/c.yaml");
    }

    @Test
    void namesTheNetworksThatThereAre() throws IOException {
        write("b.yaml", "network: B\npackage: p\nlayer_dims: [2, 1]\n");
        write("a.yaml", "network: A\npackage: p\nlayer_dims: [2, 1]\n");
        write("c.yaml", "network: A\npackage: q\nlayer_dims: [2, 1]\n");
        SpecFolder folder = read();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> folder.find("D"))
                .withMessage("unknown network: expected one of A, A, B: layerc.network=D");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> folder.find("A"))
                .withMessage("more than one network of this name: expected one of p.A, q.A: layerc.network=A");
        assertThat(folder.find("q.A").place()).isEqualTo("networks/c.yaml");
    }

    @Test
    void hasNoSpecsWhereThereIsNoFolder() throws IOException {
        SpecFolder folder = read();
        assertThat(folder.files()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> folder.find("A"))
                .withMessage("no specs in " + root.resolve("networks") + ": expected a file that ends in .yaml: "
                        + "layerc.network=A");
    }

    @Test
    void collectsTheErrorsOfAllSpecsWithTheirPlaces() throws IOException {
        write("a.yaml", "network: A\nlayer_dims: [2, 0]\ncolour: red\n");
        write("b.yaml", "network: B\nlayer_dims: [2, 1]\n");
        write("c.yaml", "network: C\n");
        SpecFolder folder = read();
        assertThat(folder.specs()).extracting(NamedSpec::place).containsExactly("networks/b.yaml");
        assertThat(folder.files()).hasSize(3);
        assertThat(folder.problems())
                .extracting(Problem::toString)
                .hasSize(3)
                .anyMatch(line -> line.startsWith("networks/a.yaml:2:17: ") && line.endsWith("units=0"))
                .anyMatch(line -> line.startsWith("networks/a.yaml:3:1: ") && line.contains("colour"))
                .anyMatch(line -> line.startsWith("networks/c.yaml:1:1: "));
    }

    @Test
    void refusesTwoSpecsOfOneClassAlsoWhereFileNamesIgnoreCase() throws IOException {
        write("a.yaml", "network: Net\npackage: p\nlayer_dims: [2, 1]\n");
        write("b.yaml", "network: NET\npackage: p\nlayer_dims: [2, 1]\n");
        assertThat(read().problems())
                .extracting(Problem::toString)
                .containsExactly("networks/b.yaml: class p.NET is generated from networks/a.yaml already");
    }

    /** A network has classes behind its public one, which are another network's public class only by mistake. */
    @Test
    void refusesASpecWhoseClassIsAnothersKernels() throws IOException {
        write("a.yaml", "network: Net\npackage: p\nlayer_dims: [2, 1]\n");
        write("b.yaml", "network: NetVector\npackage: p\nlayer_dims: [2, 1]\n");
        assertThat(read().problems())
                .extracting(Problem::toString)
                .containsExactly("networks/b.yaml: class p.NetVector is generated from networks/a.yaml already");
    }

    private SpecFolder read() throws IOException {
        return SpecFolder.read(root.resolve("networks"), root);
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve("networks").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
