package org.hopscope.lessons.broken.packages_have_no_cycles;

import org.hopscope.model.broken.packages_have_no_cycles.Breaks;

/** The other half. */
public record BreaksToo(Breaks other) {}
