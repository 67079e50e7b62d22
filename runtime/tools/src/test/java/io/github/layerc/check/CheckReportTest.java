package io.github.layerc.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

class CheckReportTest {
    private static final CheckReport REPORT = new CheckReport(
            "Net",
            List.of(
                    new CheckRow("interpreter", "cost", 1.25e-17, 0.0625, Verdict.PASS),
                    new CheckRow("generated-scalar", "gradient <\"W1\" & b1>", 0.5, 0.25, Verdict.FAIL),
                    new CheckRow("interpreter", "forward 10", 0, Double.POSITIVE_INFINITY, Verdict.UNSEEN)));

    @TempDir
    private Path folder;

    @Test
    void alignsTheColumnsOfItsTable() {
        assertThat(REPORT.table())
                .containsExactly(
                        "engine            what                  residual     bound  verdict",
                        "interpreter       cost                   1.3e-17   6.3e-02  pass",
                        "generated-scalar  gradient <\"W1\" & b1>   5.0e-01   2.5e-01  FAIL",
                        "interpreter       forward 10             0.0e+00  Infinity  unseen");
    }

    @Test
    void writesAllDigitsToTheCsv() throws IOException {
        Path file = folder.resolve("check.csv");
        REPORT.writeCsv(file);
        assertThat(file).hasContent("""
                        engine,what,residual,bound,verdict
                        interpreter,cost,1.25E-17,0.0625,pass
                        generated-scalar,gradient <"W1" & b1>,0.5,0.25,FAIL
                        interpreter,forward 10,0.0,Infinity,unseen
                        """);
    }

    /** What build servers read of it: the counts, a case for each row, and in a case what makes it no success. */
    @Test
    void writesCasesOfTestsThatXmlReadersTake() throws IOException, ParserConfigurationException, SAXException {
        Path file = folder.resolve("TEST-layerc-Net.xml");
        REPORT.writeXml(file);
        Element suite = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        assertThat(Files.readString(file)).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite ");
        assertThat(suite.getTagName()).isEqualTo("testsuite");
        assertThat(attributes(suite, "name", "tests", "failures", "errors", "skipped"))
                .containsExactly("layerc.Net", "3", "1", "0", "1");
        assertThat(attributes(child(suite, "testcase", 0), "classname", "name"))
                .containsExactly("layerc.Net.interpreter", "cost");
        assertThat(child(suite, "testcase", 0).hasChildNodes()).isFalse();
        Element failed = child(suite, "testcase", 1);
        assertThat(attributes(failed, "classname", "name"))
                .containsExactly("layerc.Net.generated-scalar", "gradient <\"W1\" & b1>");
        assertThat(attributes(child(failed, "failure", 0), "message"))
                .containsExactly("beyond its bound: residual=0.5, bound=0.25");
        assertThat(attributes(child(child(suite, "testcase", 2), "skipped", 0), "message"))
                .containsExactly("bound too wide to tell: residual=0.0, bound=Infinity");
    }

    private static Element child(Element parent, String name, int index) {
        return (Element) parent.getElementsByTagName(name).item(index);
    }

    private static List<String> attributes(Element element, String... names) {
        return List.of(names).stream().map(element::getAttribute).toList();
    }
}
