package org.hopscope.model.sim;

import java.util.Optional;
import org.hopscope.model.kube.cilium.CiliumMaps;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/**
 * One of Cilium's programs at work on a packet.
 *
 * @param program its name
 * @param device where it stands
 * @param maps what it can ask
 */
record CiliumProgram(Run run, String program, NetDev device, CiliumMaps maps) {
  /** The node it runs on. */
  String node() {
    return device.netns().host();
  }

  /** Tells that a map was asked. */
  void asked(Skb skb, String map, String key, Optional<String> found) {
    run.recorder.step(skb, device, new Event.Looked(new Lookup.MapLookup(device.netns(), Optional.of(device.id()),
        program, map, key, found)));
  }
}
