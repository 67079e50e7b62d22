/** What is checked before an engine does something. */
package io.github.layerc.engine.check;
