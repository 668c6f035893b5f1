package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.ovs.Flow;
import org.hopscope.model.ovs.FlowEditor;
import org.hopscope.model.ovs.FlowField;
import org.hopscope.model.ovs.FlowMatch;
import org.hopscope.model.ovs.FlowParser;
import org.hopscope.model.ovs.FlowText;
import org.hopscope.model.ovs.OpenVswitch;
import org.hopscope.model.ovs.OvsBridge;
import org.hopscope.model.ovs.OvsComplaint;
import org.hopscope.model.ovs.OvsLearned;
import org.hopscope.model.ovs.OvsPort;
import org.hopscope.model.ovs.SwitchEditor;
import org.hopscope.model.ovs.WalkText;
import org.hopscope.model.packet.Header;

/**
 * {@code ovs-vsctl}, {@code ovs-ofctl} and {@code ovs-appctl} of Open vSwitch 3.1 (ovs-vsctl(8), ovs-ofctl(8),
 * ovs-vswitchd(8)). They talk to the switch of their host, whatever namespace they are run in.
 */
final class OvsProgram {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private OvsProgram() {
  }

  private static Host host(Prompt prompt) {
    return prompt.lab().hosts().get(prompt.at().host());
  }

  private static Stop stop(OvsComplaint complaint) {
    return complaint.isUnsupported() ? Stop.unsupported(complaint.getMessage())
        : complaint.getMessage().isEmpty() ? Stop.exit(complaint.status())
        : Stop.exit(complaint.status(), complaint.getMessage());
  }

  /** {@code ovs-vsctl}. */
  static Command vsctl(Prompt prompt, Args args) throws Stop {
    List<String> words = args.rest();
    Host host = host(prompt);
    try {
      SwitchEditor.Done done = SwitchEditor.apply(host.ovs(), words,
          n -> prompt.lab().find(new DeviceRef(NetnsId.root(host.name()), n)).isPresent(), prompt.lab().now().nanos());
      Command.Said said = new Command.Said(0, done.out(), done.remarks(), new Answer.Nothing());
      return done.ovs().equals(host.ovs()) ? said
          : new Command.Change(new Edit.Ovs(host.name(), "ovs-vsctl", words, List.of()), 1, said);
    } catch (OvsComplaint complaint) {
      throw stop(complaint);
    }
  }

  /** {@code ovs-ofctl}. */
  static Command ofctl(Prompt prompt, Args args) throws Stop {
    List<String> words = args.rest();
    List<String> plain = new ArrayList<>(words);
    boolean strict = plain.removeIf(w -> w.equals("--strict"));
    if (plain.isEmpty()) {
      throw Stop.exit(1, "ovs-ofctl: missing command name; use --help for help");
    }
    if (plain.getFirst().startsWith("-")) {
      throw Stop.unsupported("ovs-ofctl " + plain.getFirst());
    }
    String command = plain.removeFirst();
    Host host = host(prompt);
    try {
      return switch (command) {
        case "add-flow", "mod-flows", "del-flows" -> change(prompt, host, words, List.of());
        case "add-flows" -> {
          if (plain.size() != 2 || !plain.get(1).equals("-")) {
            throw Stop.unsupported("ovs-ofctl add-flows of a file; say - and give the flows on the standard input");
          }
          yield change(prompt, host, words, prompt.input());
        }
        case "dump-flows" -> answer(flows(prompt, FlowEditor.bridge(host.ovs(), command, plain),
            plain.size() > 1 ? plain.get(1) : "", strict));
        case "show" -> answer(show(prompt, FlowEditor.bridge(host.ovs(), command, plain)));
        case "dump-ports", "dump-tables", "dump-ports-desc", "dump-groups", "add-group", "replace-flows", "diff-flows",
            "mod-port", "snoop", "monitor", "packet-out", "dump-desc", "dump-aggregate", "meter-stats", "mod-table" ->
            throw Stop.unsupported("ovs-ofctl " + command);
        default -> throw Stop.exit(1, "ovs-ofctl: unknown command '" + command + "'; use --help for help");
      };
    } catch (OvsComplaint complaint) {
      throw stop(complaint);
    }
  }

