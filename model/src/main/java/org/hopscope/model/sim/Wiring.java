package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.FdbEntry;
import org.hopscope.model.net.NetnsId;

/**
 * What was worked out from how a lab is configured, and from nothing else: it holds for every lab that differs only in what
 * was learned and in its clock. Filled as it is asked for, so it stays on one thread.
 */
final class Wiring {
  private final LabState lab;
  final NetDev[] devices;
  final Map<NetnsId, Net> nets = new HashMap<>();
  final Map<DeviceId, List<NetDev>> ports = new HashMap<>();
  final Map<DeviceId, Map<MacAddress, FdbEntry>> own = new HashMap<>();
  final Map<NetnsId, List<NetDev>> byNetns = new HashMap<>();
  final Map<NetnsId, Set<IpAddress>> held = new HashMap<>();
  final Map<Fib.Question, Fib.Result> routes = new HashMap<>();
  final Map<Fib.Question, Boolean> locals = new HashMap<>();
  final Map<RouteOutput.Asked, RouteOutput.Answer> waysOut = new HashMap<>();
  final Map<RouteInput.Asked, RouteInput.Answer> waysIn = new HashMap<>();

  Wiring(LabState lab) {
    this.lab = lab;
    devices = new NetDev[lab.nextDevice()];
  }

  /** Whether it holds for a lab too. Where the spanning tree protocol runs, port states follow from the clock. */
  boolean holdsFor(LabState other) {
    return lab.devices() == other.devices() && lab.netns() == other.netns() && lab.hosts() == other.hosts()
        && lab.basis().equals(other.basis()) && lab.learned().tree().isEmpty() && other.learned().tree().isEmpty();
  }
}
