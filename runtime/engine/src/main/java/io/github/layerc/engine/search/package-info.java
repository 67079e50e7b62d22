/** Steps that search for a lower cost along a line. */
package io.github.layerc.engine.search;
