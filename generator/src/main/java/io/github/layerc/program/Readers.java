package io.github.layerc.program;

import io.github.layerc.program.op.Buffer;
import io.github.layerc.program.op.Op;
import java.util.HashMap;
import java.util.Map;

/** Who reads each buffer of a program; counted once, since to search a program for each of its operations takes the square of their number. */
public final class Readers {
    private final Map<Buffer, Integer> numbers = new HashMap<>();
    private final Map<Buffer, Integer> inPlace = new HashMap<>();
    private final Map<Buffer, Integer> last = new HashMap<>();

    public Readers(Program program) {
        for (int i = 0; i < program.ops().size(); i++) {
            Op op = program.ops().get(i);
            for (Buffer buffer : op.reads().stream().distinct().toList()) {
                numbers.merge(buffer, 1, Integer::sum);
                last.put(buffer, i);
                if (op.writes().contains(buffer)) {
                    inPlace.merge(buffer, 1, Integer::sum);
                }
            }
        }
    }

    /** Operations that read the buffer. */
    public int of(Buffer buffer) {
        return numbers.getOrDefault(buffer, 0);
    }

    /** Operations that read the buffer and do not change it in place. */
    public int ofResult(Buffer buffer) {
        return of(buffer) - inPlace.getOrDefault(buffer, 0);
    }

    /** Whether an operation behind a position reads the buffer. */
    public boolean behind(int position, Buffer buffer) {
        return last.getOrDefault(buffer, -1) > position;
    }
}
