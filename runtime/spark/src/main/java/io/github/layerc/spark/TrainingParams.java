package io.github.layerc.spark;

import io.github.layerc.spark.training.Strategy;
import java.util.stream.Stream;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators$;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;

/**
 * What estimators have in common. What is not set is as the spec says.
 *
 * @param <S> the class itself, which its setters return
 */
public interface TrainingParams<S> extends ModelParams<S>, MLWritable {

    /** Name of the column of vectors. */
    String getFeaturesCol();

    /** Name of the column of labels. */
    String getLabelCol();

    @Override
    default MLWriter write() {
        return new Estimators.Writer(this);
    }

    /** Name of the generated class, with its package; it has to be set. */
    default Param<String> network() {
        return new Param<>(uid(), "network", "name of the generated class, with its package");
    }

    /** {@code auto}, {@code full_batch} or {@code averaging}. */
    default Param<String> strategy() {
        java.util.List<String> words = Stream.concat(
                        Stream.of(AUTO), Stream.of(Strategy.values()).map(Strategy::keyword))
                .toList();
        return new Param<>(
                uid(),
                "strategy",
                "full_batch: exact gradients of all rows for each step; averaging: partitions train by themselves, their parameters are averaged; auto: the cheaper one: "
                        + String.join(", ", words),
                ParamValidators$.MODULE$.inArray(words));
    }

    /** Iterations of {@code full_batch}, or rounds of {@code averaging}. */
    default IntParam maxIter() {
        return new IntParam(
                uid(), "maxIter", "iterations of full_batch, rounds of averaging", ParamValidators$.MODULE$.gtEq(1));
    }

    /** Epochs that partitions train by themselves in a round. */
    default IntParam localEpochs() {
        return new IntParam(
                uid(),
                "localEpochs",
                "epochs that partitions train by themselves in a round",
                ParamValidators$.MODULE$.gtEq(1));
    }

    /** The word of an optimizer. */
    default Param<String> optimizer() {
        return new Param<>(uid(), "optimizer", "word of an optimizer, as in a spec");
    }

    /** Learning rate. */
    default DoubleParam learningRate() {
        return new DoubleParam(uid(), "learningRate", "learning rate", ParamValidators$.MODULE$.gt(0));
    }

    /** Samples of a local step of {@code averaging}. */
    default IntParam blockSize() {
        return new IntParam(uid(), "blockSize", "rows of a local step of averaging", ParamValidators$.MODULE$.gtEq(1));
    }

    /** A training ends where the cost changes by less than this share of it. */
    default DoubleParam tol() {
        return new DoubleParam(
                uid(),
                "tol",
                "the training ends where the cost changes by less than this share of it; 0 for never",
                ParamValidators$.MODULE$.gtEq(0));
    }

    /** What the rows of each class count. */
    default DoubleArrayParam classWeights() {
        return new DoubleArrayParam(this, "classWeights", "what the rows of each class count");
    }

    /** Column of weights of rows. */
    default Param<String> weightCol() {
        return new Param<>(uid(), "weightCol", "column of the weights of rows");
    }

    /** Column that says which rows are kept for validation. */
    default Param<String> validationIndicatorCol() {
        return new Param<>(
                uid(), "validationIndicatorCol", "column that is true for rows that are kept for validation");
    }

    /** Partitions that the rows are distributed to anew, by their contents. */
    default IntParam numPartitions() {
        return new IntParam(
                uid(),
                "numPartitions",
                "partitions that the rows are distributed to anew, by their contents",
                ParamValidators$.MODULE$.gtEq(1));
    }

    /** Rows that center, scale and fill values of named columns are taken from. */
    default IntParam statisticsRows() {
        return new IntParam(
                uid(),
                "statisticsRows",
                "rows at most that center, scale and fill values of named columns are taken from",
                ParamValidators$.MODULE$.gtEq(1));
    }

    /** Seed of the first parameters and of permutations. */
    default LongParam seed() {
        return new LongParam(uid(), "seed", "seed of permutations");
    }

    /** Sets {@link #network}. */
    default S setNetwork(String className) {
        set(network(), className);
        return self();
    }

    /** Sets {@link #strategy}. */
    default S setStrategy(String value) {
        set(strategy(), value);
        return self();
    }

    /** Sets {@link #maxIter}. */
    default S setMaxIter(int value) {
        set(maxIter(), value);
        return self();
    }

    /** Sets {@link #localEpochs}. */
    default S setLocalEpochs(int value) {
        set(localEpochs(), value);
        return self();
    }

    /** Sets {@link #optimizer}. */
    default S setOptimizer(String value) {
        set(optimizer(), value);
        return self();
    }

    /** Sets {@link #learningRate}. */
    default S setLearningRate(double value) {
        set(learningRate(), value);
        return self();
    }

    /** Sets {@link #blockSize}. */
    default S setBlockSize(int value) {
        set(blockSize(), value);
        return self();
    }

    /** Sets {@link #tol}. */
    default S setTol(double value) {
        set(tol(), value);
        return self();
    }

    /** Sets {@link #classWeights}. */
    default S setClassWeights(double... value) {
        set(classWeights(), value);
        return self();
    }

    /** Sets {@link #weightCol}. */
    default S setWeightCol(String value) {
        set(weightCol(), value);
        return self();
    }

    /** Sets {@link #validationIndicatorCol}. */
    default S setValidationIndicatorCol(String value) {
        set(validationIndicatorCol(), value);
        return self();
    }

    /** Sets {@link #numPartitions}. */
    default S setNumPartitions(int value) {
        set(numPartitions(), value);
        return self();
    }

    /** Sets {@link #statisticsRows}. */
    default S setStatisticsRows(int value) {
        set(statisticsRows(), value);
        return self();
    }

    /** Sets {@link #seed}. */
    default S setSeed(long value) {
        set(seed(), value);
        return self();
    }

    /** Sets what nobody has set; for constructors. */
    default void setTrainingDefaults() {
        setModelDefaults();
        setDefault(strategy(), AUTO);
        setDefault(localEpochs(), 1);
        setDefault(tol(), 0.0);
        setDefault(statisticsRows(), 200_000);
        setDefault(seed(), 0L);
    }
}
