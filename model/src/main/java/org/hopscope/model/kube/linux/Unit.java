package org.hopscope.model.kube.linux;

import java.util.List;

/**
 * A part of a cluster that is wired by itself: a node, a pair of nodes, a pod. A unit holds all that its constructs follow
 * from, so equal units have equal constructs, and what did not change is not looked into.
 */
interface Unit {
  /** What is on the nodes because of it, in the order in which it is made. */
  List<Construct> constructs();
}
