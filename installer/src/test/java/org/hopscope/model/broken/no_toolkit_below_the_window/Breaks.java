package org.hopscope.model.broken.no_toolkit_below_the_window;

/** A model that paints. */
record Breaks(java.awt.Color colour) {}
