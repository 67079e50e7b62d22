package io.github.layerc.program;

import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Op;
import io.github.layerc.program.op.Product;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The operations of one entry point, in order. Immutable. */
public record Program(Entry entry, List<Op> ops) {

    public Program {
        ops = List.copyOf(ops);
    }

    public Program withOps(List<Op> other) {
        return new Program(entry, other);
    }

    /** The matrix products among its operations, in order. */
    public List<Product> products() {
        return ops.stream()
                .filter(Product.class::isInstance)
                .map(Product.class::cast)
                .toList();
    }

    /** Whether an operation from position {@code from} on reads the buffer. */
    public boolean readFrom(int from, Buffer buffer) {
        return ops.subList(from, ops.size()).stream().anyMatch(op -> op.reads().contains(buffer));
    }

    /** Every buffer, in the order of first use. */
    public Set<Buffer> buffers() {
        Set<Buffer> buffers = new LinkedHashSet<>();
        for (Op op : ops) {
            buffers.addAll(op.reads());
            buffers.addAll(op.writes());
        }
        return buffers;
    }

    /** What it takes to run the program. */
    public Costs costs() {
        long flops = 0;
        List<Buffer> touched = new ArrayList<>();
        for (Op op : ops) {
            flops += op.flopsPerSample();
            touched.addAll(op.reads());
            touched.addAll(op.writes());
        }
        long perSample = 0;
        long fixed = 0;
        for (Buffer buffer : touched) {
            if (buffer.perSample()) {
                perSample += buffer.elements();
            } else {
                fixed += buffer.elements();
            }
        }
        long workspace = buffers().stream()
                .filter(buffer -> buffer.role().workspace() && buffer.perSample())
                .mapToLong(Buffer::elements)
                .sum();
        return new Costs(flops, perSample, fixed, workspace);
    }

    @Override
    public String toString() {
        return ops.stream().map(op -> "  " + op + "\n").collect(Collectors.joining("", entry.method() + ":\n", ""));
    }

    /**
     * Work and traffic of a program; passes are judged by what they take away from it.
     *
     * @param flopsPerSample multiply-adds of the products, counted as two
     * @param trafficPerSample elements of buffers with a row for each sample that the operations read and write
     * @param trafficFixed elements of the other buffers that the operations read and write
     * @param workspacePerSample elements of workspace
     */
    public record Costs(long flopsPerSample, long trafficPerSample, long trafficFixed, long workspacePerSample) {
        public Costs minus(Costs other) {
            return new Costs(
                    flopsPerSample - other.flopsPerSample,
                    trafficPerSample - other.trafficPerSample,
                    trafficFixed - other.trafficFixed,
                    workspacePerSample - other.workspacePerSample);
        }
    }
}
