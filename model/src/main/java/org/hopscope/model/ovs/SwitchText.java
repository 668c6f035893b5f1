package org.hopscope.model.ovs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Bridges and ports as {@code ovs-vsctl show} prints them, and the commands that make them. */
public final class SwitchText {
  private SwitchText() {
  }

  /** {@code ovs-vsctl show}; the database's own number is made of nothing but its name. */
  static List<String> show(OpenVswitch ovs, Predicate<OvsPort> missing) {
    List<String> lines = new ArrayList<>();
    lines.add(UUID.nameUUIDFromBytes("Open_vSwitch".getBytes(StandardCharsets.UTF_8)).toString());
    for (OvsBridge bridge : ovs.bridges()) {
      lines.add("    Bridge " + quoted(bridge.name()));
      for (OvsPort port : bridge.ports()) {
        lines.add("        Port " + quoted(port.name()));
        port.tag().ifPresent(t -> lines.add("            tag: " + t));
        if (!port.trunks().isEmpty()) {
          lines.add("            trunks: " + port.trunks());
        }
        lines.add("            Interface " + quoted(port.name()));
        if (!type(port).isEmpty()) {
          lines.add("                type: " + type(port));
        }
        options(port).ifPresent(o -> lines.add("                options: {" + o + "}"));
        if (missing.test(port)) {
          lines.add("                error: \"could not open network device " + port.name() + " (No such device)\"");
        }
      }
    }
    lines.add("    ovs_version: \"3.1.0\"");
    return lines;
  }

  static String type(OvsPort port) {
    return switch (port.type()) {
      case OvsPort.Type.System() -> "";
      case OvsPort.Type.Internal() -> "internal";
      case OvsPort.Type.Patch _ -> "patch";
      case OvsPort.Type.Tunnel tunnel -> tunnel.kind().name().toLowerCase(Locale.ROOT);
    };
  }

  private static Optional<String> options(OvsPort port) {
    return switch (port.type()) {
      case OvsPort.Type.System(),OvsPort.Type.Internal() -> Optional.empty();
      case OvsPort.Type.Patch(var peer) -> peer.map(p -> "peer=" + quoted(p));
      case OvsPort.Type.Tunnel tunnel -> {
        List<String> parts = new ArrayList<>();
        key(tunnel).ifPresent(k -> parts.add("key=" + quoted(k)));
        tunnel.remote().ifPresent(r -> parts.add("remote_ip=" + quoted(r.toString())));
        yield parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
      }
    };
  }

  private static Optional<String> key(OvsPort.Type.Tunnel tunnel) {
    return tunnel.flowKey() ? Optional.of("flow") : tunnel.key().map(k -> Integer.toString(k));
  }

  /** A word of the database: in quotes unless it looks like a name (ovsdb string_needs_quotes). */
  static String quoted(String text) {
    return text.matches("[A-Za-z_][A-Za-z0-9_.-]*") && !text.equals("true") && !text.equals("false") ? text
        : "\"" + text + "\"";
  }

  /** The commands behind {@code ovs-vsctl} and {@code ovs-ofctl} that make a switch what it is. */
  public static List<List<String>> making(OpenVswitch ovs) {
    List<List<String>> commands = new ArrayList<>();
    for (OvsBridge bridge : ovs.bridges()) {
      commands.add(List.of("ovs-vsctl", "add-br", bridge.name()));
      for (OvsPort port : bridge.ports()) {
        if (port.number() != OvsPort.LOCAL) {
          commands.add(making(bridge, port));
        } else {
          port.tag().ifPresent(t -> commands.add(List.of("ovs-vsctl", "set", "port", port.name(), "tag=" + t)));
        }
      }
      commands.add(List.of("ovs-ofctl", "del-flows", bridge.name()));
      bridge.flows()
          .forEach(f -> commands.add(List.of("ovs-ofctl", "add-flow", bridge.name(), FlowText.typed(f))));
    }
    return commands;
  }

  private static List<String> making(OvsBridge bridge, OvsPort port) {
    List<String> words = new ArrayList<>(List.of("ovs-vsctl", "add-port", bridge.name(), port.name()));
    port.tag().ifPresent(t -> words.add("tag=" + t));
    if (!port.trunks().isEmpty()) {
      words.add("trunks=" + port.trunks().toString().replace(" ", ""));
    }
    words.addAll(List.of("--", "set", "interface", port.name(), "ofport_request=" + port.number()));
    if (!type(port).isEmpty()) {
      words.add("type=" + type(port));
    }
    switch (port.type()) {
      case OvsPort.Type.System(),OvsPort.Type.Internal() -> {
      }
      case OvsPort.Type.Patch(var peer) -> peer.ifPresent(p -> words.add("options:peer=" + p));
      case OvsPort.Type.Tunnel tunnel -> {
        tunnel.remote().ifPresent(r -> words.add("options:remote_ip=" + r));
        key(tunnel).ifPresent(k -> words.add("options:key=" + k));
      }
    }
    return words;
  }
}
