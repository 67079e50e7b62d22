package io.github.layerc.spark.scoring;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.Dependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * The work of {@link BatchScoring} on rows as Spark holds them: no vector becomes an object, no column is unpacked and packed again. The plan of the rows is made when the first partition is asked
 * for, so that this is as lazy as any transformation. Rows come in buffers that the next batch overwrites, as Spark's own operators have them.
 */
public final class ScoredRows extends RDD<InternalRow> {
    private static final long serialVersionUID = 1;

    /** On the driver only. */
    private final transient Dataset<?> data;

    private transient RDD<InternalRow> source;
    private final BatchScoring scoring;
    private final VectorReader reader;

    /** @param scoring what is done, with a reader of vectors */
    public ScoredRows(Dataset<?> data, BatchScoring scoring) {
        super(
                data.sparkSession().sparkContext(),
                CollectionConverters.asScala(java.util.List.<Dependency<?>>of()).toList(),
                ClassTag$.MODULE$.apply(InternalRow.class));
        this.data = data;
        this.scoring = scoring;
        this.reader = (VectorReader) scoring.reader();
    }

    private synchronized RDD<InternalRow> source() {
        if (source == null) {
            source = data.queryExecution().toRdd();
        }
        return source;
    }

    @Override
    public Seq<Dependency<?>> getDependencies() {
        return CollectionConverters.asScala(java.util.List.<Dependency<?>>of(new OneToOneDependency<>(source())))
                .toList();
    }

    @Override
    public Partition[] getPartitions() {
        return source().partitions();
    }

    @Override
    public scala.collection.Iterator<InternalRow> compute(Partition partition, TaskContext task) {
        RDD<InternalRow> parent = firstParent(elementClassTag());
        Iterator<InternalRow> rows = CollectionConverters.asJava(parent.iterator(partition, task));
        return CollectionConverters.asScala(rows.hasNext() ? new Scored(rows, partition.index(), task) : rows);
    }

    /** The rows with what is added to them. */
    private final class Scored implements Iterator<InternalRow> {
        private final Iterator<InternalRow> rows;
        private final int partition;
        private final Scorer scorer;
        private final Answer answer = scoring.answer();
        private final InternalRow[] taken = new InternalRow[scoring.batch()];

        /** The sample of a row that was taken, or -1 for none. */
        private final int[] samples = new int[scoring.batch()];

        private final Object[] added = new Object[answer.fields().size()];
        private final JoinedRow joined = new JoinedRow();

        @SuppressWarnings("unchecked")
        private final UserDefinedType<Vector> vectors = (UserDefinedType<Vector>) SQLDataTypes.VectorType();

        private long read;
        private int count;
        private int next;

        Scored(Iterator<InternalRow> rows, int partition, TaskContext task) {
            Broadcast<NetworkModel> model = scoring.model();
            this.rows = rows;
            this.partition = partition;
            this.scorer = Scorer.open(model.value(), scoring.target(), scoring.batch());
            answer.of(model.value());
            task.addTaskCompletionListener((TaskCompletionListener) ended -> scorer.close());
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
            while (count < taken.length && rows.hasNext()) {
                InternalRow row = rows.next();
                boolean readable = reader.read(row);
                if (readable) {
                    reader.give(scorer, run);
                    samples[count] = run++;
                    keep(row);
                } else if (scoring.invalid().keeps(partition, read, reader.problem())) {
                    samples[count] = -1;
                    keep(row);
                }
                read++;
            }
            scorer.predict(run);
        }

        /** A copy in the buffer of the batch before. */
        private void keep(InternalRow row) {
            if (row instanceof UnsafeRow some) {
                if (!(taken[count] instanceof UnsafeRow buffer)) {
                    taken[count] = some.copy();
                } else {
                    buffer.copyFrom(some);
                }
            } else {
                taken[count] = row.copy();
            }
            count++;
        }

        @Override
        public InternalRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (samples[next] < 0) {
                answer.writeNothing(added, 0);
            } else {
                answer.write(scorer, samples[next], added, 0);
            }
            for (int i = 0; i < added.length; i++) {
                added[i] = added[i] instanceof Vector vector ? vectors.serialize(vector) : added[i];
            }
            return joined.apply(taken[next++], new GenericInternalRow(added));
        }
    }
}
