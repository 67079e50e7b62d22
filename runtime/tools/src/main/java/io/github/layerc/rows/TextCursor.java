package io.github.layerc.rows;

/** A cursor over rows of texts. A superclass, since what cursors share is how they hand out fields, which is no one else's business. */
abstract class TextCursor implements RowCursor {

    /** The fields of the row; others with the next one. */
    abstract Fields fields();

    @Override
    public String text(int column) {
        return fields().text(column);
    }

    @Override
    public double number(int column) {
        return fields().number(column, point());
    }

    @Override
    public long line() {
        return fields().line();
    }
}
