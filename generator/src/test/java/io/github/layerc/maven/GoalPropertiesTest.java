package io.github.layerc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.SortedSet;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.configuration.PlexusConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The goals as their descriptor says, which is what {@code layerc:help} prints, and what they make of a command line. */
class GoalPropertiesTest {
    private PluginDescriptor plugin;
    private SortedSet<String> known;

    @BeforeEach
    void readDescriptor() throws IOException, PlexusConfigurationException {
        try (InputStream in = GoalProperties.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            plugin = new PluginDescriptorBuilder().build(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        known = GoalProperties.of(plugin);
    }

    private static Properties properties(String... namesAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return properties;
    }

    private List<String> check(String name, String value) {
        return GoalProperties.check(properties(name, value), new Properties(), known);
    }

    @Test
    void knowsThePropertiesOfAllGoals() {
        assertThat(plugin.getMojos())
                .extracting(MojoDescriptor::getGoal)
                .contains("generate", "train", "compare", "tune", "check", "find-rate", "overfit", "help");
        assertThat(known)
                .contains(
                        "layerc.refresh",
                        "layerc.iterations",
                        "layerc.compare.iterations",
                        "layerc.tune.batch",
                        "layerc.rate.from",
                        "layerc.rate.to",
                        "layerc.rate.steps",
                        "layerc.overfit.cost")
                .allMatch(name -> name.startsWith("layerc."));
        known.forEach(name -> assertThat(check(name, "")).isEmpty());
    }

    @Test
    void refusesAMisspeltProperty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check("layerc.iteratons", "5"))
                .withMessage("unknown property: did you mean layerc.iterations?: layerc.iteratons=5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check("layerc.learningrate", "0.1"))
                .withMessage("unknown property: did you mean layerc.learningRate?: layerc.learningrate=0.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check("layerc.compare.fork", "1"))
                .withMessage("unknown property: did you mean layerc.compare.forks?: layerc.compare.fork=1");
    }

    @Test
    void warnsOfAPropertyThatResemblesNone() {
        assertThat(check("layerc.colour", "red"))
                .containsExactly(
                        "unknown property: no goal has it, mvn layerc:help -Ddetail lists those that there are:"
                                + " layerc.colour=red");
    }

    /** Those of other plugins, and what a pom has for purposes of its own. */
    @Test
    void leavesPropertiesOfOthersAlone() {
        assertThat(check("iteratons", "5")).isEmpty();
        assertThat(GoalProperties.check(
                        properties("layerc.iteratons", "5"), properties("layerc.iteratons", "1"), known))
                .isEmpty();
    }

    /** In a sentence, with what happens if it is not given. */
    @Test
    void everyPropertyIsDocumentedWithItsDefault() {
        for (MojoDescriptor mojo : plugin.getMojos()) {
            if (mojo.getGoal().equals("help")) {
                continue;
            }
            assertThat(mojo.getDescription()).as(mojo.getGoal()).endsWith(".");
            for (Parameter parameter : mojo.getParameters()) {
                if (parameter.isEditable()) {
                    check(mojo, parameter);
                }
            }
        }
    }

    private static void check(MojoDescriptor mojo, Parameter parameter) {
        String name = mojo.getGoal() + " " + parameter.getName();
        assertThat(parameter.getDescription()).as(name).isNotNull().endsWith(".");
        PlexusConfiguration configuration = mojo.getMojoConfiguration().getChild(parameter.getName());
        if (configuration.getAttribute("default-value") == null) {
            assertThat(parameter.getDescription()).as(name).containsAnyOf("y default ", "must be given");
        }
    }
}
