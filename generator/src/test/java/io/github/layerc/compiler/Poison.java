package io.github.layerc.compiler;

import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Fills all that an engine has besides its parameters and bound samples with NaN: the workspace and scratch of its kernels, the samples behind
 * those of a call, and whatever pads rows, parameters and bound samples to whole vectors. None of it may reach a result, so no result may change.
 */
final class Poison {
    private final Object kernels;
    private final Object parameters;

    Poison(Engine engine) {
        Object instance = engine.getClass().getSimpleName().endsWith("Instance") ? engine : get(engine, "instance");
        this.kernels = get(instance, "kernels");
        this.parameters = get(kernels, "parameters");
    }

    /** To be called before parameters are set, which then leave NaN in the padding alone. */
    void parameters() {
        fill(parameters);
    }

    /** To be called before every call: what kernels keep between calls. */
    void workspace() {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.add(parameters);
        workspace(kernels, seen);
    }

    /**
     * What pads the samples that a training has bound, which are not 0 themselves.
     *
     * @param names of arrays, of which the form of a training has some or none
     */
    static void padding(Training training, String... names) {
        Object form = get(training, "form");
        for (String name : names) {
            for (Field field : fields(form.getClass())) {
                if (field.getName().equals(name)) {
                    zerosToNaN(get(form, field));
                }
            }
        }
    }

    private static void workspace(Object owner, Set<Object> seen) {
        for (Field field : fields(owner.getClass())) {
            Object value = get(owner, field);
            if (value == null || !value.getClass().isArray() || !seen.add(value)) {
                continue;
            }
            if (value instanceof Object[] elements && elements.getClass().getComponentType() == owner.getClass()) {
                // the instances of other threads
                for (Object element : elements) {
                    if (seen.add(element)) {
                        workspace(element, seen);
                    }
                }
            } else {
                fill(value);
            }
        }
    }

    private static void fill(Object array) {
        if (array instanceof float[] floats) {
            Arrays.fill(floats, Float.NaN);
        } else if (array instanceof double[] doubles) {
            Arrays.fill(doubles, Double.NaN);
        } else if (array instanceof Object[] rows) {
            for (Object row : rows) {
                fill(row);
            }
        }
    }

    private static void zerosToNaN(Object array) {
        for (int i = 0; i < Array.getLength(array); i++) {
            if (array instanceof float[] floats && floats[i] == 0) {
                floats[i] = Float.NaN;
            } else if (array instanceof double[] doubles && doubles[i] == 0) {
                doubles[i] = Double.NaN;
            }
        }
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static Object get(Object owner, String name) {
        for (Field field : fields(owner.getClass())) {
            if (field.getName().equals(name)) {
                return get(owner, field);
            }
        }
        throw new AssertionError("no field " + name + ": " + owner.getClass());
    }

    private static Object get(Object owner, Field field) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
