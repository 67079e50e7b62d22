package io.github.layerc.maven;

import io.github.layerc.spec.text.NearestWord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * The properties that goals of this plugin have, as its descriptor says, against those that were given to Maven: a misspelt one would be
 * ignored, and a training would run with what the spec says instead.
 */
final class GoalProperties {
    private static final String PREFIX = "layerc.";
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(layerc\\.[\\w.]+)}");

    private GoalProperties() {}

    /** The names of the properties of all goals. */
    static SortedSet<String> of(PluginDescriptor plugin) {
        SortedSet<String> names = new TreeSet<>();
        for (MojoDescriptor mojo : plugin.getMojos()) {
            for (PlexusConfiguration parameter : mojo.getMojoConfiguration().getChildren()) {
                Matcher expression = EXPRESSION.matcher(parameter.getValue(""));
                if (expression.matches()) {
                    names.add(expression.group(1));
                }
            }
        }
        return names;
    }

    /**
     * Looks at what was given on the command line, goals of the same build and other plugins included.
     *
     * @param given the properties of the command line
     * @param declared properties of the project, which may have such names for purposes of its own
     * @param known the names of the properties of all goals
     * @return a line for each that no goal has, and that resembles none
     * @throws IllegalArgumentException if one is misspelt
     */
    static List<String> check(Properties given, Properties declared, Collection<String> known) {
        Map<String, String> words = new TreeMap<>();
        known.forEach(name -> words.put(name.substring(PREFIX.length()), name));
        List<String> notices = new ArrayList<>();
        for (String name : new TreeSet<>(given.stringPropertyNames())) {
            if (!name.startsWith(PREFIX) || known.contains(name) || declared.containsKey(name)) {
                continue;
            }
            String found = ": " + name + "=" + given.getProperty(name);
            Optional<String> meant = NearestWord.of(name.substring(PREFIX.length()), words.keySet());
            if (meant.isPresent()) {
                throw new IllegalArgumentException(
                        "unknown property: did you mean " + words.get(meant.get()) + "?" + found);
            }
            notices.add(
                    "unknown property: no goal has it, mvn layerc:help -Ddetail lists those that there are" + found);
        }
        return notices;
    }
}
