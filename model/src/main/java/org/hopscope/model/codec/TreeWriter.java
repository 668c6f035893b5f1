package org.hopscope.model.codec;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.hopscope.model.net.BridgeId;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.SpanningTree;
import org.hopscope.model.net.SpanningTree.Timer;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.PSortedMap;

/** Writes what the spanning tree protocol knows, of each bridge and port where it stands. */
final class TreeWriter {
  private TreeWriter() {
  }

  static void add(JsonObject device, SpanningTree tree, DeviceId id) {
    Optional.ofNullable(tree.bridges().get(id)).ifPresent(root -> device.add("treeRoot", root(root)));
    Optional.ofNullable(tree.ports().get(id)).ifPresent(port -> device.add("treePort", port(port)));
  }

  private static JsonObject root(SpanningTree.Root root) {
    JsonObject object = new JsonObject();
    object.add("id", id(root.id()));
    object.add("root", id(root.root()));
    object.addProperty("rootPort", root.rootPort());
    object.addProperty("cost", root.cost());
    object.addProperty("maxAge", root.times().maxAge());
    object.addProperty("hello", root.times().hello());
    object.addProperty("forwardDelay", root.times().forwardDelay());
    object.addProperty("changeDetected", root.change().detected());
    object.addProperty("changeActive", root.change().active());
    root.change().swept().ifPresent(e -> object.addProperty("swept", e.nanos()));
    object.add("timers", timers(root.timers()));
    return object;
  }

  private static JsonObject port(SpanningTree.Port port) {
    JsonObject object = new JsonObject();
    object.addProperty("state", Words.of(port.state()));
    object.add("root", id(port.claim().root()));
    object.addProperty("cost", port.claim().cost());
    object.add("bridge", id(port.claim().bridge()));
    object.addProperty("port", port.claim().port());
    object.addProperty("heard", port.heard().nanos());
    object.addProperty("acknowledge", port.acknowledge());
    object.addProperty("pending", port.pending());
    object.add("timers", timers(port.timers()));
    return object;
  }

  private static JsonObject id(BridgeId id) {
    JsonObject object = new JsonObject();
    object.addProperty("priority", id.priority());
    object.addProperty("mac", id.mac().toString());
    return object;
  }

  private static JsonObject timers(PSortedMap<Timer, VirtualTime> timers) {
    JsonObject object = new JsonObject();
    timers.forEach((timer, at) -> object.addProperty(Words.of(timer), at.nanos()));
    return object;
  }
}
