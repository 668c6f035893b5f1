package org.hopscope.lessons.broken.lessons_use_only_the_model;

/** A lesson that reaches for the fonts. */
record Breaks(org.hopscope.assets.Face face) {}
