package io.github.layerc.emit.code;

import io.github.layerc.emit.nest.Member;
import io.github.layerc.emit.nest.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What code needs of its class besides workspace and parameters.
 *
 * @param constants none of them is made of others of the class
 * @param unitConstants those that are made of the numbers of units
 */
public record Needs(
        List<Scratch> scratch, List<LaneConstant> constants, List<LaneConstant> unitConstants, List<Helper> helpers) {

    public Needs {
        scratch = List.copyOf(scratch);
        constants = List.copyOf(constants);
        unitConstants = List.copyOf(unitConstants);
        helpers = List.copyOf(helpers);
    }

    /** All that methods need. */
    public static Needs of(Collection<Method> methods) {
        List<Member> members = members(methods);
        Map<String, Scratch> arrays = new TreeMap<>();
        of(members, Scratch.class).forEach(each -> arrays.merge(each.name(), each, Scratch::with));
        TreeSet<LaneConstant> constants =
                new TreeSet<>(of(members, LaneConstant.class).toList());
        return new Needs(
                arrays.values().stream().sorted().toList(),
                constants.stream().filter(each -> !each.ofUnits()).toList(),
                constants.stream().filter(LaneConstant::ofUnits).toList(),
                of(members, Helper.class).distinct().sorted().toList());
    }

    /** The kernels that entry points call, in the order of the first calls. */
    public static List<Kernel> kernels(Collection<Method> entries) {
        Map<String, Kernel> kernels = new LinkedHashMap<>();
        for (Member member : members(entries)) {
            if (member instanceof Kernel kernel) {
                kernels.putIfAbsent(kernel.name(), kernel);
            } else if (member instanceof Kernel.ForSample sample) {
                kernels.putIfAbsent(sample.kernel().name(), sample.kernel());
            }
        }
        return List.copyOf(kernels.values());
    }

    /** The methods of kernels. A tile that two of them have is one method. */
    public static List<Method> methods(List<Kernel> kernels) {
        Map<String, Method> methods = new LinkedHashMap<>();
        kernels.stream().flatMap(kernel -> kernel.methods().stream()).forEach(method -> {
            Method other = methods.putIfAbsent(method.name(), method);
            if (other != null && !other.equals(method)) {
                throw new AssertionError("two methods of one name: " + other.print() + "\n" + method.print());
            }
        });
        return List.copyOf(methods.values());
    }

    private static List<Member> members(Collection<Method> methods) {
        return methods.stream()
                .flatMap(method -> Statement.members(method.code()))
                .toList();
    }

    private static <M extends Member> Stream<M> of(List<Member> members, Class<M> kind) {
        return members.stream().filter(kind::isInstance).map(kind::cast);
    }
}
