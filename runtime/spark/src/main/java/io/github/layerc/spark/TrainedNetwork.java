package io.github.layerc.spark;

import io.github.layerc.spark.scoring.Answer;
import io.github.layerc.spark.scoring.NetworkModel;
import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;

/** What both models are made of: a class with its parameters, how it was trained, and an instance for single vectors. */
final class TrainedNetwork implements Serializable {
    private static final long serialVersionUID = 1;

    private final NetworkModel model;
    private final TrainingSummary summary;

    /** Opened when the first vector comes, and anew for another target. */
    private transient Scoring.OneRow single;

    private transient String target;

    TrainedNetwork(NetworkModel model, TrainingSummary summary) {
        this.model = model;
        this.summary = summary;
    }

    NetworkModel model() {
        return model;
    }

    TrainingSummary summary() {
        return summary;
    }

    /** What the class answers to one vector. */
    synchronized Object call(String wanted, Supplier<Answer> answer, Vector features) {
        if (single == null || !wanted.equals(target)) {
            single = new Scoring.OneRow(() -> model, wanted, answer.get());
            target = wanted;
        }
        return single.call(features);
    }

    /** Another model of the same network, with the name and the parameters of a first one and some more. */
    <M extends Model<M>> M copy(M first, ParamMap more, Estimators.Constructor<M> constructor) {
        M copied = Uid.with(first.uid(), () -> constructor.apply(model, summary));
        return first.copyValues(copied, more).setParent(first.parent());
    }
}
