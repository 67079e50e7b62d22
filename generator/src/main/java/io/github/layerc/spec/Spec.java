package io.github.layerc.spec;

import io.github.layerc.network.Network;
import io.github.layerc.table.Table;
import java.util.Optional;

/**
 * A spec that has been read without an error.
 *
 * @param fileName simple name of its file, as the header of the generated source shows it
 * @param text what the file says, without a byte order mark
 * @param network what it describes
 * @param table the columns that it names; empty where it names none
 * @param line of the network's name, from 1
 * @param column of the network's name, from 1, in code points
 */
public record Spec(String fileName, String text, Network network, Optional<Table> table, int line, int column) {}
