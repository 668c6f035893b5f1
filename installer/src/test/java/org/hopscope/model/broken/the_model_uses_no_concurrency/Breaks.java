package org.hopscope.model.broken.the_model_uses_no_concurrency;

/** A model that shares. */
record Breaks(java.util.concurrent.ConcurrentHashMap<String, String> shared) {}
