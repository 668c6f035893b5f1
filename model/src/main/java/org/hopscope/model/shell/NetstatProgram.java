package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.Device;

/**
 * {@code netstat} (net-tools 2.10, netstat(8)): {@code -r} routes, {@code -i} devices, otherwise sockets with
 * {@code -t -u -l -a -p -4 -6}; {@code -n} changes nothing but names. It knows the sockets that
 * {@code ss} knows; there are no sockets of UNIX.
 */
final class NetstatProgram {
  /** Flags of devices by their letters, in the order in which net-tools print them (lib/interface.c ife_print_short). */
  private static final List<Map.Entry<String, String>> LETTERS = List.of(Map.entry("ALLMULTI", "A"),
      Map.entry("BROADCAST", "B"), Map.entry("LOOPBACK", "L"), Map.entry("MULTICAST", "M"), Map.entry("PROMISC", "P"),
      Map.entry("NOARP", "O"), Map.entry("POINTOPOINT", "P"), Map.entry("RUNNING", "R"), Map.entry("UP", "U"));

  private final Prompt prompt;
  private final String options;

  private NetstatProgram(Prompt prompt, String options) {
    this.prompt = prompt;
    this.options = options;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    StringBuilder options = new StringBuilder();
    while (!args.isEmpty()) {
      String word = args.next();
      if (!word.matches("-[ritulanp46]+")) {
        throw Stop.unsupported("netstat " + word);
      }
      options.append(word.substring(1));
    }
    NetstatProgram netstat = new NetstatProgram(prompt, options.toString());
    return Command.Said.answered(netstat.lines(), new Answer.Nothing());
  }

  private boolean is(char letter) {
    return options.indexOf(letter) >= 0;
  }

  private List<String> lines() throws Stop {
    if (is('6') && (is('r') || is('i'))) {
      throw Stop.unsupported("netstat -6 with -" + (is('r') ? "r" : "i"));
    }
    return is('r') ? RouteProgram.netstat(prompt, is('n')) : is('i') ? devices() : sockets();
  }

  private List<String> devices() {
    Map<String, String> lines = new TreeMap<>();
    for (Device device : prompt.lab().devicesOf(prompt.at())) {
      if (device.isUp() || is('a')) {
        lines.put(device.name(), device(device));
      }
    }
    List<String> all = new ArrayList<>(List.of("Kernel Interface table",
        "Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg"));
    all.addAll(lines.values());
    return all;
  }

  private String device(Device device) {
    LinkView view = LinkView.of(prompt.lab(), device);
    Counters counters = prompt.lab().learned().counters(device.id());
    List<String> flags = IfconfigProgram.flags(view);
    StringBuilder letters = new StringBuilder();
    LETTERS.stream().filter(l -> flags.contains(l.getKey())).forEach(l -> letters.append(l.getValue()));
    return String.format(Locale.ROOT, "%-16s%5d %8d %6d %6d %-6d %8d %6d %6d %6d %s", device.name(), view.mtu(),
        counters.rxPackets(), 0, counters.rxDropped(), 0, counters.txPackets(), 0, counters.txDropped(), 0, letters);
  }

  private List<String> sockets() {
    boolean all = !is('t') && !is('u');
    String which = is('a') ? "servers and established" : is('l') ? "only servers" : "w/o servers";
    List<String> lines = new ArrayList<>(List.of("Active Internet connections (" + which + ")",
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State      "
            + (is('p') ? " PID/Program name    " : "")));
    // Both families together are no choice.
    List<SsProgram.Row> rows =
        SsProgram.rows(prompt, is('4') && is('6') ? options.replaceAll("[46]", "") : options);
    for (String transport : List.of("tcp", "udp")) {
      rows.stream().filter(r -> r.transport().word().equals(transport)).forEach(r -> lines.add(socket(r)));
    }
    if (all) {
      lines.add("Active UNIX domain sockets (" + which + ")");
      lines.add("Proto RefCnt Flags       Type       State         I-Node" + (is('p') ? "   PID/Program name    " : "")
          + "   Path");
    }
    return lines;
  }

  private String socket(SsProgram.Row row) {
    String state = switch (row.state()) {
      case "UNCONN" -> "";
      case "ESTAB" -> "ESTABLISHED";
      default -> row.state().replace('-', '_');
    };
    String program = row.process().isEmpty() ? "-"
        : row.process().replaceFirst(".*\\(\"(.*)\",pid=(\\d+).*", "$2/$1");
    return String.format(Locale.ROOT, "%-4s  %6d %6d %-23s %-23s %-11s%s",
        row.transport().word() + (row.family() == IpFamily.INET6 ? "6" : ""), 0, 0,
        row.local() + ":" + row.localPort(), row.peer() + ":" + row.peerPort(), state,
        is('p') ? String.format(Locale.ROOT, " %-20s", program) : "");
  }
}
