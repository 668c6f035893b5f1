package org.hopscope.model.ovs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.addr.IpAddress;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/** Carries out {@code ovs-vsctl} (ovs-vsctl(8)): commands parted by {@code --}, all of them or none. */
public final class SwitchEditor {
  private static final int LAST_VLAN = 4095;

  private final Predicate<String> devices;
  private final long now;
  private final List<String> out = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private OpenVswitch ovs;
  private boolean lenient;

  private SwitchEditor(OpenVswitch ovs, Predicate<String> devices, long now) {
    this.ovs = ovs;
    this.devices = devices;
    this.now = now;
  }

  /**
   * The switch after the commands, and what the program prints.
   *
   * @param remarks what it says on its standard error although all is done
   */
  public record Done(OpenVswitch ovs, List<String> out, List<String> remarks) {
  }

  /**
   * Does what the words behind {@code ovs-vsctl} say.
   *
   * @param devices whether the root namespace has a device of a name
   * @param now the instant in nanoseconds of the lab's clock
   */
  public static Done apply(OpenVswitch ovs, List<String> words, Predicate<String> devices, long now)
      throws OvsComplaint {
    SwitchEditor editor = new SwitchEditor(ovs, devices, now);
    List<String> command = new ArrayList<>();
    boolean any = false;
    for (String word : words) {
      if (word.equals("--")) {
        any |= editor.command(command);
        command = new ArrayList<>();
      } else if (!word.equals("--no-wait")) {
        command.add(word);
      }
    }
    if (!editor.command(command) && !any) {
      throw OvsComplaint.of("ovs-vsctl: missing command name (use --help for help)");
    }
    editor.report(ovs);
    return new Done(editor.ovs, List.copyOf(editor.out), List.copyOf(editor.remarks));
  }

  /** Ports that were made without a device behind them (vsctl_post_db_reload). */
  private void report(OpenVswitch before) {
    for (OvsBridge bridge : ovs.bridges()) {
      for (OvsPort port : bridge.ports()) {
        if (before.port(port.name()).isEmpty() && isMissing(port)) {
          remarks.add("ovs-vsctl: Error detected while setting up '" + port.name() + "': could not open network device "
              + port.name() + " (No such device).  See ovs-vswitchd log for details.");
        }
      }
    }
  }

  private boolean isMissing(OvsPort port) {
    return port.type() instanceof OvsPort.Type.System && !devices.test(port.name());
  }

  private boolean command(List<String> words) throws OvsComplaint {
    List<String> left = new ArrayList<>(words);
    lenient = left.removeIf(w -> w.equals("--may-exist") || w.equals("--if-exists"));
    if (left.isEmpty()) {
      return false;
    }
    String name = left.removeFirst();
    if (name.startsWith("-")) {
      throw OvsComplaint.unsupported("ovs-vsctl " + name);
    }
    switch (name) {
      case "add-br" -> addBridge(one(name, left, 1));
      case "del-br" -> deleteBridge(one(name, left, 1));
      case "add-port" -> addPort(left);
      case "del-port" -> deletePort(left);
      case "list-br" -> ovs.bridges().stream().map(OvsBridge::name).sorted().forEach(out::add);
      case "list-ports", "list-ifaces" -> bridge(one(name, left, 1)).ports().stream().map(OvsPort::name)
          .filter(p -> !p.equals(left.getFirst())).sorted().forEach(out::add);
      case "br-exists" -> {
        if (ovs.bridge(one(name, left, 1)).isEmpty()) {
          throw OvsComplaint.silent(2);
        }
      }
      case "port-to-br", "iface-to-br" -> {
        String port = one(name, left, 1);
        out.add(ovs.bridgeOf(port).filter(b -> !b.name().equals(port)).map(OvsBridge::name)
            .orElseThrow(() -> OvsComplaint.of("ovs-vsctl: no port named " + port)));
      }
      case "show" -> out.addAll(SwitchText.show(ovs, this::isMissing));
      case "set" -> set(left);
      case "get" -> get(left);
      case "clear", "remove" -> clear(name, left);
      case "list", "find", "create", "destroy", "add", "init", "emer-reset", "br-to-vlan", "br-to-parent",
          "get-controller", "set-controller", "del-controller", "get-fail-mode", "set-fail-mode", "add-bond",
          "del-fail-mode", "wait-until", "comment", "set-manager", "get-manager" ->
          throw OvsComplaint.unsupported("ovs-vsctl " + name);
      default -> throw OvsComplaint.of("ovs-vsctl: unknown command '" + name + "'; use --help for help");
    }
    return true;
  }

