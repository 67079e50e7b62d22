package io.github.layerc.spark.scoring;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRow;

/**
 * The work of a task: the rows of a partition, in their order, a batch at a time through one instance of the class.
 *
 * @param model that every executor has once
 * @param reader of the rows
 * @param answer what is added to them
 * @param target and {@code batch}, see {@link Scorer#open}
 * @param invalid what is done with rows that cannot be read
 */
public record BatchScoring(
        Broadcast<NetworkModel> model, RowReader reader, Answer answer, String target, int batch, InvalidRows invalid)
        implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return rows.hasNext() ? new Scored(rows) : rows;
    }

    /** Rows as users have them. */
    private final class Scored extends ScoredPartition<Row> {
        private final Row[] taken = new Row[batch];
        private final List<Answer.Added> added = answer.added();

        Scored(Iterator<Row> rows) {
            super(rows, TaskContext.getPartitionId(), BatchScoring.this);
        }

        @Override
        boolean read(Row row, Scorer to, int sample) {
            if (!reader.read(row)) {
                return false;
            }
            reader.give(to, sample);
            return true;
        }

        @Override
        void keep(Row row, int at) {
            taken[at] = row;
        }

        @Override
        Row joined(int at, double[] numbers) {
            Row row = taken[at];
            int size = row.size();
            Object[] all = new Object[size + added.size()];
            for (int i = 0; i < size; i++) {
                all[i] = row.get(i);
            }
            int from = 0;
            for (int i = 0; i < added.size(); i++) {
                all[size + i] = added.get(i).value(numbers, from);
                from += added.get(i).size();
            }
            return new GenericRow(all);
        }
    }
}
