package org.hopscope.model.broken.json_only_in_codecs;

/** A state that knows how it is written. */
record Breaks(com.google.gson.JsonObject json) {}
