/** The goals of the Maven plugin: thin, over plain classes. */
package io.github.layerc.maven;
