package io.github.layerc.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void writesElementsAttributesAndText() {
        Html html = new Html()
                .open("p", "class", "a")
                .text("one")
                .empty("br")
                .element("b", "two")
                .close();
        assertThat(html).hasToString("<p class=\"a\">one<br/><b>two</b></p>\n");
    }

    @Test
    void escapesWhateverATextHolds() {
        String hostile = "</p><script>a & 'b' \"c\"</script>\u001b[31m\u202e\ud800 \u00e9\ud83d\ude00\tx\n";
        String escaped = "&lt;/p&gt;&lt;script&gt;a &amp; 'b' &quot;c&quot;&lt;/script&gt;\\u001b[31m\\u202e\\ud800 "
                + "\u00e9\ud83d\ude00    x\n";
        assertThat(new Html().element("b", hostile)).hasToString("<b>" + escaped.replace("&quot;", "\"") + "</b>");
        assertThat(new Html().empty("img", "alt", hostile)).hasToString("<img alt=\"" + escaped + "\"/>");
    }

    @Test
    void writesCoordinatesToAHundredth() {
        assertThat(new Html().empty("circle", "r", 1.239, "cx", 3.0, "cy", -0.001))
                .hasToString("<circle r=\"1.24\" cx=\"3\" cy=\"0\"/>");
    }

    @Test
    void refusesWhatWouldBreakThePage() {
        assertThatThrownBy(() -> new Html().empty("circle", "r", Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("coordinates must be finite: coordinate=NaN");
        assertThatThrownBy(() -> new Html().empty("img", "alt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attributes must be names and values by turns: element=img");
        assertThatThrownBy(() -> new Html().open("p").open("b").toString())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("elements must be closed: open=[b, p]");
    }

    /** Escaping would change them, and a browser reads them as they are. */
    @Test
    void styleSheetsHaveNoCharacterThatIsEscaped() {
        assertThat(StyleSheet.ofPages())
                .doesNotContain("<", ">", "&")
                .contains("prefers-color-scheme: dark", "@media print");
        assertThat(new Html().element("style", StyleSheet.ofPages()))
                .hasToString("<style>" + StyleSheet.ofPages() + "</style>\n");
    }
}
