/** The JVM that runs a network for a goal: its class path, its flags, its command line. */
package io.github.layerc.maven.fork;
