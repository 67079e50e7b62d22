/** Pictures as samples: from files of their own, those of the notebook, and drawn ones. */
package io.github.layerc.pictures;