  private static String one(String command, List<String> words, int most) throws OvsComplaint {
    if (words.isEmpty()) {
      throw OvsComplaint.of("ovs-vsctl: '" + command + "' command requires at least 1 arguments");
    }
    if (words.size() > most) {
      throw OvsComplaint.unsupported("ovs-vsctl " + command + " with " + words.get(most));
    }
    return words.getFirst();
  }

  private OvsBridge bridge(String name) throws OvsComplaint {
    return ovs.bridge(name).orElseThrow(() -> OvsComplaint.of("ovs-vsctl: no bridge named " + name));
  }

  private static String named(String name) throws OvsComplaint {
    if (name.isEmpty() || name.length() > 15 || name.matches(".*[/\\s:].*")) {
      throw OvsComplaint.unsupported("the name " + name);
    }
    return name;
  }

  private void addBridge(String name) throws OvsComplaint {
    if (lenient && ovs.bridge(name).isPresent()) {
      return;
    }
    if (ovs.bridge(name).isPresent()) {
      throw OvsComplaint.of("ovs-vsctl: cannot create a bridge named " + name + " because a bridge named " + name
          + " already exists");
    }
    Optional<OvsBridge> holder = ovs.bridgeOf(name);
    if (holder.isPresent()) {
      throw OvsComplaint.of("ovs-vsctl: cannot create a bridge named " + name + " because a port named " + name
          + " already exists on bridge " + holder.get().name());
    }
    OvsPort own = new OvsPort(named(name), OvsPort.LOCAL, Optional.empty(), TreePSet.empty(),
        new OvsPort.Type.Internal());
    Flow normal = new Flow(0, 0, 0, FlowMatch.ALL, List.of(FlowAction.Special.NORMAL), now);
    ovs = ovs.with(new OvsBridge(name, List.of(own), List.of(normal)));
  }

  private void deleteBridge(String name) throws OvsComplaint {
    if (!lenient || ovs.bridge(name).isPresent()) {
      ovs = ovs.without(bridge(name).name());
    }
  }

  private void addPort(List<String> words) throws OvsComplaint {
    if (words.size() < 2) {
      throw OvsComplaint.of("ovs-vsctl: 'add-port' command requires at least 2 arguments");
    }
    String name = words.get(1);
    Optional<OvsBridge> holder = ovs.bridgeOf(name);
    if (holder.isPresent()) {
      if (lenient && holder.get().name().equals(words.getFirst())) {
        return;
      }
      throw OvsComplaint.of("ovs-vsctl: cannot create a port named " + name + " because a "
          + (holder.get().name().equals(name) ? "bridge named " + name + " already exists"
              : "port named " + name + " already exists on bridge " + holder.get().name()));
    }
    OvsBridge bridge = bridge(words.getFirst());
    int number = 1;
    while (bridge.port(number).isPresent()) {
      number++;
    }
    ovs = ovs.with(bridge.with(new OvsPort(named(name), number, Optional.empty(), TreePSet.empty(),
        new OvsPort.Type.System())));
    for (String setting : words.subList(2, words.size())) {
      port(name, setting);
    }
  }

  private void deletePort(List<String> words) throws OvsComplaint {
    String name = one("del-port", words, 2).equals(words.getLast()) ? words.getFirst() : words.getLast();
    Optional<OvsBridge> holder = ovs.bridgeOf(name);
    if (words.size() == 2) {
      bridge(words.getFirst());
    }
    if (holder.isEmpty() || holder.get().name().equals(name)) {
      if (lenient && holder.isEmpty()) {
        return;
      }
      throw OvsComplaint.of(holder.isEmpty() ? "ovs-vsctl: no port named " + name
          : "ovs-vsctl: cannot delete port " + name + " because it is the local port for bridge " + name
              + " (deleting this port requires deleting the entire bridge)");
    }
    if (words.size() == 2 && !holder.get().name().equals(words.getFirst())) {
      throw OvsComplaint
          .of("ovs-vsctl: bridge " + words.getFirst() + " does not have a port " + name + " (although its "
              + "parent bridge does)");
    }
    ovs = ovs.with(holder.get().withPorts(holder.get().ports().stream().filter(p -> !p.name().equals(name)).toList()));
  }