  private static Command change(Prompt prompt, Host host, List<String> words, List<String> lines)
      throws OvsComplaint {
    OpenVswitch after = FlowEditor.apply(host.ovs(), words, lines, prompt.lab().now().nanos());
    return after.equals(host.ovs()) ? Command.Said.NOTHING
        : new Command.Change(new Edit.Ovs(host.name(), "ovs-ofctl", words, lines), 1, Command.Said.NOTHING);
  }

  private static Command answer(List<String> lines) {
    return Command.Said.answered(lines, new Answer.Nothing());
  }

  /** Tables in order, and in them the rows that count first; the model has one transaction after the other. */
  private static List<String> flows(Prompt prompt, OvsBridge bridge, String which, boolean strict)
      throws OvsComplaint {
    FlowParser.Said said = FlowParser.which(bridge, which);
    long now = prompt.lab().now().nanos();
    OvsLearned learned = prompt.lab().learned().ovs(prompt.at().host());
    List<String> lines = new ArrayList<>(List.of("NXST_FLOW reply (xid=0x4):"));
    for (int table = 0; table < 255; table++) {
      for (Flow flow : bridge.table(table)) {
        if (FlowEditor.which(said, strict).test(flow)) {
          lines.add(line(bridge, flow, learned, now));
        }
      }
    }
    return lines;
  }

  private static String line(OvsBridge bridge, Flow flow, OvsLearned learned, long now) {
    Optional<OvsLearned.Hits> hits = learned.hits(OvsLearned.Row.of(bridge.name(), flow));
    long age = now - flow.born();
    long idle = (now - hits.map(OvsLearned.Hits::last).orElse(flow.born())) / SECOND;
    String row = FlowText.row(flow);
    return String.format(Locale.ROOT, " cookie=0x%x, duration=%d.%03ds, table=%d, n_packets=%d, n_bytes=%d, "
        + "idle_age=%d, %sactions=%s", flow.cookie(), age / SECOND, age / MILLI % 1000, flow.table(),
        hits.map(OvsLearned.Hits::packets).orElse(0L), hits.map(OvsLearned.Hits::bytes).orElse(0L), idle,
        row.isEmpty() ? "" : row + " ", FlowText.actions(flow.actions()));
  }

  private static List<String> show(Prompt prompt, OvsBridge bridge) {
    List<String> lines = new ArrayList<>(List.of(
        String.format(Locale.ROOT, "OFPT_FEATURES_REPLY (xid=0x2): dpid:0000%s",
            mac(prompt, bridge.name()).replace(":", "")),
        "n_tables:254, n_buffers:0", "capabilities: FLOW_STATS TABLE_STATS PORT_STATS QUEUE_STATS ARP_MATCH_IP",
        "actions: output enqueue set_vlan_vid set_vlan_pcp strip_vlan mod_dl_src mod_dl_dst mod_nw_src mod_nw_dst "
            + "mod_nw_tos mod_tp_src mod_tp_dst"));
    bridge.ports().stream().sorted((a, b) -> Integer.compare(a.number(), b.number())).forEach(p -> {
      lines.add(" " + (p.number() == OvsPort.LOCAL ? "LOCAL" : p.number()) + "(" + p.name() + "): addr:"
          + mac(prompt, p.name()));
      boolean down = prompt.lab().find(new DeviceRef(NetnsId.root(prompt.at().host()), p.name()))
          .filter(d -> !d.isUp()).isPresent();
      lines.addAll(List.of("     config:     " + (down ? "PORT_DOWN" : "0"),
          "     state:      " + (down ? "LINK_DOWN" : "0"), "     speed: 0 Mbps now, 0 Mbps max"));
    });
    lines.add("OFPT_GET_CONFIG_REPLY (xid=0x4): frags=normal miss_send_len=0");
    return lines;
  }

  private static String mac(Prompt prompt, String name) {
    return prompt.lab().find(new DeviceRef(NetnsId.root(prompt.at().host()), name))
        .map(d -> d.link().mac().toString()).orElse("00:00:00:00:00:00");
  }

