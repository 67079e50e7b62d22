package io.github.layerc.maven;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code -XX:+LogCompilation} says of the methods of a JVM that has ended: which ones C2 compiled, alone or inlined into another, and which
 * ones it gave up. Methods are named {@code package.Type.method}; overloads count as one.
 *
 * <pre>
 * {@literal <}task compile_id='7' method='p.Net step (I)V' ...>      has a level, unless it is the highest of this JVM
 * {@literal <}klass id='1' name='p.Net' flags='16'/>                 ids hold within a task
 * {@literal <}method id='2' holder='1' name='forward1' .../>
 * {@literal <}parse method='2' ...>                                  the method itself, or one that is inlined
 * {@literal <}late_inline method='3' ...>                            a call that was put off until all was parsed
 * {@literal <}failure reason='out of nodes' phase='compile'/>
 * {@literal <}task_done success='1' .../>
 * {@literal <}nmethod compile_id='7' compiler='c2' .../>             the code is there
 * {@literal <}make_not_entrant ... compile_id='7' .../>              the code is thrown away
 * </pre>
 */
final class CompilationLog {
    private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-z_]+)='([^']*)'");

    /** Tasks by number, with all methods that went into the code. */
    private final Map<String, Set<String>> code = new HashMap<>();

    private final Set<String> optimized = new HashSet<>();
    private final Set<String> discarded = new HashSet<>();
    private final Map<String, String> givenUp = new TreeMap<>();

    /** Methods with a call of the Vector API that was put off, and the first such call of each. */
    private final Map<String, String> putOff = new TreeMap<>();

    private CompilationLog() {}

    static CompilationLog read(Path file) throws IOException {
        CompilationLog log = new CompilationLog();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            Task task = null;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("<task ")) {
                    task = new Task(attributes(line));
                } else if (line.startsWith("<make_not") || line.startsWith("<nmethod ")) {
                    log.event(line, attributes(line));
                } else if (line.startsWith("<task_done ") && task != null) {
                    log.done(task, attributes(line));
                    task = null;
                } else if (task != null && Task.concerns(line)) {
                    task.add(line, attributes(line));
                }
            }
        }
        return log;
    }

    private static Map<String, String> attributes(String line) {
        Map<String, String> attributes = new HashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(line);
        while (matcher.find()) {
            attributes.put(matcher.group(1), matcher.group(2));
        }
        return attributes;
    }

    /** {@code p.Net step (I)V} as {@code p.Net.step}. */
    private static String name(String method) {
        String[] words = method.split(" ", 3);
        return words[0] + "." + words[1];
    }

    /** What the JVM, and not one of its compilers, does with code and methods. */
    private void event(String line, Map<String, String> attributes) {
        if (line.startsWith("<nmethod ")) {
            if ("c2".equals(attributes.get("compiler"))) {
                optimized.add(attributes.get("compile_id"));
            }
        } else if (line.startsWith("<make_not_entrant")) {
            discarded.add(attributes.get("compile_id"));
        } else if (line.startsWith("<make_not_compilable")) {
            givenUp.putIfAbsent(name(attributes.get("method")), "made not compilable");
        }
    }

    private void done(Task task, Map<String, String> attributes) {
        if (attributes.getOrDefault("success", "0").equals("1")) {
            // code that is entered at a loop serves the one call that is stuck in it
            if (!task.loop) {
                code.put(task.id, task.parsed);
                if (!task.putOff.isEmpty()) {
                    putOff.put(task.method, task.putOff);
                }
            }
        } else if (task.highest && !task.failure.equals("stale task")) {
            givenUp.put(task.method, task.failure);
        }
    }

    /** The methods that are in code of C2 when the JVM ends. */
    Set<String> compiled() {
        Set<String> compiled = new TreeSet<>();
        code.forEach((id, methods) -> {
            if (optimized.contains(id) && !discarded.contains(id)) {
                compiled.addAll(methods);
            }
        });
        return compiled;
    }

    /**
     * The methods in which a call of the Vector API came too late to be inlined where it stands, and the call; intrinsics, which come late
     * always, do not count.
     */
    Map<String, String> putOff() {
        return putOff;
    }

    /** One line for each of these methods that C2 did not compile or, at any time, gave up. */
    List<String> complaints(Set<String> methods) {
        Set<String> compiled = compiled();
        List<String> complaints = new ArrayList<>();
        for (String method : new TreeSet<>(methods)) {
            if (givenUp.containsKey(method)) {
                complaints.add(method + ": C2 gave up: " + givenUp.get(method));
            } else if (!compiled.contains(method)) {
                complaints.add(method + ": not compiled by C2");
            }
        }
        return complaints;
    }

    /** A run of a compiler. */
    private static final class Task {
        private final String id;
        private final String method;
        private final boolean highest;
        private final boolean loop;
        private final Map<String, String> types = new HashMap<>();
        private final Map<String, String> methods = new HashMap<>();
        private final Set<String> parsed = new TreeSet<>();
        private String failure = "";
        private String putOff = "";

        Task(Map<String, String> attributes) {
            this.id = attributes.get("compile_id");
            this.method = name(attributes.get("method"));
            this.highest = !attributes.containsKey("level");
            this.loop = "osr".equals(attributes.get("compile_kind"));
        }

        static boolean concerns(String line) {
            return line.startsWith("<klass ")
                    || line.startsWith("<method ")
                    || line.startsWith("<parse ")
                    || line.startsWith("<late_inline ")
                    || line.startsWith("<failure ");
        }

        void add(String line, Map<String, String> attributes) {
            if (line.startsWith("<klass ")) {
                types.put(attributes.get("id"), attributes.get("name"));
            } else if (line.startsWith("<method ")) {
                methods.put(attributes.get("id"), types.get(attributes.get("holder")) + "." + attributes.get("name"));
            } else if (line.startsWith("<parse ")) {
                parsed.add(methods.get(attributes.get("method")));
            } else if (line.startsWith("<late_inline ")) {
                String call = methods.getOrDefault(attributes.get("method"), "");
                if (putOff.isEmpty() && call.matches("jdk\\.incubator\\.vector\\.\\w*Vector\\..*")) {
                    putOff = call;
                }
            } else {
                failure = attributes.getOrDefault("reason", "");
            }
        }
    }
}
