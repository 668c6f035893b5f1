package org.hopscope.model.broken.no_graph_is_kept;

/** A state that keeps a graph. */
final class Breaks {
  org.jgrapht.Graph<String, String> graph;
}
