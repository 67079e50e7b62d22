package io.github.layerc.spark.scoring;

import java.util.Iterator;
import org.apache.spark.Dependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.classic.Dataset;
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

    /** Each task has one of its own. */
    private final AddedRow added;

    /** @param scoring what is done, with a reader of vectors */
    public ScoredRows(Dataset<?> data, BatchScoring scoring) {
        super(
                data.sparkSession().sparkContext(),
                CollectionConverters.asScala(java.util.List.<Dependency<?>>of()).toList(),
                ClassTag$.MODULE$.apply(InternalRow.class));
        this.data = data;
        this.scoring = scoring;
        this.reader = (VectorReader) scoring.reader();
        this.added = AddedRow.of(scoring.answer());
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
        return CollectionConverters.asScala(rows.hasNext() ? new Scored(rows, partition.index()) : rows);
    }

    /** Rows as Spark holds them. */
    private final class Scored extends ScoredPartition<InternalRow> {
        private final InternalRow[] taken = new InternalRow[scoring.batch()];
        private final JoinedRow joined = new JoinedRow();
        private final AddedRow own = added.copy();

        Scored(Iterator<InternalRow> rows, int partition) {
            super(rows, partition, scoring);
        }

        @Override
        boolean read(InternalRow row, Scorer to, int sample) {
            return reader.read(row, to, sample);
        }

        /** In the buffer of the batch before. */
        @Override
        void keep(InternalRow row, int at) {
            if (row instanceof UnsafeRow some && taken[at] instanceof UnsafeRow buffer) {
                buffer.copyFrom(some);
            } else {
                taken[at] = row.copy();
            }
        }

        @Override
        InternalRow joined(int at, double[] numbers) {
            return joined.apply(taken[at], own.with(numbers));
        }
    }
}
