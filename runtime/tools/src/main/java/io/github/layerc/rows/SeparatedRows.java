package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import java.util.List;

/**
 * Rows of separated fields, one for each column.
 *
 * @param rule what a row with more or fewer fields breaks
 * @param expected how many there are to be, in words
 */
record SeparatedRows(SeparatedText text, List<String> columns, char point, String rule, String expected)
        implements RowSource {

    SeparatedRows {
        columns = List.copyOf(columns);
    }

    @Override
    public void into(Fields fields) {
        text.into(fields);
    }

    @Override
    public boolean next() {
        if (!text.next()) {
            return false;
        }
        Fields fields = text.fields();
        if (fields.count() != columns.size()) {
            throw DataException.of(text.path() + ":" + fields.line(), rule, expected, fields.count());
        }
        fields.end(columns.size());
        return true;
    }

    @Override
    public void close() {
        text.close();
    }
}
