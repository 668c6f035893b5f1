package org.hopscope.model.broken.the_model_stands_alone;

/** A model that reaches for the fonts. */
record Breaks(org.hopscope.assets.Face face) {}
