/** Pages and what is drawn on them: HTML and SVG that are well formed, charts, pictures. Knows nothing of trainings. */
package io.github.layerc.report.draw;
