package io.github.layerc.spark.scoring;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The rows of a partition with what is added to them, in their order: a batch is read, run, and given out before the next one.
 *
 * @param <R> what a row is: that of users, or as Spark holds it
 */
abstract class ScoredPartition<R> implements Iterator<R> {
    /** Stands for a row that has no sample. */
    private static final int NONE = -1;

    private final Iterator<R> rows;
    private final int partition;
    private final BatchScoring scoring;
    private final Scorer scorer;

    /** Of each row that was taken. */
    private final int[] samples;

    /** Those of the row that is given out. */
    private final double[] numbers;

    private long read;
    private int count;
    private int next;

    ScoredPartition(Iterator<R> rows, int partition, BatchScoring scoring) {
        NetworkModel model = scoring.model().value();
        this.rows = rows;
        this.partition = partition;
        this.scoring = scoring;
        this.samples = new int[scoring.batch()];
        this.numbers = new double[scoring.answer().numbers()];
        this.scorer = Scorer.open(model, scoring.target(), scoring.batch());
        closeWithTask(scorer);
        scoring.reader().fit(model.fitted());
        scoring.answer().of(model);
    }

    /** For a task that ends before its rows do. */
    private static void closeWithTask(Scorer scorer) {
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> scorer.close());
        }
    }

    /** Reads the inputs of a row into a sample; whether they are all there. */
    abstract boolean read(R row, Scorer to, int sample);

    /** Keeps a row of the batch; where it comes from, it may be overwritten by the next one. */
    abstract void keep(R row, int at);

    /** A row that was kept, with the numbers of what is added to it. */
    abstract R joined(int at, double[] numbers);

    @Override
    public final boolean hasNext() {
        while (next == count && rows.hasNext()) {
            take();
        }
        if (next == count) {
            // a task may go through many partitions
            scorer.close();
        }
        return next < count;
    }

    private void take() {
        next = 0;
        count = 0;
        int run = 0;
        while (count < samples.length && rows.hasNext()) {
            R row = rows.next();
            if (read(row, scorer, run)) {
                samples[count] = run++;
                keep(row, count++);
            } else if (scoring.invalid().keeps(partition, read, scoring.reader().problem())) {
                samples[count] = NONE;
                keep(row, count++);
            }
            read++;
        }
        scorer.predict(run);
    }

    @Override
    public final R next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (samples[next] == NONE) {
            Arrays.fill(numbers, Double.NaN);
        } else {
            scoring.answer().write(scorer, samples[next], numbers);
        }
        return joined(next++, numbers);
    }
}
