package org.hopscope.model.broken.packages_have_no_cycles;

import org.hopscope.lessons.broken.packages_have_no_cycles.BreaksToo;

/** One half of a circle. */
public record Breaks(BreaksToo other) {}
