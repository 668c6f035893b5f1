package org.hopscope.model.lab;

import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.pcollections.ConsPStack;
import org.pcollections.PSortedMap;
import org.pcollections.PStack;
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
 * @param clusters the Kubernetes clusters by name: what is wanted of them, while what is on their nodes is in the rest
 * @param engines the Docker daemons by host: what they keep, while what it comes to on the host is in the rest
 * @param notes what people attach to a lab: saved probes and positions on the canvas
 * @param index where the devices are: follows from {@code devices}
 * @param touched the devices that were put in, changed or taken out since the kernel had its say about that, latest first;
 *     no part of what a lab is
 */
public record LabState(Basis basis, VirtualTime now, int nextDevice, PSortedMap<String, Host> hosts,
    PSortedMap<NetnsId, Netns> netns, PSortedMap<DeviceId, Device> devices, Learned learned,
    PSortedMap<String, Cluster> clusters, PSortedMap<String, Engine> engines, Notes notes, DeviceIndex index,
    PStack<DeviceId> touched) {
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
        TreePMap.empty(), Learned.NOTHING, TreePMap.empty(), TreePMap.empty(), Notes.NONE, DeviceIndex.EMPTY,
        ConsPStack.empty());
  }

  /** The host that was made first; commands run on it unless they say otherwise. */
  public Host firstHost() {
    return hosts.values().stream().min(Comparator.comparingInt(Host::order)).orElseThrow();
  }

  /** The namespaces of a host in the order of their making, the root namespace first. */
  public List<Netns> netnsOf(String host) {
    return on(host).stream().sorted(Comparator.comparingInt(Netns::order)).toList();
  }

  /** The namespaces of a host in no certain order. */
  Collection<Netns> on(String host) {
    return netns.subMap(NetnsId.root(host), new NetnsId(host + "\0", "")).values();
  }

  /** A namespace by name. */
  public Optional<Netns> find(NetnsId id) {
    return Optional.ofNullable(netns.get(id));
  }

  /** A device by identity; it must exist. */
  public Device device(DeviceId id) {
    Device device = devices.get(id);
    if (device == null) {
      throw new NoSuchElementException("no " + id);
    }
    return device;
  }

  /** A device by its name in a namespace. */
  public Optional<Device> find(DeviceRef ref) {
    return Optional.ofNullable(index.named(ref.netns()).get(ref.name())).map(this::device);
  }

  /** The devices of a namespace in the order in which {@code ip link} prints them: by index. */
  public List<Device> devicesOf(NetnsId id) {
    return index.indexed(id).values().stream().map(this::device).toList();
  }

  /** The cluster that a machine is a node of. */
  public Optional<Cluster> clusterOf(String host) {
    return clusters.values().stream().filter(c -> c.node(host).isPresent()).findFirst();
  }

  /** The ports of a bridge in the order of their port numbers. */
  public List<Device> portsOf(DeviceId bridge) {
    return index.portsOf(bridge).values().stream().map(this::device).toList();
  }

  /** The devices that stand on a device, in the order of their making. */
  public List<Device> uppersOf(DeviceId lower) {
    return index.uppersOf(lower).stream().map(this::device).toList();
  }

  /** The tunnels whose packets outside belong to a namespace, in the order of their making. */
  public List<Device> tunnelsOf(NetnsId home) {
    return index.tunnelsOf(home).stream().map(this::device).toList();
  }

  /** As of any record; but labs are compared at every edit, and most of what two of them hold is the same object. */
  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof LabState that && now.equals(that.now) && nextDevice == that.nextDevice
        && basis.equals(that.basis) && notes.equals(that.notes) && clusters.equals(that.clusters)
        && engines.equals(that.engines)
        && same(hosts, that.hosts) && same(netns, that.netns)
        && same(devices, that.devices) && learned.equals(that.learned);
  }

  @Override
  public int hashCode() {
    return Objects.hash(basis, now, nextDevice, hosts, netns, devices, learned, clusters, engines, notes);
  }

  /** Both are in the same order: one walk through the two is enough. */
  private static <K, V> boolean same(PSortedMap<K, V> one, PSortedMap<K, V> other) {
    if (one == other) {
      return true;
    }
    Iterator<Map.Entry<K, V>> others = other.entrySet().iterator();
    return one.size() == other.size() && one.entrySet().stream().allMatch(e -> e.equals(others.next()));
  }

  public LabState withNow(VirtualTime value) {
    return new LabState(basis, value, nextDevice, hosts, netns, devices, learned, clusters, engines, notes, index,
        touched);
  }

  public LabState withHosts(PSortedMap<String, Host> value) {
    return new LabState(basis, now, nextDevice, value, netns, devices, learned, clusters, engines, notes, index,
        touched);
  }

  public LabState with(Netns value) {
    return withNetns(netns.plus(value.id(), value));
  }

  public LabState withNetns(PSortedMap<NetnsId, Netns> value) {
    return new LabState(basis, now, nextDevice, hosts, value, devices, learned, clusters, engines, notes, index,
        touched);
  }

  /** With a device put in or changed; the number of the next one is always above all that are there. */
  public LabState with(Device value) {
    Device old = devices.get(value.id());
    return new LabState(basis, now, Math.max(nextDevice, value.id().number() + 1), hosts, netns,
        devices.plus(value.id(), value), learned, clusters, engines, notes,
        old == null ? index.with(value) : index.changed(old, value), touched.plus(value.id()));
  }

  /** With these devices in place of those that are there: far cheaper than one after the other. */
  public LabState withDevices(List<Device> values) {
    SortedMap<DeviceId, Device> all = new TreeMap<>();
    PStack<DeviceId> touching = touched;
    int next = nextDevice;
    for (Device value : values) {
      all.put(value.id(), value);
      touching = touching.plus(value.id());
      next = Math.max(next, value.id().number() + 1);
    }
    return new LabState(basis, now, next, hosts, netns, TreePMap.fromSortedMap(all), learned, clusters, engines, notes,
        DeviceIndex.of(all.values()), touching);
  }

  /** Without a device; what else refers to it is the caller's to clear. */
  public LabState without(DeviceId id) {
    return new LabState(basis, now, nextDevice, hosts, netns, devices.minus(id), learned, clusters, engines, notes,
        index.without(device(id)), touched.plus(id));
  }

  /** With the number that the next device gets. */
  public LabState withNextDevice(int value) {
    return new LabState(basis, now, value, hosts, netns, devices, learned, clusters, engines, notes, index, touched);
  }

  /** The same lab, of whose devices none was touched lately: the kernel had its say. */
  LabState untouched() {
    return touched.isEmpty() ? this
        : new LabState(basis, now, nextDevice, hosts, netns, devices, learned, clusters, engines, notes, index,
            ConsPStack.empty());
  }

  public LabState withLearned(Learned value) {
    return new LabState(basis, now, nextDevice, hosts, netns, devices, value, clusters, engines, notes, index, touched);
  }

  public LabState withClusters(PSortedMap<String, Cluster> value) {
    return new LabState(basis, now, nextDevice, hosts, netns, devices, learned, value, engines, notes, index, touched);
  }

  public LabState withEngines(PSortedMap<String, Engine> value) {
    return new LabState(basis, now, nextDevice, hosts, netns, devices, learned, clusters, value, notes, index, touched);
  }

  /** The Docker daemon of a host. */
  public Engine engine(String host) {
    return engines.getOrDefault(host, Engine.NONE);
  }

  public LabState withNotes(Notes value) {
    return new LabState(basis, now, nextDevice, hosts, netns, devices, learned, clusters, engines, value, index,
        touched);
  }
}
