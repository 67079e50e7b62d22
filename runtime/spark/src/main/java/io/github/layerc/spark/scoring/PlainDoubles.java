package io.github.layerc.spark.scoring;

/** In plain Java. */
final class PlainDoubles implements Doubles {
    @Override
    public boolean within(double[] values, int count, double most) {
        return within(values, 0, count, most);
    }

    static boolean within(double[] values, int from, int to, double most) {
        for (int i = from; i < to; i++) {
            if (!(Math.abs(values[i]) <= most)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void copy(double[] values, int count, float[] to, int at) {
        copy(values, 0, count, to, at);
    }

    static void copy(double[] values, int from, int count, float[] to, int at) {
        for (int i = from; i < count; i++) {
            to[at + i] = (float) values[i];
        }
    }
}
