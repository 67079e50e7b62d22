package io.github.layerc.check;

/**
 * One line of a check: the value that comes closest to its bound, or is furthest beyond it.
 *
 * @param engine who computed the values
 * @param what the values are
 * @param residual how far the value is from the reference
 * @param bound how far it may be
 */
record CheckRow(String engine, String what, double residual, double bound, Verdict verdict) {

    /** Engine and values in one. */
    String name() {
        return engine + ": " + what;
    }
}
