package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.cni.Conflist;
import org.hopscope.model.lab.Links;

/** What ADD answers (CNI specification 1.0.0, section 5): devices, addresses and routes. */
final class CniResult {
  private final List<Interface> interfaces = new ArrayList<>();
  private final List<Ip> ips = new ArrayList<>();
  private final List<Conflist.Route> routes = new ArrayList<>();

  /** A device; in the container's namespace or on the host. */
  private record Interface(String name, boolean sandboxed) {
  }

  /** An address of the device with this place in the list. */
  record Ip(InterfaceAddress address, Optional<IpAddress> gateway, int device) {
  }

  void device(String name, boolean sandboxed) {
    interfaces.add(new Interface(name, sandboxed));
  }

  void address(InterfaceAddress address, Optional<IpAddress> gateway) {
    ips.add(new Ip(address, gateway, interfaces.size() - 1));
  }

  void route(Conflist.Route route) {
    routes.add(route);
  }

  List<Ip> ips() {
    return ips;
  }

  /** As cnitool prints it: indented by four blanks. */
  List<String> lines(String version, CniDeeds deeds) {
    List<String> lines = new ArrayList<>(List.of("{", "    \"cniVersion\": \"" + version + "\","));
    objects(lines, "interfaces", interfaces.stream().map(i -> {
      List<String> fields = new ArrayList<>(List.of(field("name", i.name())));
      (i.sandboxed() ? deeds.within(i.name()) : deeds.onHost(i.name())).map(d -> Links.macOf(deeds.lab(), d))
          .ifPresent(m -> fields.add(field(
              "mac", m.toString())));
      if (i.sandboxed()) {
        fields.add(field("sandbox", deeds.path()));
      }
      return fields;
    }).toList());
    objects(lines, "ips", ips.stream().map(i -> {
      List<String> fields = new ArrayList<>(List.of("\"interface\": " + i.device(), field("address", i.address()
          .toString())));
      i.gateway().ifPresent(g -> fields.add(field("gateway", g.toString())));
      return fields;
    }).toList());
    objects(lines, "routes", routes.stream().map(r -> {
      List<String> fields = new ArrayList<>(List.of(field("dst", r.to().toString())));
      r.via().ifPresent(v -> fields.add(field("gw", v.toString())));
      return fields;
    }).toList());
    lines.addAll(List.of("    \"dns\": {}", "}"));
    return lines;
  }

  private static String field(String name, String value) {
    return "\"" + name + "\": \"" + value + "\"";
  }

  private static void objects(List<String> lines, String name, List<List<String>> objects) {
    if (objects.isEmpty()) {
      return;
    }
    lines.add("    \"" + name + "\": [");
    for (int i = 0; i < objects.size(); i++) {
      lines.add("        {");
      List<String> fields = objects.get(i);
      for (int f = 0; f < fields.size(); f++) {
        lines.add("            " + fields.get(f) + (f + 1 < fields.size() ? "," : ""));
      }
      lines.add("        }" + (i + 1 < objects.size() ? "," : ""));
    }
    lines.add("    ],");
  }
}
