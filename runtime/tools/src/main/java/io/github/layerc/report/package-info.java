/** Reports for people: pages about a training and about a comparison, made of plain values. */
package io.github.layerc.report;
