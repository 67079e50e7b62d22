package io.github.layerc.engine.search;

/**
 * The cost of a training as a function of a vector. What stands where in a vector, and what the inner product of two is, a form of training says: in
 * Gram form a vector has far fewer numbers than there are parameters. Vectors are in double in both precisions, and sums of scaled vectors are taken
 * number by number. No method allocates.
 */
public interface Objective {

    /** Length of a vector. */
    int size();

    /** Sets a vector to the parameters as they are. */
    void position(double[] point);

    /**
     * Moves the parameters to a point.
     *
     * @param point is left as the precision of the network has it
     * @param gradient takes that of the cost, a vector
     * @return the cost there, penalty included
     */
    double evaluate(double[] point, double[] gradient);

    /** The inner product of two directions or gradients, as that of all parameters that they stand for. */
    double product(double[] a, double[] b);
}