  /** {@code ovs-appctl}: fdb/show, fdb/flush is not modelled, ofproto/trace. */
  static Command appctl(Prompt prompt, Args args) throws Stop {
    List<String> words = new ArrayList<>(args.rest());
    String command = words.isEmpty() ? "" : words.removeFirst();
    Host host = host(prompt);
    return switch (command) {
      case "fdb/show" -> answer(fdb(prompt, host, words));
      case "ofproto/trace" -> trace(prompt, host, words);
      case "" -> throw Stop.exit(1, "ovs-appctl: at least one non-option argument is required (use --help for help)");
      default -> throw Stop.unsupported("ovs-appctl " + command);
    };
  }

  private static OvsBridge bridge(Host host, List<String> words, String complaint) throws Stop {
    return host.ovs().bridge(words.isEmpty() ? "" : words.getFirst()).orElseThrow(() -> Stop.exit(2, complaint,
        "ovs-appctl: ovs-vswitchd: server returned an error"));
  }

  private static List<String> fdb(Prompt prompt, Host host, List<String> words) throws Stop {
    OvsBridge bridge = bridge(host, words, "no such bridge");
    long now = prompt.lab().now().nanos();
    List<String> lines = new ArrayList<>(List.of(" port  VLAN  MAC                Age"));
    prompt.lab().learned().ovs(host.name()).addresses().entrySet().stream()
        .filter(e -> e.getKey().bridge().equals(bridge.name()) && !e.getValue().isOldAt(now))
        .sorted((a, b) -> Long.compare(a.getValue().when(), b.getValue().when()))
        .forEach(e -> lines.add(String.format(Locale.ROOT, "%5s  %4d  %s  %3d",
            e.getValue().port() == OvsPort.LOCAL ? "LOCAL" : Integer.toString(e.getValue().port()), e.getKey().vlan(),
            e.getKey().mac(), (now - e.getValue().when()) / SECOND)));
    return lines;
  }

  /** In a frame that is said in full, tp_src and tp_dst are TCP's alone (parse_ofp_exact_flow). */
  private static void ports(String text, FlowMatch match) throws OvsComplaint {
    for (String name : List.of("tp_src", "tp_dst")) {
      if (text.matches("(.*,)?" + name + "=.*")
          && !match.exact(FlowField.NW_PROTO).equals(Optional.of((long) Header.Ip.TCP))) {
        throw OvsComplaint.of("prerequisites not met for setting " + name);
      }
    }
  }

  private static Command trace(Prompt prompt, Host host, List<String> words) throws Stop {
    if (words.size() < 2) {
      throw Stop.exit(2, "\"ofproto/trace\" command requires at least 1 arguments",
          "ovs-appctl: ovs-vswitchd: server returned an error");
    }
    boolean generate = words.removeIf(w -> w.equals("-generate") || w.equals("--generate"));
    OvsBridge bridge = bridge(host, words, words.getFirst() + ": unknown bridge");
    if (words.size() > 2) {
      throw Stop.unsupported("ofproto/trace with " + words.get(2));
    }
    try {
      Flow flow = FlowParser.which(bridge, words.get(1)).flow();
      ports(words.get(1), flow.match());
      List<String> lines = WalkText.of(host.ovs(), prompt.lab().learned().ovs(host.name()), prompt.lab().now().nanos(),
          generate, bridge, WalkText.frame(flow.match()));
      return generate
          ? new Command.Change(new Edit.Ovs(host.name(), "ovs-appctl",
              List.of("ofproto/trace", bridge.name(), words.get(1), "-generate"), List.of()), 2,
              Command.Said.answered(lines, new Answer.Nothing()))
          : answer(lines);
    } catch (OvsComplaint complaint) {
      throw complaint.isUnsupported() ? Stop.unsupported(complaint.getMessage())
          : Stop.exit(2, "Bad openflow flow syntax: " + words.get(1) + ": "
              + complaint.getMessage().replace("ovs-ofctl: unknown keyword", "unknown field").replace("ovs-ofctl: ",
                  ""),
              "ovs-appctl: ovs-vswitchd: server returned an error");
    }
  }
}
