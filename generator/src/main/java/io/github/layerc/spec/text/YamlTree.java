package io.github.layerc.spec.text;

import io.github.layerc.spec.text.YamlNode.Entry;
import io.github.layerc.spec.text.YamlNode.Mapping;
import io.github.layerc.spec.text.YamlNode.Scalar;
import io.github.layerc.spec.text.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.SpecVersion;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Builds the nodes of one YAML document from the parser's events.
 *
 * <p>The library's own composer is not used: it resolves aliases and merge keys, which a spec does not need and a hostile file abuses. Here an
 * alias, an anchor, a tag, a second document and deep nesting are errors.
 */
public final class YamlTree {
    /** A spec needs 3: its keys, a list of layers, a layer. */
    private static final int DEPTH_LIMIT = 16;

    /** A layer needs up to six, and nobody writes more than a few layers: values, and where lists and mappings begin and end. */
    private static final int EVENT_LIMIT = 200_000;

    private static final int PROBLEM_LENGTH = 200;

    private final Schema schema = new CoreSchema();
    private final SpecErrors errors;
    private final Iterator<Event> events;
    private Position reached = Position.START;
    private int read;

    private YamlTree(String text, SpecErrors errors) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(schema)
                .setCodePointLimit(SpecText.LIMIT)
                .build();
        this.errors = errors;
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** The root of the only document in {@code text}. */
    public static YamlNode of(String text, SpecErrors errors) {
        YamlTree tree = new YamlTree(text, errors);
        Optional<YamlNode> root = Optional.empty();
        try {
            root = tree.document();
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().map(Position::of).orElse(tree.reached);
            String context = e.getContext() == null ? "" : e.getContext() + ", ";
            errors.add(at, notYaml(context + e.getProblem()));
        } catch (YamlVersionException e) {
            SpecVersion version = e.getSpecVersion();
            errors.add(
                    tree.reached, "YAML version must be 1.2: version=" + version.getMajor() + "." + version.getMinor());
        } catch (YamlEngineException e) {
            errors.add(tree.reached, notYaml(String.valueOf(e.getMessage())));
        } catch (NumberFormatException e) {
            // what the library makes of an escape that does not fit an int, such as U+99999999
            errors.add(tree.reached, notYaml("unreadable escape in the text behind this place"));
        }
        errors.throwIfAny();
        return root.orElseThrow(() -> new AssertionError("neither a document nor an error: " + text));
    }

    private Optional<YamlNode> document() {
        next(); // start of the stream
        if (next().getEventId() == Event.ID.StreamEnd) {
            errors.add(Position.START, "spec must not be empty");
            return Optional.empty();
        }
        YamlNode root = node(next(), 1);
        next(); // end of the document
        if (next().getEventId() != Event.ID.StreamEnd) {
            errors.add(reached, "spec must be one YAML document: found a second one");
        }
        return Optional.of(root);
    }

    private YamlNode node(Event event, int depth) {
        Position position = reached;
        refuse(event);
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, position);
        }
        if (!(event instanceof CollectionStartEvent)) {
            return new Sequence(position, List.of()); // an alias, which has been refused
        }
        if (depth > DEPTH_LIMIT) {
            errors.add(position, "spec must be nested at most " + DEPTH_LIMIT + " levels deep");
            errors.throwIfAny();
        }
        return event.getEventId() == Event.ID.MappingStart ? mapping(position, depth) : sequence(position, depth);
    }

    private Scalar scalar(ScalarEvent event, Position position) {
        boolean plain = event.isPlain();
        Tag type = plain ? schema.getScalarResolver().resolve(event.getValue(), true) : Tag.STR;
        return new Scalar(position, event.getValue(), type, plain);
    }

    private Sequence sequence(Position position, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            items.add(node(event, depth + 1));
        }
        return new Sequence(position, items);
    }

    private Mapping mapping(Position position, int depth) {
        List<Entry> entries = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            YamlNode key = node(event, depth + 1);
            entries.add(new Entry(key, node(next(), depth + 1)));
        }
        return new Mapping(position, entries);
    }

    private void refuse(Event event) {
        if (event instanceof AliasEvent alias) {
            errors.add(reached, "aliases are not allowed: alias=" + shown("*" + alias.getAlias()));
        } else if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            errors.add(
                    reached,
                    "anchors are not allowed: anchor="
                            + shown("&" + node.getAnchor().get()));
        }
        Optional<String> tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
        tag.ifPresent(name -> errors.add(reached, "tags are not allowed: tag=" + shown(name)));
    }

    private Event next() {
        Event event = events.next();
        event.getStartMark().ifPresent(mark -> reached = Position.of(mark));
        read++;
        if (read > EVENT_LIMIT) {
            errors.add(
                    reached, "spec must have at most " + EVENT_LIMIT + " keys, values, beginnings and ends of lists");
            errors.throwIfAny();
        }
        return event;
    }

    private static String shown(String name) {
        return YamlNode.visible(name, YamlNode.SHOWN_LENGTH);
    }

    /** The library's messages quote what they met: line ends, zeros, a megabyte without a space. */
    private static String notYaml(String message) {
        return "not YAML: " + YamlNode.visible(message.replaceAll("\\s+", " ").strip(), PROBLEM_LENGTH);
    }
}
