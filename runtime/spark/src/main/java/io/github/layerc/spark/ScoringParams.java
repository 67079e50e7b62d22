package io.github.layerc.spark;

import io.github.layerc.spark.scoring.NetworkModel;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;

/**
 * What models have in common.
 *
 * @param <S> the class itself, which its setters return
 */
public interface ScoringParams<S> extends ModelParams<S>, MLWritable {

    /** The class and its parameters. */
    NetworkModel network();

    /** How it was trained; empty histories where that was elsewhere. */
    TrainingSummary summary();

    @Override
    default MLWriter write() {
        return new ModelFiles.Writer(this, network(), summary());
    }
}
