package io.github.layerc.compiler;

import java.util.Map;

/**
 * A class that stands alone.
 *
 * @param source the class
 * @param resources that must lie beside it, by their names: one with the parameters, or none where these stand in the source
 * @param classFiles what javac makes of the source, by the names of the classes
 */
public record StandaloneClass(SourceFile source, Map<String, byte[]> resources, Map<String, byte[]> classFiles) {
    public StandaloneClass {
        resources = Map.copyOf(resources);
        classFiles = Map.copyOf(classFiles);
    }
}
