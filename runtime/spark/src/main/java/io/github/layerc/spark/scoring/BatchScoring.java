package io.github.layerc.spark.scoring;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRow;
import org.apache.spark.util.TaskCompletionListener;

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

    /** The rows with what is added to them. */
    private final class Scored implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final Scorer scorer;
        private final Row[] taken = new Row[batch];

        /** The sample of a row that was taken, or -1 for none. */
        private final int[] samples = new int[batch];

        private final int partition;
        private final int added = answer.fields().size();
        private long read;
        private int count;
        private int next;

        Scored(Iterator<Row> rows) {
            this.rows = rows;
            this.partition = TaskContext.getPartitionId();
            this.scorer = Scorer.open(model.value(), target, batch);
            reader.fit(model.value().fitted());
            answer.of(model.value());
            TaskContext task = TaskContext.get();
            if (task != null) {
                task.addTaskCompletionListener((TaskCompletionListener) ended -> scorer.close());
            }
        }

        @Override
        public boolean hasNext() {
            while (next == count && rows.hasNext()) {
                take();
            }
            return next < count;
        }

        private void take() {
            next = 0;
            count = 0;
            int run = 0;
            while (count < batch && rows.hasNext()) {
                Row row = rows.next();
                if (reader.read(row)) {
                    reader.give(scorer, run);
                    samples[count] = run++;
                    taken[count++] = row;
                } else if (invalid.keeps(partition, read, reader.problem(row))) {
                    samples[count] = -1;
                    taken[count++] = row;
                }
                read++;
            }
            scorer.predict(run);
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Row row = taken[next];
            int size = row.size();
            Object[] values = new Object[size + added];
            for (int i = 0; i < size; i++) {
                values[i] = row.get(i);
            }
            if (samples[next] < 0) {
                answer.writeNothing(values, size);
            } else {
                answer.write(scorer, samples[next], values, size);
            }
            next++;
            return new GenericRow(values);
        }
    }
}
