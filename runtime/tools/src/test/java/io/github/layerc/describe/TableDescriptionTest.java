package io.github.layerc.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableDescriptionTest {
    @TempDir
    private Path folder;

    private String yaml(String name, String text, String... label) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return TableDescription.of(file, label.length == 0 ? Optional.empty() : Optional.of(label[0]))
                .yaml();
    }

    @Test
    void proposesKindsRulesAndALabel() throws IOException {
        String people = """
                name,age,city,member,const,grade
                Anna,34,"Berlin, Mitte",yes,7,good
                Bob,,Paris,no,7,bad
                Cleo,51,Paris,yes,7,good
                Dan,29,,no,7,bad
                Eve,45,Rome,,7,good
                Finn,38,Rome,no,7,bad
                """;

        assertThat(yaml("some-people.csv", people)).isEqualTo("""
                # some-people.csv: 6 rows, 6 columns
                network: SomePeople
                package: com.example
                input:
                  columns:
                    # name is left out, text with too many different values: 6 different
                    - {name: age, transform: standardize, missing: mean}    # 29 to 51, mean 39.40, 5 different, 1 missing
                    - {name: city, values: ["Berlin, Mitte", Paris, Rome], missing: indicator}    # Berlin, Mitte 1, Paris 2, Rome 2, 1 missing
                    - {name: member, kind: boolean, missing: indicator}    # no 3, yes 2, 1 missing
                    # const is left out, nothing to learn from: 7 to 7, mean 7, 1 different
                output: {label: grade, classes: [bad, good]}    # bad 3, good 3
                layers:
                  - {units: 16, activation: relu}
                  - {units: 1, activation: sigmoid}
                loss: binary_cross_entropy
                training: {optimizer: adam, learning_rate: 0.001, epochs: 100, batch: 32, validation: 0.2}
                """);
    }

    @Test
    void putsNumbersWithNumberedNamesTogether() throws IOException {
        StringBuilder csv = new StringBuilder("p_0_0,p_0_1,p_1_0,p_1_1,s8,s9,s10,y\n");
        for (int i = 0; i < 30; i++) {
            csv.append(String.format("%d,%d,%d,%d,%d,%d,%d,%d.5%n", i, i, i, i, i, i, i, i));
        }

        assertThat(yaml("1.csv", csv.toString()))
                .contains("network: Table1\n")
                .contains("    - {name: \"p_{0..1}_{0..1}\", transform: standardize}    # 4 numbers, the first 0 to 29")
                .contains("    - {name: \"s{8..10}\", transform: standardize}    # 3 numbers")
                .contains(
                        "output: {targets: [{name: y, transform: standardize}]}    # 0.5000 to 29.50, mean 15, 30 different")
                .contains("activation: identity}\nloss: mean_squared_error\n");
        assertThat(yaml("1.csv", csv.toString(), "p_0_0")).contains("output: {targets: [{name: p_0_0,");
    }

    @Test
    void quotesWhatYamlWouldMisread() throws IOException {
        String yaml = yaml(
                "q.csv", "\"a: b\",true,\"x\"\"y\",\"#c\"\n1,1,1,null x\n2,2,2,\"- d\"\n3,3,3,\"- d\"\n4,4,4,null x\n");

        assertThat(yaml)
                .contains("{name: \"a: b\",")
                .contains("{name: \"true\",")
                .contains("{name: \"x\\\"y\",")
                .contains("output: {label: \"#c\", classes: [\"- d\", null x]}");
    }

    @Test
    void refusesInOneLine() {
        Path file = folder.resolve("t.csv");
        assertThatThrownBy(() -> yaml("t.csv", "a,b\n1,2\n", "c"))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": no such column: expected a, b: found c");
        assertThatThrownBy(() -> yaml("t.csv", "a\n1\n"))
                .hasMessage(file + ": too few columns: expected one to predict, and others: found 1");
        assertThatThrownBy(() -> yaml("t.csv", "a,b\n"))
                .hasMessage(file + ": no rows: expected one or more behind the names of the columns: found none");
    }
}
