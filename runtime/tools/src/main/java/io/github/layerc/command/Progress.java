package io.github.layerc.command;

import io.github.layerc.engine.Training;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.training.Trainer;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how a training goes: a bar with cost and time left on a terminal, a line for each recorded cost elsewhere. */
abstract class Progress implements Trainer.Listener, AutoCloseable {
    private final BooleanSupplier done;

    private Progress(BooleanSupplier done) {
        this.done = done;
    }

    @Override
    public final boolean isDone() {
        return done.getAsBoolean();
    }

    @Override
    public abstract void close();

    /**
     * Chooses by whether standard output is a terminal.
     *
     * @param done whether the training is to end before its time
     */
    static Progress create(PrintStream out, TrainingSettings settings, BooleanSupplier done) {
        return isTerminal() && hasProgressBar() ? new Bar(out, settings, done) : new Lines(out, done);
    }

    /** {@code System.console()} is null without a terminal up to JDK 21; from 22 on it has to be asked. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static boolean hasProgressBar() {
        try {
            Class.forName("me.tongfei.progressbar.ProgressBar");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static String number(double cost) {
        return String.format(Locale.ROOT, "%.6f", cost);
    }

    private static String form(Training training) {
        return "form " + training.form().keyword() + ": " + training.formReason() + "; " + training.count()
                + " samples to train with";
    }

    /** {@code iteration 100: cost 0.646432}. */
    static final class Lines extends Progress {
        private final PrintStream out;

        Lines(PrintStream out, BooleanSupplier done) {
            super(done);
            this.out = out;
        }

        @Override
        public void bound(Training training) {
            out.println(form(training));
        }

        @Override
        public void iteration(int iteration, double cost, boolean recorded) {
            if (recorded) {
                out.println("iteration " + iteration + ": cost " + number(cost));
            }
        }

        @Override
        public void close() {}
    }

    /** Redrawn by a thread of its own, so that a step of some microseconds is not slowed down. */
    static final class Bar extends Progress {
        private static final int COLUMNS = 79;

        private final PrintStream out;
        private final ProgressBar bar;
        private final TrainingSettings settings;

        Bar(PrintStream out, TrainingSettings settings, BooleanSupplier done) {
            super(done);
            this.out = out;
            this.settings = settings;
            this.bar = ProgressBar.builder()
                    .setTaskName("training")
                    // until the samples are bound, nobody knows how many updates an epoch has
                    .setInitialMax(Math.max(1, settings.iterations()))
                    .setUpdateIntervalMillis(200)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new DelegatingProgressBarConsumer(this::draw, COLUMNS))
                    .build();
        }

        /** The bar may have been drawn already. */
        @Override
        public void bound(Training training) {
            bar.maxHint(settings.updates(training.count()));
            String form = form(training);
            out.println("\r" + form + " ".repeat(Math.max(0, COLUMNS - form.length())));
        }

        @Override
        public void iteration(int iteration, double cost, boolean recorded) {
            if (recorded) {
                bar.setExtraMessage("cost " + number(cost));
            }
            bar.stepTo(iteration + 1L);
        }

        @Override
        public void close() {
            bar.close();
            out.println();
        }

        private void draw(String line) {
            out.print("\r" + line);
            // standard output waits for the end of a line
            out.flush();
        }
    }
}
