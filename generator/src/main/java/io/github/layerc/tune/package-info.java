/** Measures schedules on the machine that it runs on, and keeps the winners in a file beside the spec. */
package io.github.layerc.tune;
