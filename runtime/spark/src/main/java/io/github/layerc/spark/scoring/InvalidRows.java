package io.github.layerc.spark.scoring;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.util.LongAccumulator;

/**
 * What is done with rows that cannot be read: as Spark's own {@code handleInvalid}.
 *
 * @param rule which of the three
 * @param dropped counts the rows that are left out
 */
public record InvalidRows(Rule rule, LongAccumulator dropped) implements Serializable {
    /** What is done. */
    public enum Rule {
        /** The job fails, with the place of the row. */
        ERROR,
        /** The row is left out and counted. */
        SKIP,
        /** The row is kept, its outputs are NaN. */
        KEEP;

        /** Fails the job, with the place of a row. */
        public static IllegalArgumentException refusal(int partition, long row, String problem) {
            return new IllegalArgumentException("partition " + partition + ", row " + row + ": " + problem
                    + ": handleInvalid=skip leaves such rows out");
        }

        /** The word of the parameter. */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The rule of a word. */
        public static Rule of(String keyword) {
            return Arrays.stream(values())
                    .filter(rule -> rule.keyword().equals(keyword))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "expected one of " + keywords() + ": handleInvalid=" + keyword));
        }

        /** All words. */
        public static List<String> keywords() {
            return Arrays.stream(values()).map(Rule::keyword).toList();
        }
    }

    /**
     * Called with a row that cannot be read.
     *
     * @param partition of the data set
     * @param row in the partition, from 0 on
     * @return whether the row is kept
     * @throws IllegalArgumentException where the job is to fail
     */
    public boolean keeps(int partition, long row, String problem) {
        switch (rule) {
            case KEEP -> {
                return true;
            }
            case SKIP -> {
                dropped.add(1);
                return false;
            }
            default -> throw Rule.refusal(partition, row, problem);
        }
    }
}
