package org.hopscope.model.ovs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.ovs.WalkNode.Type;

/**
 * A frame's walk through flow tables (Open vSwitch ofproto/ofproto-dpif-xlate.c). It changes nothing: what is learned is
 * told, and what leaves is listed. Left out: mirrors, bonds, reserved group addresses, multicast snooping.
 */
public final class Pipeline {
  /** MAX_DEPTH and MAX_RESUBMITS. */
  private static final int DEEPEST = 64;
  private static final int MOST = 4096;

  private final OpenVswitch ovs;
  private final OvsLearned learned;
  private final long now;
  private final boolean tells;
  private final List<Event> events = new ArrayList<>();
  private OvsBridge bridge;
  private FlowKey key;
  private List<WalkNode> notes = new ArrayList<>();
  private int depth;
  private int asked;

  private Pipeline(OpenVswitch ovs, OvsLearned learned, long now, boolean tells, OvsBridge bridge, FlowKey key) {
    this.ovs = ovs;
    this.learned = learned;
    this.now = now;
    this.tells = tells;
    this.bridge = bridge;
    this.key = key;
  }

  /** What happens on the walk, in this order. */
  public sealed interface Event {
    /** A table was asked. */
    record Asked(String bridge, int table, FlowKey key, Optional<Flow> won) implements Event {
    }

    /** The source is behind a port. */
    record Heard(OvsLearned.Address address, int port) implements Event {
    }

    /** Behind which port is the receiver? */
    record Sought(OvsLearned.Address address, Optional<Integer> port) implements Event {
    }

    /** The port does not take frames of this VLAN. */
    record Refused(String bridge, OvsPort port, int vlan) implements Event {
    }

    /** The frame leaves by a port. */
    record Sent(String bridge, OvsPort port, FlowKey key) implements Event {
    }
  }

  /**
   * A whole walk.
   *
   * @param events what happened
   * @param notes the same as ofproto/trace tells it
   * @param last the frame at the end
   */
  public record Walk(List<Event> events, List<WalkNode> notes, FlowKey last) {
  }

  /**
   * Walks a frame through the tables of a bridge, from table 0 on.
   *
   * @param tells whether what is learned is noted too ({@code ofproto/trace -generate})
   */
  public static Walk of(OpenVswitch ovs, OvsLearned learned, long now, boolean tells, OvsBridge bridge, FlowKey key) {
    Pipeline pipeline = new Pipeline(ovs, learned, now, tells, bridge, key);
    pipeline.bridge(0);
    return new Walk(List.copyOf(pipeline.events), List.copyOf(pipeline.notes), pipeline.key);
  }

  private void note(Type type, String text) {
    notes.add(new WalkNode(type, text, new ArrayList<>()));
  }

  /** Does something whose notes stand below a note of their own. */
  private void below(Type type, String text, Runnable what) {
    WalkNode node = new WalkNode(type, text, new ArrayList<>());
    notes.add(node);
    List<WalkNode> outer = notes;
    notes = node.below();
    what.run();
    notes = outer;
  }

  private void bridge(int table) {
    below(Type.BRIDGE, "bridge(\"" + bridge.name() + "\")", () -> table(table, key.inPort()));
  }

  private void table(int table, int inPort) {
    asked++;
    FlowKey sought = key.withInPort(inPort);
    Optional<Flow> won = bridge.table(table).stream().filter(f -> f.match().matches(sought)).findFirst();
    events.add(new Event.Asked(bridge.name(), table, sought, won));
    String number = String.format(Locale.ROOT, "%2d. ", table);
    below(Type.TABLE, number + won.map(Pipeline::title).orElse("No match."), () -> {
      if (won.map(f -> f.actions().isEmpty()).orElse(true)) {
        note(Type.ACTION, "drop");
      } else {
        act(table, won.get().actions());
      }
    });
  }

  private static String title(Flow flow) {
    String match = FlowText.match(flow.match());
    return (match.isEmpty() ? "" : match + ", ") + "priority " + flow.priority()
        + (flow.cookie() == 0 ? "" : ", cookie 0x" + Long.toHexString(flow.cookie()));
  }

  private void act(int table, List<FlowAction> actions) {
    for (FlowAction action : actions) {
      note(Type.ACTION, FlowText.action(action));
      switch (action) {
        case FlowAction.Output(int port) -> output(port);
        case FlowAction.Special special -> special(special);
        case FlowAction.Resubmit(var port, var to) -> resubmit(to.orElse(table), port.orElse(key.inPort()));
        case FlowAction.SetVlan(int id) -> tci(FlowField.VLAN_TCI.read(key) & 0xe000 | FlowField.TAGGED | id);
        case FlowAction.SetPriority(int p) -> tci(FlowField.VLAN_TCI.read(key) & 0xfff | FlowField.TAGGED | p << 13);
        case FlowAction.StripVlan() -> tci(0);
        case FlowAction.PushVlan(int type) -> key = key.with(key.packet().tag(type, 0, 0));
        case FlowAction.Set(FlowField field, long value, boolean _) -> key = field.write(key, value);
        case FlowAction.DecTtl() -> {
          long ttl = FlowField.NW_TTL.read(key);
          if (ttl <= 1 && key.packet().ip().isPresent()) {
            note(Type.WARN, "IPv4 decrement TTL exception");
            return;
          }
          key = FlowField.NW_TTL.write(key, ttl - 1);
        }
      }
    }
  }

