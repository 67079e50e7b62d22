package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What operators make of constants alone. */
final class Constants {
    private Constants() {}

    /**
     * Element by element; the smaller one is repeated along axes in which it has size 1.
     *
     * @throws IllegalArgumentException if one of them has not the shape of the result: what is repeated in both could be larger than any file
     */
    static Tensor combined(Operation operation, Tensor a, Tensor b) {
        if (a.isText() || b.isText()) {
            throw new IllegalArgumentException("constants must be numbers: constants=" + a + ", " + b);
        }
        Tensor large = a.size() > b.size() || (a.size() == b.size() && a.rank() >= b.rank()) ? a : b;
        Dims dims = new Dims(large.shape());
        Expr.Constant first = dims.broadcast(a);
        Expr.Constant second = dims.broadcast(b);
        double[] numbers = new double[large.size()];
        for (int i = 0; i < numbers.length; i++) {
            double value = operation.apply(first.at(i), second.at(i));
            numbers[i] = asStored(large.type(), value);
        }
        return Tensor.of(large.type(), large.shape(), numbers);
    }

    /** As the file computes it, where a quotient of integers has no fraction. */
    private static double asStored(Element type, double value) {
        return type == Element.FLOAT
                ? (float) value
                : type.isReal() ? value : value < 0 ? Math.ceil(value) : Math.floor(value);
    }

    /** One behind the other along an axis. */
    static Tensor joined(List<Tensor> parts, long named) {
        Tensor first = parts.get(0);
        int axis = Dims.axis(named, first.rank());
        List<Integer> shape = new ArrayList<>(first.shape());
        shape.set(axis, parts.stream().mapToInt(part -> part.shape().get(axis)).sum());
        for (Tensor part : parts) {
            List<Integer> other = new ArrayList<>(part.shape());
            if (part.rank() == first.rank()) {
                other.set(axis, shape.get(axis));
            }
            if (!other.equals(shape) || part.isText() != first.isText()) {
                throw new IllegalArgumentException("constants must fit each other: constants=" + parts);
            }
        }
        // an element of axis 0 and what is before the axis tell where a part stands
        int outer = Tensor.size(shape.subList(0, axis));
        List<String> texts = new ArrayList<>();
        double[] numbers = new double[first.isText() ? 0 : Tensor.size(shape)];
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (Tensor part : parts) {
                int block = part.size() / outer;
                for (int i = o * block; i < (o + 1) * block; i++) {
                    if (first.isText()) {
                        texts.add(part.texts().get(i));
                    } else {
                        numbers[at++] = part.number(i);
                    }
                }
            }
        }
        return first.isText() ? Tensor.of(shape, texts) : Tensor.of(first.type(), shape, numbers);
    }

    /** Those along axis 0 that are named. */
    static Tensor gathered(Tensor from, Tensor indices) {
        if (from.rank() != 1 || indices.isText()) {
            throw new IllegalArgumentException("values must be gathered of a list: list=" + from);
        }
        List<Integer> places = NodeInput.integers(indices).stream()
                .map(index -> Dims.axis(index, from.size()))
                .toList();
        if (from.isText()) {
            return Tensor.of(
                    indices.shape(), places.stream().map(from.texts()::get).toList());
        }
        double[] numbers = places.stream().mapToDouble(from::number).toArray();
        return Tensor.of(from.type(), indices.shape(), numbers);
    }

    static List<Integer> withOnes(List<Integer> shape, List<Long> axes) {
        int rank = shape.size() + axes.size();
        List<Integer> at =
                axes.stream().map(axis -> Dims.axis(axis, rank)).sorted().toList();
        List<Integer> out = new ArrayList<>(shape);
        at.forEach(axis -> out.add(Math.min(axis, out.size()), 1));
        return out;
    }

    /** @param axes empty for all of size 1 */
    static List<Integer> withoutOnes(List<Integer> shape, List<Long> axes) {
        List<Integer> at = axes.isEmpty()
                ? IntStream.range(0, shape.size())
                        .filter(axis -> shape.get(axis) == 1)
                        .boxed()
                        .toList()
                : axes.stream().map(axis -> Dims.axis(axis, shape.size())).toList();
        Stream<Integer> bad = at.stream().filter(axis -> shape.get(axis) != 1);
        bad.findFirst().ifPresent(axis -> {
            throw new IllegalArgumentException("axis must have size 1: axis=" + axis + ", size=" + shape.get(axis));
        });
        return IntStream.range(0, shape.size())
                .filter(axis -> !at.contains(axis))
                .mapToObj(shape::get)
                .toList();
    }
}
