/** What there is in a table, and the part of a spec that could be made of it. */
package io.github.layerc.describe;
