package io.github.layerc.spark.training.shard;

import io.github.layerc.network.ClassWeights;
import io.github.layerc.spark.scoring.InvalidRows;
import io.github.layerc.spark.scoring.NetworkModel;
import io.github.layerc.spark.scoring.RowReader;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * Packs the rows of a partition.
 *
 * @param model with what its table learned
 * @param weight place of the column of weights, -1 for none
 * @param validation which rows are kept for it
 * @param drops whether rows that cannot be read are left out and counted; else the first one fails the job
 */
public record Packing(
        Broadcast<NetworkModel> model,
        RowReader reader,
        TargetReader target,
        int weight,
        Validation validation,
        boolean drops)
        implements Function2<Integer, Iterator<Row>, Iterator<Shard>> {

    @Override
    public Iterator<Shard> call(Integer partition, Iterator<Row> rows) {
        reader.fit(model.value().fitted());
        target.fit(model.value().fitted());
        ShardBuilder builder = ShardBuilder.of(model.value().network(), target.classes());
        for (long row = 0; rows.hasNext(); row++) {
            Row each = rows.next();
            String problem = problem(each);
            if (problem.isEmpty()) {
                Group group = new Group(
                        validation.keeps(each, reader.values(), target.number(each)),
                        weight < 0 ? 1 : ((Number) each.get(weight)).doubleValue(),
                        target.label());
                builder.add(group, reader.inputs(), target.targets());
            } else if (drops) {
                builder.drop();
            } else {
                throw InvalidRows.Rule.refusal(partition, row, problem);
            }
        }
        Shard shard = builder.build();
        return shard.rows() + shard.validationRows() + shard.droppedRows() == 0
                ? List.<Shard>of().iterator()
                : List.of(shard).iterator();
    }

    /** What is wrong with a row; empty where nothing is, and reader and target have read it. */
    private String problem(Row row) {
        if (!reader.read(row)) {
            return reader.problem();
        }
        if (!target.read(row)) {
            return target.problem(row);
        }
        if (weight >= 0 && !(row.get(weight) instanceof Number some && ClassWeights.accepts(some.doubleValue()))) {
            return "weight must be at least 0 and finite: value=" + row.get(weight);
        }
        return validation.problem(row);
    }
}
