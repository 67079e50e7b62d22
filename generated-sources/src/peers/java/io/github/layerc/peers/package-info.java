/**
 * Measures generated classes beside other libraries, in the profile {@code peers} only: the same networks, the same data, the same run. Every
 * library runs in JVMs of its own, with no other library on the class path.
 */
package io.github.layerc.peers;
