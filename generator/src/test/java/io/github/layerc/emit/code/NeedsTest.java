package io.github.layerc.emit.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Own;
import io.github.layerc.emit.nest.Member;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeedsTest {
    private static final Words WORDS = new Words(Target.VECTOR, Precision.FLOAT);

    @Test
    void theLongestArrayServesAll() {
        Needs needs = Needs.of(List.of(
                method("a", Scratch.rowSums(8, 64), Scratch.lanes(3)),
                method("b", Scratch.lanes(12), Scratch.lanes(4)),
                method("c", Scratch.rowSums(4, 256))));
        assertThat(needs.scratch()).containsExactly(Scratch.lanes(12), Scratch.rowSums(8, 256));
        assertThat(needs.scratch().get(1).type()).isEqualTo(Type.ROWS);
    }

    @Test
    void arraysOfOneNameThatAreNotAlikeAreABug() {
        Method first = method("a", Scratch.transposed(2, Names.units(1)));
        Method second = method("b", Scratch.transposed(2, Names.units(2)));
        assertThatThrownBy(() -> Needs.of(List.of(first, second)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("two arrays named transposed2");
    }

    @Test
    void constantsAndHelpersComeOnceAndInOrder() {
        Method sum = method("sumOfLanes");
        Helper helper = new Helper(Helper.Kind.SUM_OF_LANES, 0, sum);
        Helper adder = new Helper(Helper.Kind.ROW_ADDER, 4, method("addRows4"));
        Needs needs = Needs.of(List.of(
                method("a", helper, LaneConstant.swap(2), LaneConstant.bit(2), LaneConstant.tail(1)),
                method("b", adder, helper, LaneConstant.swap(1), LaneConstant.swap(2))));
        assertThat(needs.constants()).containsExactly(LaneConstant.swap(1), LaneConstant.bit(2), LaneConstant.swap(2));
        assertThat(needs.unitConstants()).containsExactly(LaneConstant.tail(1));
        assertThat(needs.helpers()).containsExactly(adder, helper);
    }

    @Test
    void methodsOfOneNameHaveToBeTheSame() {
        Kernel first = new Kernel(null, "k", List.of(), List.of(method("k"), method("tile")), "");
        Kernel same = new Kernel(null, "l", List.of(), List.of(method("l"), method("tile")), "");
        Kernel other = new Kernel(null, "m", List.of(), List.of(method("tile", Scratch.lanes(1))), "");
        assertThat(Needs.methods(List.of(first, same))).extracting(Method::name).containsExactly("k", "tile", "l");
        assertThatThrownBy(() -> Needs.methods(List.of(first, other)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("two methods of one name");
    }

    private static Method method(String name, Member... members) {
        Body body = new Body();
        for (Member member : members) {
            body.assign(Expression.name("x"), new Own(member));
        }
        return Method.builder(WORDS, name).code(body);
    }
}
