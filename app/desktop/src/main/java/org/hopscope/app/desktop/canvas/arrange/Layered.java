package org.hopscope.app.desktop.canvas.arrange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Sizes;
import org.hopscope.app.desktop.workbench.Selection;

/** Boxes that are joined, placed in layers by the Eclipse Layout Kernel: what is joined lies near, few lines cross. */
final class Layered {
  private static final double WIDE = 1.8;
  private static final double APART = 48;

  private Layered() {}

  /** Which way one layer follows another. */
  enum Flow {
    DOWN, RIGHT
  }

  /** A box. */
  record Node(Selection thing, double width, double height) {
  }

  /** What joins two boxes; one of which may not be among them, then it joins nothing. */
  record Edge(Selection from, Selection to) {
  }

  /** The upper left corners. The same boxes in the same order get the same places. */
  static Map<Selection, Point> place(List<Node> nodes, List<Edge> edges, Flow flow) {
    // tells the library of its own options, once
    LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    ElkNode graph = ElkGraphUtil.createGraph();
    graph.setProperty(LayeredOptions.DIRECTION, switch (flow) {
      case DOWN -> Direction.DOWN;
      case RIGHT -> Direction.RIGHT;
    });
    graph.setProperty(LayeredOptions.RANDOM_SEED, 1);
    graph.setProperty(LayeredOptions.SEPARATE_CONNECTED_COMPONENTS, true);
    graph.setProperty(LayeredOptions.ASPECT_RATIO, WIDE);
    graph.setProperty(LayeredOptions.SPACING_NODE_NODE, Sizes.NETNS_GAP);
    graph.setProperty(LayeredOptions.SPACING_COMPONENT_COMPONENT, APART);
    graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, Sizes.ROW_GAP);
    graph.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.PREFER_NODES);
    Map<Selection, ElkNode> made = new LinkedHashMap<>();
    for (Node node : nodes) {
      ElkNode box = ElkGraphUtil.createNode(graph);
      box.setDimensions(node.width(), node.height());
      made.put(node.thing(), box);
    }
    for (Edge edge : edges) {
      Optional<ElkNode> from = Optional.ofNullable(made.get(edge.from()));
      Optional<ElkNode> to = Optional.ofNullable(made.get(edge.to()));
      if (from.isPresent() && to.isPresent() && !edge.from().equals(edge.to())) {
        ElkGraphUtil.createSimpleEdge(from.get(), to.get());
      }
    }
    new LayeredLayoutProvider().layout(graph, new BasicProgressMonitor());
    Map<Selection, Point> places = new LinkedHashMap<>();
    made.forEach((thing, box) -> places.put(thing, new Point(Math.round(box.getX()), Math.round(box.getY()))));
    return places;
  }
}
