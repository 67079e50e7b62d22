package io.github.layerc.check;

/** What a row of a check says. */
enum Verdict {
    PASS("pass"),
    FAIL("FAIL"),
    /** The bound is as large as the values themselves, or larger: a wrong one would not be seen. */
    UNSEEN("unseen");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