  private OvsPort row(String table, String name) throws OvsComplaint {
    return ovs.port(name).orElseThrow(() -> OvsComplaint.of("ovs-vsctl: no row \"" + name + "\" in table "
        + (table.equals("port") ? "Port" : "Interface")));
  }

  private void put(OvsPort port) {
    ovs.bridgeOf(port.name()).ifPresent(b -> ovs = ovs.with(b.with(port)));
  }

  private void set(List<String> words) throws OvsComplaint {
    if (words.size() < 3) {
      throw OvsComplaint.of("ovs-vsctl: 'set' command requires at least 2 arguments");
    }
    String name = words.get(1);
    for (String setting : words.subList(2, words.size())) {
      switch (words.getFirst().toLowerCase(Locale.ROOT)) {
        case "port" -> port(name, setting);
        case "interface" -> iface(name, setting);
        case "bridge" -> bridgeSetting(name, setting);
        default -> throw OvsComplaint.unsupported("ovs-vsctl set " + words.getFirst());
      }
    }
  }

  private void bridgeSetting(String name, String setting) throws OvsComplaint {
    OvsBridge bridge = ovs.bridge(name)
        .orElseThrow(() -> OvsComplaint.of("ovs-vsctl: no row \"" + name + "\" in table Bridge"));
    switch (setting) {
      case "fail_mode=secure" -> ovs = ovs.with(bridge.withFlows(bridge.flows().stream()
          .filter(f -> f.priority() != 0 || !f.match().equals(FlowMatch.ALL)).toList()));
      case "datapath_type=system" -> {
      }
      default -> throw OvsComplaint.unsupported("ovs-vsctl set bridge " + setting);
    }
  }

  private void port(String name, String setting) throws OvsComplaint {
    OvsPort port = row("port", name);
    String[] sides = setting.split("=", 2);
    String value = sides.length > 1 ? sides[1] : "";
    switch (sides[0]) {
      case "tag" -> put(port.withTag(value.equals("[]") ? Optional.empty() : Optional.of(vlan(value))));
      case "trunks" -> put(port.withTrunks(vlans(value)));
      case "vlan_mode" -> {
        if (!value.equals("access") && !value.equals("trunk") || value.equals("access") != port.tag().isPresent()) {
          throw OvsComplaint.unsupported("vlan_mode=" + value + " here");
        }
      }
      default -> throw OvsComplaint.unsupported("ovs-vsctl set port " + setting);
    }
  }

  private static int vlan(String text) throws OvsComplaint {
    if (!text.matches("[0-9]{1,9}")) {
      throw OvsComplaint.of("ovs-vsctl: \"" + text + "\" is not a valid integer");
    }
    int vlan = Integer.parseInt(text);
    if (vlan > LAST_VLAN) {
      throw OvsComplaint.of("ovs-vsctl: constraint violation: " + vlan
          + " is not in the valid range 0 to 4095 (inclusive)");
    }
    return vlan;
  }

  private static PSortedSet<Integer> vlans(String text) throws OvsComplaint {
    PSortedSet<Integer> vlans = TreePSet.empty();
    for (String word : text.replaceAll("[\\[\\]]", "").split("[,\\s]+")) {
      vlans = word.isEmpty() ? vlans : vlans.plus(vlan(word));
    }
    return vlans;
  }

  private void iface(String name, String setting) throws OvsComplaint {
    OvsPort port = row("interface", name);
    String[] sides = setting.split("=", 2);
    String value = sides.length > 1 ? sides[1].replace("\"", "") : "";
    switch (sides[0]) {
      case "type" -> put(port.withType(type(value)));
      case "ofport_request", "ofport" -> request(port, value);
      case "options:peer" -> {
        if (!(port.type() instanceof OvsPort.Type.Patch)) {
          throw OvsComplaint.unsupported("options:peer of another type than patch");
        }
        put(port.withType(new OvsPort.Type.Patch(Optional.of(value))));
      }
      case "options:remote_ip", "options:key", "options:in_key", "options:out_key" -> tunnel(port, sides[0], value);
      default -> throw OvsComplaint.unsupported("ovs-vsctl set interface " + setting);
    }
  }