  private void tci(long value) {
    key = FlowField.VLAN_TCI.write(key, value);
  }

  private void resubmit(int table, int inPort) {
    if (depth >= DEEPEST || asked >= MOST) {
      note(Type.ERROR, depth >= DEEPEST ? "over max translation depth 64" : "over 4096 resubmit actions");
      return;
    }
    depth++;
    table(table, inPort);
    depth--;
  }

  private void output(int number) {
    Optional<OvsPort> port = bridge.port(number);
    if (number == key.inPort()) {
      note(Type.WARN, "skipping output to input port");
    } else if (port.isEmpty()) {
      note(Type.WARN, "Nonexistent output port");
    } else {
      send(port.get(), key);
    }
  }

  private void special(FlowAction.Special special) {
    switch (special) {
      case NORMAL -> normal();
      case FLOOD, ALL -> bridge.ports().stream().filter(p -> p.number() != key.inPort())
          .forEach(p -> send(p, key));
      case IN_PORT -> bridge.port(key.inPort()).ifPresent(p -> send(p, key));
      case LOCAL -> output(OvsPort.LOCAL);
    }
  }

  /** A frame for a patch port goes on in the bridge at its other end, and what is done there is not seen here. */
  private void send(OvsPort port, FlowKey frame) {
    if (!(port.type() instanceof OvsPort.Type.Patch(Optional<String> name))) {
      events.add(new Event.Sent(bridge.name(), port, frame));
      return;
    }
    Optional<OvsBridge> other = name.flatMap(ovs::bridgeOf);
    Optional<OvsPort> peer = other.flatMap(b -> b.port(name.get())).filter(
        p -> p.type() instanceof OvsPort.Type.Patch(Optional<String> back) && back.equals(Optional.of(port.name())));
    if (peer.isEmpty() || depth >= DEEPEST || asked >= MOST) {
      note(Type.WARN, "Nonexistent output port");
      return;
    }
    OvsBridge here = bridge;
    FlowKey before = key;
    bridge = other.get();
    key = FlowKey.of(peer.get().number(), 0, frame.packet());
    depth++;
    bridge(0);
    depth--;
    bridge = here;
    key = before;
  }

  /** xlate_normal: as an ordinary switch with VLANs. */
  private void normal() {
    Optional<OvsPort> in = bridge.port(key.inPort());
    if (in.isEmpty()) {
      note(Type.WARN, "no input bundle, dropping");
      return;
    }
    int said = (int) FlowField.VLAN_TCI.read(key) & 0xfff;
    if (!mayEnter(in.get(), said)) {
      note(Type.WARN, "disallowed VLAN VID for this input port, dropping");
      events.add(new Event.Refused(bridge.name(), in.get(), said));
      return;
    }
    int vlan = in.get().tag().orElse(said);
    MacAddress source = new MacAddress(FlowField.DL_SRC.read(key));
    hear(in.get(), new OvsLearned.Address(bridge.name(), vlan, source));
    MacAddress wanted = new MacAddress(FlowField.DL_DST.read(key));
    OvsLearned.Address to = new OvsLearned.Address(bridge.name(), vlan, wanted);
    Optional<OvsPort> found = wanted.isGroup() ? Optional.empty() : learned.port(to, now).flatMap(bridge::port);
    events.add(new Event.Sought(to, found.map(OvsPort::number)));
    if (found.isEmpty()) {
      note(Type.DETAIL, "no learned MAC for destination, flooding");
      bridge.ports().stream().filter(p -> p.number() != in.get().number() && p.carries(vlan))
          .forEach(p -> send(p, tagged(p, vlan)));
    } else if (found.get().number() == in.get().number()) {
      note(Type.DETAIL, "learned port is input port, dropping");
    } else {
      note(Type.DETAIL, "forwarding to learned port");
      if (found.get().carries(vlan)) {
        send(found.get(), tagged(found.get(), vlan));
      }
    }
  }

  private boolean mayEnter(OvsPort in, int vlan) {
    if (in.tag().isPresent() && vlan != 0) {
      note(Type.ERROR, "dropping VLAN " + vlan + " tagged packet received on port " + in.name()
          + " configured as VLAN " + in.tag().get() + " access port");
      return false;
    }
    if (in.tag().isEmpty() && !in.carries(vlan)) {
      note(Type.ERROR, "dropping VLAN " + vlan + " packet received on port " + in.name()
          + " not configured for trunking VLAN " + vlan);
      return false;
    }
    return true;
  }

  private void hear(OvsPort in, OvsLearned.Address source) {
    if (source.mac().isGroup() || source.mac().equals(MacAddress.ZERO)) {
      return;
    }
    events.add(new Event.Heard(source, in.number()));
    if (tells && !learned.port(source, now).equals(Optional.of(in.number()))) {
      note(Type.DETAIL, "learned that " + source.mac() + " is on port " + in.name() + " in VLAN " + source.vlan());
    }
  }

  /** An access port sends without a tag, a trunk with that of the VLAN. */
  private FlowKey tagged(OvsPort port, int vlan) {
    long priority = FlowField.VLAN_TCI.read(key) & 0xe000;
    return FlowField.VLAN_TCI.write(key,
        port.tag().isPresent() || vlan == 0 ? 0 : priority | FlowField.TAGGED | vlan);
  }
}
