/** Schedules: the choices that change the speed of a kernel and, rounding aside, never its results, and what makes them. */
package io.github.layerc.schedule;
