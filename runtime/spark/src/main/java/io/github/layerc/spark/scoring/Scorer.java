package io.github.layerc.spark.scoring;

import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/** Samples on their way through an instance of a class, a batch at a time. It owns the instance, and belongs to the thread of its task. */
public interface Scorer extends AutoCloseable {

    /**
     * A scorer of a model.
     *
     * @param target {@code vector}, {@code scalar}, or empty for the choice of the class
     * @param batch samples at a time
     */
    static Scorer open(NetworkModel model, String target, int batch) {
        Engine engine = model.open(target, batch);
        return engine instanceof FloatEngine some
                ? new FloatScorer(some, batch)
                : new DoubleScorer((DoubleEngine) engine, batch);
    }

    /** Samples of a batch. */
    int batch();

    /** Inputs of a sample. */
    int inputs();

    /** Outputs of a sample. */
    int outputs();

    /** Sets a sample, which has as many values as the network has inputs. */
    void set(int sample, double[] values);

    /**
     * Sets a sample whose values are packed into bytes, in the byte order of this machine.
     *
     * @param from of the first value, in bytes
     * @return whether no value has a larger absolute value than {@code most}, or is NaN; if one has, the sample has to be set again
     */
    boolean set(int sample, byte[] packed, int from, double most);

    /** Sets a sample that is 0 but in some places. */
    void set(int sample, int[] places, double[] values);

    /** Sets a sample. */
    default void set(int sample, Vector vector) {
        if (vector instanceof SparseVector sparse) {
            set(sample, sparse.indices(), sparse.values());
        } else {
            set(sample, vector.toArray());
        }
    }

    /** Runs the first samples, at most a batch. */
    void predict(int samples);

    /** An output of a sample of the last run. */
    double output(int sample, int unit);

    @Override
    void close();
}