  private void request(OvsPort port, String value) throws OvsComplaint {
    int number = vlan(value);
    boolean free = number > 0 && ovs.bridgeOf(port.name()).flatMap(b -> b.port(number)).isEmpty();
    if (free && port.number() != OvsPort.LOCAL) {
      put(port.withNumber(number));
    }
  }

  private static OvsPort.Type type(String word) throws OvsComplaint {
    return switch (word) {
      case "", "system" -> new OvsPort.Type.System();
      case "internal" -> new OvsPort.Type.Internal();
      case "patch" -> new OvsPort.Type.Patch(Optional.empty());
      case "vxlan", "gre", "geneve" -> new OvsPort.Type.Tunnel(
          OvsPort.Type.Kind.valueOf(word.toUpperCase(Locale.ROOT)), Optional.empty(), Optional.empty(), false);
      default -> throw OvsComplaint.unsupported("interface type " + word);
    };
  }

  private void tunnel(OvsPort port, String option, String value) throws OvsComplaint {
    if (!(port.type() instanceof OvsPort.Type.Tunnel old)) {
      throw OvsComplaint.unsupported(option + " of another type than vxlan, gre and geneve");
    }
    if (option.equals("options:remote_ip")) {
      IpAddress remote =
          IpAddress.parse(value).orElseThrow(() -> OvsComplaint.unsupported("options:remote_ip=" + value));
      put(port.withType(new OvsPort.Type.Tunnel(old.kind(), Optional.of(remote), old.key(), old.flowKey())));
    } else if (!option.equals("options:key")) {
      throw OvsComplaint.unsupported(option);
    } else if (value.equals("flow")) {
      put(port.withType(new OvsPort.Type.Tunnel(old.kind(), old.remote(), Optional.empty(), true)));
    } else {
      if (!value.matches("[0-9]{1,8}")) {
        throw OvsComplaint.unsupported("options:key=" + value);
      }
      put(port.withType(
          new OvsPort.Type.Tunnel(old.kind(), old.remote(), Optional.of(Integer.parseInt(value)), false)));
    }
  }

  private void get(List<String> words) throws OvsComplaint {
    if (words.size() < 3) {
      throw OvsComplaint.of("ovs-vsctl: 'get' command requires at least 2 arguments");
    }
    OvsPort port = row(words.getFirst().toLowerCase(Locale.ROOT), words.get(1));
    for (String column : words.subList(2, words.size())) {
      out.add(switch (column) {
        case "tag" -> port.tag().map(t -> t.toString()).orElse("[]");
        case "trunks" -> port.trunks().toString();
        case "ofport" -> Integer.toString(isMissing(port) ? -1 : port.number());
        case "type" -> SwitchText.quoted(SwitchText.type(port));
        case "name" -> SwitchText.quoted(port.name());
        default -> throw OvsComplaint.unsupported("ovs-vsctl get " + column);
      });
    }
  }

  private void clear(String command, List<String> words) throws OvsComplaint {
    if (words.size() < 3 || !words.getFirst().equalsIgnoreCase("port")) {
      throw OvsComplaint.unsupported("ovs-vsctl " + command + " " + String.join(" ", words));
    }
    OvsPort port = row("port", words.get(1));
    List<String> values = words.subList(3, words.size());
    switch (words.get(2)) {
      case "tag" -> put(port.withTag(values.isEmpty() || values.contains(port.tag().map(t -> t.toString()).orElse(""))
          ? Optional.empty() : port.tag()));
      case "trunks" -> put(port.withTrunks(values.isEmpty() ? TreePSet.empty()
          : port.trunks().minusAll(Arrays.stream(values.getFirst().split(",")).map(Integer::valueOf).toList())));
      default -> throw OvsComplaint.unsupported("ovs-vsctl " + command + " port " + words.get(2));
    }
  }
}
