package io.github.layerc.check;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The rows of a check as a table for people, as CSV, and as a file like those that JUnit leaves, which build servers show as tests. */
record CheckReport(String network, List<CheckRow> rows) {
    private static final List<String> HEAD = List.of("engine", "what", "residual", "bound", "verdict");

    CheckReport {
        rows = List.copyOf(rows);
    }

    List<CheckRow> failures() {
        return rows.stream().filter(row -> row.verdict() == Verdict.FAIL).toList();
    }

    /** Lines of aligned columns, the head first. */
    List<String> table() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        rows.forEach(row -> cells.add(List.of(
                row.engine(),
                row.what(),
                number(row.residual()),
                number(row.bound()),
                row.verdict().text())));
        int[] widths = new int[HEAD.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return cells.stream().map(line -> line(line, widths)).toList();
    }

    private static String line(List<String> cells, int[] widths) {
        return String.format(
                        Locale.ROOT,
                        "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s  %" + widths[3] + "s  %s",
                        cells.toArray())
                .stripTrailing();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1e", value);
    }

    void writeCsv(Path file) throws IOException {
        StringBuilder csv = new StringBuilder(String.join(",", HEAD)).append('\n');
        for (CheckRow row : rows) {
            csv.append(String.join(
                            ",",
                            row.engine(),
                            row.what(),
                            Double.toString(row.residual()),
                            Double.toString(row.bound()),
                            row.verdict().text()))
                    .append('\n');
        }
        Files.writeString(file, csv);
    }

    /** One test case for each row; a row whose bound is too wide to tell anything is a skipped one. */
    void writeXml(Path file) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "layerc." + network);
            xml.writeAttribute("tests", Integer.toString(rows.size()));
            xml.writeAttribute("failures", Integer.toString(failures().size()));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", Long.toString(unseen()));
            for (CheckRow row : rows) {
                xml.writeCharacters("\n  ");
                writeCase(xml, row);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        Files.writeString(file, text + "\n");
    }

    long unseen() {
        return rows.stream().filter(row -> row.verdict() == Verdict.UNSEEN).count();
    }

    private void writeCase(XMLStreamWriter xml, CheckRow row) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "layerc." + network + "." + row.engine());
        xml.writeAttribute("name", row.what());
        xml.writeAttribute("time", "0");
        String numbers = "residual=" + row.residual() + ", bound=" + row.bound();
        if (row.verdict() != Verdict.PASS) {
            boolean fails = row.verdict() == Verdict.FAIL;
            xml.writeEmptyElement(fails ? "failure" : "skipped");
            xml.writeAttribute("message", (fails ? "beyond its bound: " : "bound too wide to tell: ") + numbers);
        }
        xml.writeEndElement();
    }
}
