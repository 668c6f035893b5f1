package org.hopscope.model.codec;

import java.util.function.UnaryOperator;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.net.BridgeId;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.PortState;
import org.hopscope.model.net.SpanningTree;
import org.hopscope.model.net.SpanningTree.Claim;
import org.hopscope.model.net.SpanningTree.Timer;
import org.hopscope.model.net.SpanningTree.Times;
import org.hopscope.model.net.SpanningTree.TopologyChange;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Reads what the spanning tree protocol knows. */
final class TreeReader {
  private static final int MAX = 65_535;

  private TreeReader() {
  }

  /** What is learned from what stands at a device. */
  static void read(Draft draft, DeviceId id, Fields fields) throws MalformedException {
    if (fields.has("treeRoot")) {
      SpanningTree.Root root = Fields.object(fields.required("treeRoot"), TreeReader::root);
      learn(draft, tree -> new SpanningTree(tree.at(), tree.bridges().plus(id, root), tree.ports()));
    }
    if (fields.has("treePort")) {
      SpanningTree.Port port = Fields.object(fields.required("treePort"), TreeReader::port);
      learn(draft, tree -> new SpanningTree(tree.at(), tree.bridges(), tree.ports().plus(id, port)));
    }
  }

  private static void learn(Draft draft, UnaryOperator<SpanningTree> change) {
    draft.learn(learned -> learned.withTree(change.apply(learned.tree())));
  }

  private static SpanningTree.Root root(Fields fields) throws MalformedException {
    Times times = new Times(fields.longNumber("maxAge", 0), fields.longNumber("hello", 1),
        fields.longNumber("forwardDelay", 0));
    TopologyChange change = new TopologyChange(fields.flag("changeDetected"), fields.flag("changeActive"),
        fields.optional("swept", v -> new VirtualTime(Fields.whole(v, 0, Long.MAX_VALUE))));
    return new SpanningTree.Root(id(fields, "id"), fields.number("rootPort", 0, MAX), id(fields, "root"),
        fields.number("cost", 0, Integer.MAX_VALUE), times, change, timers(fields));
  }

  private static SpanningTree.Port port(Fields fields) throws MalformedException {
    Claim claim = new Claim(id(fields, "root"), fields.number("cost", 0, Integer.MAX_VALUE), id(fields, "bridge"),
        fields.number("port", 0, MAX));
    return new SpanningTree.Port(fields.word("state", PortState.class, PortState.DISABLED), claim,
        new VirtualTime(fields.longNumber("heard", Long.MIN_VALUE)), fields.flag("acknowledge"),
        fields.flag("pending"), timers(fields));
  }

  private static BridgeId id(Fields fields, String name) throws MalformedException {
    return Fields.object(fields.required(name),
        f -> new BridgeId(f.number("priority", 0, MAX), f.parsed("mac", "a MAC address", MacAddress::parse)));
  }

  private static PSortedMap<Timer, VirtualTime> timers(Fields fields) throws MalformedException {
    return Fields.object(fields.required("timers"), TreeReader::all);
  }

  private static PSortedMap<Timer, VirtualTime> all(Fields fields) throws MalformedException {
    PSortedMap<Timer, VirtualTime> timers = TreePMap.empty();
    for (Timer timer : Timer.values()) {
      if (fields.has(Words.of(timer))) {
        timers = timers.plus(timer, new VirtualTime(fields.longNumber(Words.of(timer), 0)));
      }
    }
    return timers;
  }
}
