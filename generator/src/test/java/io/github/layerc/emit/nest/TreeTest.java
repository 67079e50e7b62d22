package io.github.layerc.emit.nest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.emit.code.InliningBudget;
import io.github.layerc.emit.code.LaneConstant;
import io.github.layerc.emit.code.Scratch;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Expression.Own;
import io.github.layerc.network.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be asked of code before it is text. */
class TreeTest {
    private static final Name A = Expression.name("a");
    private static final Name B = Expression.name("b");

    @Test
    void findsMembersWhereverTheyAre() {
        Scratch lanes = Scratch.lanes(3);
        LaneConstant tail = LaneConstant.tail(2);
        Body body = new Body();
        Body inside = body.loop("i", A).when(Expression.compare(A, Sign.LESS, B));
        body.store(new Own(lanes), A, B);
        inside.assign(A, Registers.blend(A, Registers.add(A, B), new Own(tail)));
        assertThat(Statement.members(body.build())).containsExactly(tail, lanes);
    }

    @Test
    void countsTheVectorApiWhereverItIsCalled() {
        Body body = new Body();
        body.hoist("zero", Expression.constant(0));
        Body turn = body.loop("i", A);
        turn.register("x", Registers.multiplyAdd(Registers.load(A, B), A, B));
        turn.accumulate(A, A, B);
        turn.accumulateNumber(A, A, B);
        turn.store(A, B, A);
        turn.addScaled(A, B, A, B);
        turn.assign(A, Expression.math("min", A, B));
        int loads = 2 * 310;
        int multiplyAdds = 3 * 420;
        int stores = 2 * 220;
        assertThat(InliningBudget.nodes(body.build())).isEqualTo(155 + loads + multiplyAdds + stores);
    }

    @Test
    void bodiesMayStillGrowWhenWhatFollowsIsThere() {
        Body body = new Body();
        Body turn = body.loop("i", A);
        body.leave();
        turn.blank();
        Statement.Loop loop = (Statement.Loop) body.build().get(0);
        assertThat(loop.body()).containsExactly(new Statement.Blank());
    }

    @Test
    void treesAreComparedByWhatTheySay() {
        assertThat(code(A)).isEqualTo(code(Expression.name("a"))).isNotEqualTo(code(B));
    }

    private static List<Statement> code(Expression value) {
        Body body = new Body();
        body.loop("i", A).register("x", Registers.broadcast(value));
        return body.build();
    }

    @Test
    void registersThatNoNumberCanBeAreRefused() {
        Expression swapped = Registers.rearrange(A, new Own(LaneConstant.swap(1)));
        Printer numbers = Printer.numbers(Precision.FLOAT, false);
        assertThatThrownBy(() -> numbers.print(swapped)).isInstanceOf(AssertionError.class);
    }
}
