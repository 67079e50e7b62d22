package io.github.layerc.generation;

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
                .withMessage("no specs in " + root.resolve("networks")
                        + ": expected a file that ends in .yaml or .yml: " + "layerc.network=A");
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
                .containsExactly(
                        "networks/b.yaml:1:10: class p.NET is generated from networks/a.yaml already: network=NET");
    }

    /** A network has classes behind its public one, which are another network's public class only by mistake. */
    @Test
    void refusesASpecWhoseClassIsAnothersKernels() throws IOException {
        write("a.yaml", "network: Net\npackage: p\nlayer_dims: [2, 1]\n");
        write("b.yaml", "network: NetVector\npackage: p\nlayer_dims: [2, 1]\n");
        assertThat(read().problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "networks/b.yaml:1:10: class p.NetVector is generated from networks/a.yaml already: network=NetVector");
    }

    @Test
    void refusesAClassThatIsAPackageOfAnother() throws IOException {
        write("a.yaml", "package: p\nnetwork: q\nlayer_dims: [2, 1]\n");
        write("b.yaml", "network: Net\npackage: p.qVector.r\nlayer_dims: [2, 1]\n");
        assertThat(read().problems())
                .extracting(Problem::toString)
                .containsExactly("networks/a.yaml:2:10: class p.qVector must not have the name of a package of"
                        + " networks/b.yaml: network=q");
    }

    @Test
    void readsBothEndingsAndNamesThoseInCapitals() throws IOException {
        write("a.yml", "network: A\nlayer_dims: [2, 1]\n");
        write("b.yaml", "network: B\nlayer_dims: [2, 1]\n");
        write("c.YAML", "network: C\nlayer_dims: [2, 1]\n");
        write("d.Yml", "no spec");
        write("e.yamls", "no spec");
        SpecFolder folder = read();
        assertThat(folder.problems()).isEmpty();
        assertThat(folder.specs()).extracting(NamedSpec::place).containsExactly("networks/a.yml", "networks/b.yaml");
        assertThat(folder.notices())
                .containsExactlyInAnyOrder(
                        "networks/c.YAML: not read: expected an ending in lower case, .yaml or .yml, found .YAML",
                        "networks/d.Yml: not read: expected an ending in lower case, .yaml or .yml, found .Yml");
    }

    @Test
    void refusesTwoSpecsWhoseSchedulesWouldBeOneFile() throws IOException {
        write("a.yaml", "network: A\nlayer_dims: [2, 1]\n");
        write("a.yml", "network: B\nlayer_dims: [2, 1]\n");
        assertThat(read().problems())
                .extracting(Problem::toString)
                .containsExactly("networks/a.yml: expected another file name, since measured schedules of"
                        + " networks/a.yaml would lie in the same a.tuned");
    }

    @Test
    void followsLinksToFilesAndFoldersAndIsOneItself() throws IOException {
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere/sub"));
        Files.writeString(elsewhere.resolve("a.yaml"), "network: A\nlayer_dims: [2, 1]\n");
        Files.writeString(root.resolve("single.txt"), "network: B\nlayer_dims: [2, 1]\n");
        Path real = Files.createDirectories(root.resolve("real"));
        Files.createSymbolicLink(real.resolve("linked"), root.resolve("elsewhere"));
        Files.createSymbolicLink(real.resolve("b.yaml"), Path.of("../single.txt"));
        Files.createSymbolicLink(root.resolve("networks"), real);
        SpecFolder folder = read();
        assertThat(folder.problems()).isEmpty();
        assertThat(folder.exists()).isTrue();
        assertThat(folder.specs())
                .extracting(NamedSpec::place)
                .containsExactly("networks/b.yaml", "networks/linked/sub/a.yaml");
    }

    @Test
    void saysWhichLinksLeadNowhereOrInACircle() throws IOException {
        write("a.yaml", "network: A\nlayer_dims: [2, 1]\n");
        Path folder = root.resolve("networks");
        Files.createSymbolicLink(folder.resolve("b.yaml"), Path.of("gone.yaml"));
        Files.createSymbolicLink(folder.resolve("c"), Path.of("gone"));
        Files.createSymbolicLink(folder.resolve("circle"), Path.of("."));
        Files.createSymbolicLink(folder.resolve("self.yaml"), Path.of("self.yaml"));
        assertThat(read().problems())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "networks/b.yaml: link to nothing: expected a file or a folder: link=gone.yaml",
                        "networks/c: link to nothing: expected a file or a folder: link=gone",
                        "networks/circle: link to a folder that it lies in: expected folders without a circle",
                        "networks/self.yaml: link to nothing: expected a file or a folder: link=self.yaml");
    }

    @Test
    void refusesAFolderThatIsNone() throws IOException {
        Files.writeString(root.resolve("networks"), "");
        assertThat(read().problems())
                .extracting(Problem::toString)
                .containsExactly("networks: expected a folder of specs, found a file");
        Files.delete(root.resolve("networks"));
        Files.createSymbolicLink(root.resolve("networks"), Path.of("gone"));
        assertThat(read().problems())
                .extracting(Problem::toString)
                .containsExactly("networks: link to nothing: expected a file or a folder: link=gone");
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
