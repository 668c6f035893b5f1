package org.hopscope.model.lab;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A whole lab at one instant: immutable, and all there is. What is shown, simulated, checked and saved is read from it.
 *
 * @param basis what was given when the lab was made and never changes
 * @param now the virtual clock
 * @param nextDevice the number of the next device
 * @param hosts by name
 * @param netns by name
 * @param devices by identity
 * @param learned the tables that traffic writes into
 * @param notes what people attach to a lab: saved probes and positions on the canvas
 */
public record LabState(Basis basis, VirtualTime now, int nextDevice, PSortedMap<String, Host> hosts,
    PSortedMap<NetnsId, Netns> netns, PSortedMap<DeviceId, Device> devices, Learned learned, Notes notes) {
  /**
   * What a lab is made with.
   *
   * @param seed every random choice follows from it
   * @param environment sysctl values that take the place of the kernel's defaults: full keys, {@code *} for any device;
   *     empty for a plain kernel
   */
  public record Basis(long seed, PSortedMap<String, String> environment) {
  }

  /** The name of the host that every lab begins with. */
  public static final String FIRST_HOST = "host";

  /** A lab without any host: see {@code Editor} for the usual beginning. */
  public static LabState bare(long seed, PSortedMap<String, String> environment) {
    return new LabState(new Basis(seed, environment), VirtualTime.START, 1, TreePMap.empty(), TreePMap.empty(),
        TreePMap.empty(), Learned.NOTHING, Notes.NONE);
  }

  /** The host that was made first; commands run on it unless they say otherwise. */
  public Host firstHost() {
    return hosts.values().stream().min(Comparator.comparingInt(Host::order)).orElseThrow();
  }

  /** The namespaces of a host in the order of their making, the root namespace first. */
  public List<Netns> netnsOf(String host) {
    return netns.values().stream().filter(n -> n.id().host().equals(host)).sorted(Comparator.comparingInt(Netns::order))
        .toList();
  }

  /** A namespace by name. */
  public Optional<Netns> find(NetnsId id) {
    return Optional.ofNullable(netns.get(id));
  }

  /** A device by identity; it must exist. */
  public Device device(DeviceId id) {
    return Optional.ofNullable(devices.get(id)).orElseThrow();
  }

  /** A device by its name in a namespace. */
  public Optional<Device> find(DeviceRef ref) {
    return devicesIn(ref.netns()).filter(d -> d.name().equals(ref.name())).findFirst();
  }

  /** The devices of a namespace in the order in which {@code ip link} prints them: by index. */
  public List<Device> devicesOf(NetnsId id) {
    return devicesIn(id).sorted(Comparator.comparingInt(d -> d.place().ifindex())).toList();
  }

  /** The ports of a bridge in the order of their port numbers. */
  public List<Device> portsOf(DeviceId bridge) {
    return devices.values().stream().filter(d -> d.port().map(p -> p.bridge().equals(bridge)).orElse(false))
        .sorted(Comparator.comparingInt(d -> d.port().orElseThrow().number())).toList();
  }

  private Stream<Device> devicesIn(NetnsId id) {
    return devices.values().stream().filter(d -> d.netns().equals(id));
  }

  public LabState withNow(VirtualTime value) {
    return new LabState(basis, value, nextDevice, hosts, netns, devices, learned, notes);
  }

  public LabState withHosts(PSortedMap<String, Host> value) {
    return new LabState(basis, now, nextDevice, value, netns, devices, learned, notes);
  }

  public LabState with(Netns value) {
    return withNetns(netns.plus(value.id(), value));
  }

  public LabState withNetns(PSortedMap<NetnsId, Netns> value) {
    return new LabState(basis, now, nextDevice, hosts, value, devices, learned, notes);
  }

  public LabState with(Device value) {
    return withDevices(devices.plus(value.id(), value), nextDevice);
  }

  public LabState withDevices(PSortedMap<DeviceId, Device> value, int next) {
    return new LabState(basis, now, next, hosts, netns, value, learned, notes);
  }

  public LabState withLearned(Learned value) {
    return new LabState(basis, now, nextDevice, hosts, netns, devices, value, notes);
  }

  public LabState withNotes(Notes value) {
    return new LabState(basis, now, nextDevice, hosts, netns, devices, learned, value);
  }
}
