/** Schedules that were measured, and the file beside a spec that keeps them. */
package io.github.layerc.schedule.tuned;
