/** Figures of lessons: a small part of SVG, whose colours are named and not written, so that they follow the theme. */
package org.hopscope.lessons.figure;
