package io.github.layerc.spark;

import io.github.layerc.engine.Target;
import io.github.layerc.spark.scoring.InvalidRows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators$;
import org.apache.spark.ml.param.Params;

/**
 * What models and estimators have in common: how the class runs. Two parameters of one name and owner are equal, so that none has to be kept in a field.
 *
 * @param <S> the class itself, which its setters return
 */
public interface ModelParams<S> extends Params {
    /** Samples at a time where nobody says how many: their outputs and inputs stay in the caches. */
    int USUAL_BATCH = 256;

    /** What stands for the choice of the class. */
    String AUTO = "auto";

    /** Words of {@link #target}. */
    List<String> TARGETS = Stream.concat(
                    Stream.of(AUTO), Arrays.stream(Target.values()).map(Target::keyword))
            .toList();

    /** Number of samples that go through the class at a time. */
    default IntParam batchSize() {
        return new IntParam(
                uid(), "batchSize", "rows that go through the class at a time", ParamValidators$.MODULE$.gtEq(1));
    }

    /** {@code auto}, {@code vector} for the Vector API, or {@code scalar}. */
    default Param<String> target() {
        return new Param<>(
                uid(),
                "target",
                "what the class runs on: " + String.join(", ", TARGETS),
                ParamValidators$.MODULE$.inArray(TARGETS));
    }

    /** {@code error}, {@code skip} or {@code keep}: what is done with rows that cannot be read. */
    default Param<String> handleInvalid() {
        List<String> words = InvalidRows.Rule.keywords();
        return new Param<>(
                uid(),
                "handleInvalid",
                "what is done with rows that cannot be read: " + String.join(", ", words),
                ParamValidators$.MODULE$.inArray(words));
    }

    /** Sets {@link #batchSize}. */
    default S setBatchSize(int value) {
        set(batchSize(), value);
        return self();
    }

    /** Sets {@link #target}. */
    default S setTarget(String value) {
        set(target(), value);
        return self();
    }

    /** Sets {@link #handleInvalid}. */
    default S setHandleInvalid(String value) {
        set(handleInvalid(), value);
        return self();
    }

    /** The value of {@link #batchSize}. */
    default int getBatchSize() {
        return (Integer) getOrDefault(batchSize());
    }

    /** The value of {@link #target}. */
    default String getTarget() {
        return getOrDefault(target());
    }

    /** The value of {@link #handleInvalid}. */
    default String getHandleInvalid() {
        return getOrDefault(handleInvalid());
    }

    /** The target as engines take it. */
    default String engine() {
        return getTarget().equals(AUTO) ? "" : getTarget();
    }

    /** This instance. */
    @SuppressWarnings("unchecked")
    default S self() {
        return (S) this;
    }

    /** Sets what nobody has set; for constructors. */
    default void setModelDefaults() {
        setDefault(batchSize(), USUAL_BATCH);
        setDefault(target(), AUTO);
        setDefault(handleInvalid(), InvalidRows.Rule.ERROR.keyword());
    }
}
