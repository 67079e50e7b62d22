/** Folders of results, whose files are written together or not at all. */
package io.github.layerc.files;
