package org.hopscope.model.codec;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.lab.Names;
import org.hopscope.model.lab.Refusal;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;

/** All hosts, namespaces and devices of a document by name, found before anything is read that refers to them. */
final class Directory {
  private final Set<String> hosts = new HashSet<>();
  private final Map<NetnsId, Inside> namespaces = new HashMap<>();
  private final Map<DeviceId, Place> places = new HashMap<>();

  /** A namespace: where it is written, and its devices by name. */
  private record Inside(Place place, Map<String, DeviceId> devices) {
  }

  static Directory of(Fields document) throws MalformedException {
    Directory directory = new Directory();
    for (Json host : document.items("hosts")) {
      Fields.glance(host, directory::addHost);
    }
    if (directory.hosts.isEmpty()) {
      throw document.malformed("hosts", "a lab has at least one host");
    }
    return directory;
  }

  private Directory addHost(Fields host) throws MalformedException {
    String name = host.text("name");
    refuse(host.place("name"), Names.problemWithHost(name));
    if (!hosts.add(name)) {
      throw host.malformed("name", "there are two hosts \"" + name + "\"");
    }
    Fields.glance(host.required("root"), f -> addNetns(f, NetnsId.root(name)));
    for (Json netns : host.items("namespaces")) {
      Fields.glance(netns, f -> addNetns(f, new NetnsId(name, netnsName(f))));
    }
    return this;
  }

  private static String netnsName(Fields netns) throws MalformedException {
    String name = netns.text("name");
    refuse(netns.place("name"), Names.problemWithNetns(name));
    return name;
  }

  private Directory addNetns(Fields netns, NetnsId id) throws MalformedException {
    Inside inside = new Inside(netns.place(), new HashMap<>());
    if (namespaces.put(id, inside) != null) {
      throw netns.malformed("name", "there are two namespaces \"" + id.name() + "\" on host \"" + id.host() + "\"");
    }
    Set<Integer> indexes = new HashSet<>();
    for (Json device : netns.items("devices")) {
      Fields.glance(device, f -> addDevice(f, inside, indexes));
    }
    return this;
  }

  private Directory addDevice(Fields device, Inside inside, Set<Integer> indexes) throws MalformedException {
    String name = device.text("name");
    refuse(device.place("name"), Names.problemWithDevice(name, "name"));
    DeviceId id = new DeviceId(device.number("number", 1, Integer.MAX_VALUE - 1));
    int index = device.number("index", 1, Integer.MAX_VALUE - 1);
    if (inside.devices().put(name, id) != null) {
      throw device.malformed("name", "there are two devices \"" + name + "\" in this namespace");
    }
    if (places.put(id, device.place()) != null) {
      throw device.malformed("number", "there are two devices with the number " + id.number());
    }
    if (!indexes.add(index)) {
      throw device.malformed("index", "there are two devices with the index " + index + " in this namespace");
    }
    return this;
  }

  private static void refuse(Place place, Optional<Refusal> problem) throws MalformedException {
    if (problem.isPresent()) {
      throw new MalformedException(place, problem.get().text());
    }
  }

  /** Where a device is written. */
  Place place(DeviceId device) {
    return places.getOrDefault(device, Place.START);
  }

  Place place(NetnsId netns) {
    Inside inside = namespaces.get(netns);
    return inside == null ? Place.START : inside.place();
  }

  boolean has(String host) {
    return hosts.contains(host);
  }

  /** The greatest number of a device; 0 without any. */
  int greatestNumber() {
    return places.keySet().stream().mapToInt(DeviceId::number).max().orElse(0);
  }

  /** A namespace that a text names; it must be there. */
  NetnsId netns(Json value) throws MalformedException {
    NetnsId id = Fields.parsed(value, "a namespace such as host/web or @host", Words::netns);
    return check(value.place(), id);
  }

  NetnsId check(Place place, NetnsId id) throws MalformedException {
    if (!namespaces.containsKey(id)) {
      throw new MalformedException(place, "there is no namespace " + id);
    }
    return id;
  }

  /** A device that a text names with its namespace. */
  DeviceId device(Json value) throws MalformedException {
    DeviceRef ref = Fields.parsed(value, "a device such as host/web:eth0 or @host:eth0", Words::device);
    return find(value.place(), ref.netns(), ref.name());
  }

  /** A device that a text names within a namespace. */
  DeviceId device(NetnsId netns, Json value) throws MalformedException {
    return find(value.place(), netns, Fields.text(value));
  }

  private DeviceId find(Place place, NetnsId netns, String name) throws MalformedException {
    Inside inside = namespaces.get(netns);
    DeviceId id = inside == null ? null : inside.devices().get(name);
    if (id == null) {
      throw new MalformedException(place, "there is no device \"" + name + "\" in " + netns);
    }
    return id;
  }
}
