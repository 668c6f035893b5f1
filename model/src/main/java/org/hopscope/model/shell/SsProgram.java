package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;

/**
 * {@code ss} (iproute2 6.1, ss(8)): {@code -t -u -l -a -n -p -4 -6 -H}. Sockets are the programs that listen, and the
 * connections that the traces of this terminal leave behind in TIME-WAIT; a program's number is the model's own.
 */
final class SsProgram {
  private final Prompt prompt;
  private final StringBuilder options = new StringBuilder();

  private SsProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  /**
   * A socket as it is shown.
   *
   * @param transport over what
   * @param state the word of ss
   * @param backlog what stands under Send-Q
   * @param local the own address
   * @param localPort the own port
   * @param peer the far address
   * @param peerPort the far port
   * @param process the program that has it, with its number; empty when none has
   */
  record Row(Transport transport, String state, int backlog, String local, String localPort, String peer,
      String peerPort, String process) {
    IpFamily family() {
      return local.indexOf(':') < 0 ? IpFamily.INET : IpFamily.INET6;
    }
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    SsProgram ss = new SsProgram(prompt);
    while (!args.isEmpty()) {
      String word = args.next();
      if (!word.matches("-[tulanp46H]+")) {
        throw Stop.unsupported("ss " + word);
      }
      ss.options.append(word.substring(1));
    }
    return Command.Said.answered(ss.lines(), new Answer.Nothing());
  }

  private boolean is(char letter) {
    return options.indexOf(String.valueOf(letter)) >= 0;
  }

  private boolean wants(Transport transport) {
    boolean both = !is('t') && !is('u');
    return both || is(transport == Transport.TCP ? 't' : 'u');
  }

  /** The sockets that are asked for by letters among {@code tula}, those of UDP first. */
  static List<Row> rows(Prompt prompt, String letters) {
    SsProgram ss = new SsProgram(prompt);
    ss.options.append(letters);
    return ss.rows();
  }

  /** The family that was asked for last. */
  private Optional<IpFamily> family() {
    int four = options.lastIndexOf("4");
    int six = options.lastIndexOf("6");
    return four == six ? Optional.empty() : Optional.of(four > six ? IpFamily.INET : IpFamily.INET6);
  }

  /** Those of IPv4 first, as the kernel is asked for one family after the other. */
  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    Netns netns = prompt.lab().find(prompt.at()).orElseThrow();
    for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
      if (!wants(transport)) {
        continue;
      }
      if (is('l') || is('a')) {
        netns.servers().stream().filter(s -> s.transport() == transport)
            .forEach(s -> rows.add(listening(netns, s, family())));
      }
      if (!is('l') && transport == Transport.TCP) {
        rows.addAll(Connections.left(prompt));
      }
    }
    return rows.stream().filter(r -> family().filter(f -> f != r.family()).isEmpty())
        .sorted(Comparator.comparing(Row::transport, Comparator.reverseOrder()).thenComparing(Row::family)).toList();
  }

  /** One on all addresses is shown with those of IPv4, and where only IPv6 is asked for as what it is there too. */
  private static Row listening(Netns netns, Server server, Optional<IpFamily> family) {
    boolean tcp = server.transport() == Transport.TCP;
    IpAddress local = server.on().orElse(family.orElse(IpFamily.INET).unspecified());
    int number = Processes.number(netns, server);
    String name = server.program().command();
    return new Row(server.transport(), tcp ? "LISTEN" : "UNCONN", tcp ? server.program().backlog() : 0,
        local.toString(), server.port().toString(), local.family().unspecified().toString(), "*",
        Processes.isDaemon(server) ? "" : "users:((\"" + name + "\",pid=" + number + ",fd=3))");
  }

  private List<String> lines() {
    List<Row> rows = rows();
    boolean named = wants(Transport.TCP) && wants(Transport.UDP);
    int state = width("State", rows.stream().map(Row::state).toList());
    int local = width("Local Address", rows.stream().map(r -> shown(r, r.local())).toList());
    int localPort = width("Port", rows.stream().map(Row::localPort).toList());
    int peer = width("Peer Address", rows.stream().map(r -> shown(r, r.peer())).toList());
    int peerPort = width("Port", rows.stream().map(Row::peerPort).toList());
    int process = width("Process", rows.stream().map(r -> is('p') ? " " + r.process() : "").toList());
    String format = (named ? "%-5s " : "%s") + "%-" + state + "s %-6s %-6s %" + local + "s:%-" + localPort + "s %"
        + peer + "s:%-" + peerPort + "s%-" + process + "s";
    List<String> lines = new ArrayList<>();
    if (!is('H')) {
      lines.add(
          String.format(Locale.ROOT, format, named ? "Netid" : "", "State", "Recv-Q", "Send-Q", "Local Address", "Port",
              "Peer Address", "Port", "Process"));
    }
    for (Row row : rows) {
      lines.add(String.format(Locale.ROOT, format, named ? row.transport().word() : "", row.state(), 0, row.backlog(),
          shown(row, row.local()), row.localPort(), shown(row, row.peer()), row.peerPort(),
          is('p') && !row.process().isEmpty() ? " " + row.process() : ""));
    }
    return lines;
  }

  /** IPv6 in brackets; a socket that takes both families has a star for each of its ends. */
  private static String shown(Row row, String address) {
    return row.local().equals("::") ? "*" : address.indexOf(':') < 0 ? address : "[" + address + "]";
  }

  private static int width(String head, List<String> cells) {
    return Math.max(head.length(), cells.stream().mapToInt(String::length).max().orElse(0));
  }
}
