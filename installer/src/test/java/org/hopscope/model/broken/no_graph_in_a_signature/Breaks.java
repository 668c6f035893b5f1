package org.hopscope.model.broken.no_graph_in_a_signature;

/** A neighbour who is handed a graph. */
interface Breaks {
  void layOut(org.jgrapht.Graph<String, String> graph);
}
