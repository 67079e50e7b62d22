package io.github.layerc.spark.training;

import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.EarlyStopping.Monitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Costs as they come: what goes into the histories, when a training ends, and which parameters it leaves. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private final String what;
    private final Optional<EarlyStopping> early;
    private final double tolerance;
    private final List<Double> costs = new ArrayList<>();
    private final List<Double> validationCosts = new ArrayList<>();
    private double best = Double.NaN;
    private double[] bestParameters = {};
    private int since;
    private boolean ended;

    /**
     * @param what an iteration or a round is called
     * @param tolerance a training ends where the cost changes by less than this share of it, 0 for never
     */
    Progress(String what, Optional<EarlyStopping> early, double tolerance) {
        this.what = what;
        this.early = early;
        this.tolerance = tolerance;
    }

    /**
     * Takes the costs at some parameters, before the next update. As on one machine, early stopping looks at what an update has led to, not at the first parameters.
     *
     * @param loss the mean loss, which is the cost without a penalty
     * @param kept what the network would have if the training ended here
     * @throws IllegalStateException if the cost is not finite
     * @throws IllegalArgumentException if early stopping monitors rows that are not there
     */
    void at(double cost, double loss, double validationCost, double[] kept) {
        LOG.info("{} {}: cost {}, validation cost {}", what, costs.size(), cost, validationCost);
        if (!Double.isFinite(cost)) {
            throw new IllegalStateException(what + " " + costs.size()
                    + ": the training has diverged: a lower learning rate may help: cost=" + cost);
        }
        if (!costs.isEmpty()) {
            look(loss, validationCost, kept);
            if (ended) {
                // the training was over with the update before: what follows is no iteration of it
                return;
            }
            double before = costs.get(costs.size() - 1);
            ended = tolerance > 0 && Math.abs(before - cost) <= tolerance * Math.abs(cost);
        }
        costs.add(cost);
        if (!Double.isNaN(validationCost)) {
            validationCosts.add(validationCost);
        }
    }

    /** Takes what the last update has led to, where early stopping wants it. */
    void atEnd(double loss, double validationCost, double[] kept) {
        if (!ended) {
            look(loss, validationCost, kept);
        }
    }

    /** Whether parameters behind the last update have to be looked at. */
    boolean looksAtTheEnd() {
        return early.isPresent() && !ended;
    }

    private void look(double loss, double validationCost, double[] kept) {
        if (early.isEmpty()) {
            return;
        }
        EarlyStopping rule = early.get();
        if (rule.monitor().needsValidation() && Double.isNaN(validationCost)) {
            throw new IllegalArgumentException(
                    "early stopping monitors validation_cost: expected rows for validation: validationIndicatorCol, or validation in the spec: rows=0");
        }
        double value = rule.monitor() == Monitor.COST ? loss : validationCost;
        if (bestParameters.length == 0 || rule.isBetter(value, best)) {
            best = value;
            bestParameters = kept.clone();
            since = 0;
        } else {
            since++;
            ended = since >= rule.patience();
        }
    }

    boolean isEnded() {
        return ended;
    }

    Outcome outcome(double[] last) {
        double[] chosen = bestParameters.length > 0 ? bestParameters : last;
        return new Outcome(Arrays.stream(chosen).boxed().toList(), List.copyOf(costs), List.copyOf(validationCosts));
    }
}
