package io.github.layerc.pass;

import io.github.layerc.network.Network;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Program;
import io.github.layerc.program.Verifier;
import java.util.ArrayList;
import java.util.List;

/** All passes in the order in which they run. */
public final class Passes {
    private Passes() {}

    /**
     * The passes for the programs of one network. Later ones find what earlier ones leave: gradients that nobody reads are gone before anything
     * is fused.
     *
     * @param programs of all entry points, as lowered
     */
    public static List<Pass> all(Network network, List<Program> programs) {
        return List.of(
                new GramFirstLayer(network),
                new DropInputGradient(),
                new DropUnusedActivation(),
                new DropIdentityGradient(),
                new ReuseSoftmax(),
                new FuseLossGradient(),
                new FuseBiasActivation(),
                new FuseActivationGradient(),
                new FuseUpdate(),
                new ReuseWorkspace(programs));
    }

    /**
     * A program on its way through the passes.
     *
     * @param lowered what lowering made
     * @param applied the passes that changed something, in order
     */
    public record Result(Program lowered, List<Applied> applied) {
        public Result {
            applied = List.copyOf(applied);
        }

        /** The program after all passes. */
        public Program program() {
            return applied.isEmpty() ? lowered : applied.get(applied.size() - 1).program();
        }
    }

    /**
     * A pass that changed the program.
     *
     * @param program after it
     * @param saved what the program needed before and does not need any more
     */
    public record Applied(String pass, Program program, Program.Costs saved) {}

    /** The result for one entry point among those for all of them. */
    public static Result of(Entry entry, List<Result> results) {
        return results.stream()
                .filter(result -> result.program().entry() == entry)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no program for " + entry));
    }

    /** Runs passes in the order of the list. */
    public static Result run(Program program, List<Pass> passes) {
        Verifier.verify(program, "lowering");
        List<Applied> applied = new ArrayList<>();
        Program current = program;
        for (Pass pass : passes) {
            Program next = pass.apply(current);
            if (!next.equals(current)) {
                Verifier.verify(next, pass.name());
                applied.add(new Applied(pass.name(), next, current.costs().minus(next.costs())));
                current = next;
            }
        }
        return new Result(program, applied);
    }
}
