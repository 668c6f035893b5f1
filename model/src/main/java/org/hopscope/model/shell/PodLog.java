package org.hopscope.model.shell;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.dns.DnsMessage;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.kube.codec.ObjectText;
import org.hopscope.model.kube.ingress.HttpRequest;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.PodSpec;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.tls.TlsText;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * What the servers of a container have printed: where each listens, and whom it answered, as the traces of the terminal show it.
 * HTTP is told as nginx tells it (ngx_http_log_module, {@code combined}), names as CoreDNS does when its Corefile has the plugin
 * {@code log}; whoever talked something else is told by address. A container without servers prints nothing.
 */
final class PodLog {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final KubePod pod;
  private final List<Server> servers;
  private final boolean tellsNames;
  /** What each client asked last. */
  private final Map<Client, String> asked = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();

  /** A line, and when it was printed. */
  record Line(VirtualTime at, String text) {
    /** As {@code --timestamps} has it. */
    String stamped() {
      return ObjectText.instant(at) + " " + text;
    }
  }

  /** Somebody at a server's door. */
  private record Client(IpAddress address, int port, int door) {
    @Override
    public String toString() {
      return (address.toString().contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
  }

  private PodLog(LabState lab, KubePod pod, PodSpec.Container container, NetnsId netns, boolean tellsNames) {
    this.pod = pod;
    this.tellsNames = tellsNames;
    servers = lab.find(netns).stream().flatMap(n -> n.servers().stream())
        .filter(s -> s.label().equals(pod.meta().name())
            && container.listens().stream().anyMatch(p -> p.port() == s.port().value()
                && p.protocol().word().equals(s.transport().name().toLowerCase(Locale.ROOT))))
        .toList();
  }

  /**
   * The lines of a container up to now, the oldest first.
   *
   * @param netns where the pod lives
   * @param tellsNames whether a name server tells who asked for what
   */
  static List<Line> of(Prompt prompt, KubePod pod, PodSpec.Container container, NetnsId netns, boolean tellsNames) {
    PodLog log = new PodLog(prompt.lab(), pod, container, netns, tellsNames);
    log.greet();
    for (Trace trace : prompt.traffic()) {
      trace.steps().stream().filter(s -> s.where().equals(netns) && s.at().compareTo(prompt.lab().now()) <= 0
          && s.at().compareTo(pod.meta().created()) >= 0).forEach(log::step);
    }
    return log.lines;
  }

  private void greet() {
    for (Server server : servers) {
      String at = server.port().value() + "/" + server.transport().name().toLowerCase(Locale.ROOT);
      lines.add(new Line(pod.meta().created(), server.program() == Server.Program.DNS
          ? ".:" + server.port().value()
          : pod.meta().name() + ": listening on " + at));
    }
  }

  private void step(Step step) {
    Packet packet = step.packet();
    if (packet.text().isEmpty()) {
      return;
    }
    if (step.event() instanceof Event.Ended(Fate.Delivered _)) {
      client(packet, true).ifPresent(c -> asked.put(c, packet.text()));
    } else if (step.event() instanceof Event.Made) {
      client(packet, false).filter(asked::containsKey).ifPresent(c -> told(c, asked.get(c), packet.text()).ifPresent(
          t -> lines.add(new Line(step.at(), t.apply(ObjectText.instant(step.at()))))));
    }
  }

  /** Whom a packet comes from, or goes to, when it is at the door of one of the servers. */
  private Optional<Client> client(Packet packet, boolean comes) {
    Optional<Header.Ip> ip = packet.ip();
    Optional<int[]> ports = packet.find(Header.Tcp.class).map(t -> new int[] {t.sourcePort(), t.destinationPort()})
        .or(() -> packet.find(Header.Udp.class).map(u -> new int[] {u.sourcePort(), u.destinationPort()}));
    if (ip.isEmpty() || ports.isEmpty()) {
      return Optional.empty();
    }
    int door = ports.get()[comes ? 1 : 0];
    Client client =
        new Client(comes ? ip.get().source() : ip.get().destination(), ports.get()[comes ? 0 : 1], door);
    return Optional.of(client).filter(_ -> servers.stream().anyMatch(s -> s.port().value() == door));
  }

  /** A line that wants to know the time. */
  private interface Timed {
    String apply(Instant at);
  }

  private Optional<Timed> told(Client client, String question, String answer) {
    Optional<DnsMessage> name = DnsMessage.parse(answer);
    if (name.isPresent()) {
      return name.filter(_ -> tellsNames).map(m -> _ -> query(client, question, m));
    }
    String said = TlsText.said(answer).orElse(answer);
    Optional<HttpAnswer> http = HttpAnswer.of(said);
    Optional<String> wanted = Optional.of(TlsText.said(question).orElse(question)).filter(q -> HttpRequest.parse(q)
        .isPresent());
    if (http.isPresent() && wanted.isPresent()) {
      return Optional.of(at -> access(client, wanted.get(), http.get(), at));
    }
    return TlsText.serverName(question).isPresent() ? Optional.empty()
        : Optional.of(_ -> pod.meta().name() + ": answered " + client + " on port " + client.door());
  }

  private static String access(Client client, String question, HttpAnswer answer, Instant at) {
    HttpRequest request = HttpRequest.parse(question).orElseThrow();
    String length = answer.header("Content-Length").orElse("" + answer.body().length());
    return client.address() + " - - [" + DAY.format(at) + "] \"" + question.split("\r\n", 2)[0] + "\" "
        + answer.status() + " " + length + " \"" + request.header("Referer").orElse("-") + "\" \""
        + request.header("User-Agent").orElse("-") + "\"";
  }

  /** As CoreDNS's plugin log says it in its usual format; how long it took is not told. */
  private static String query(Client client, String question, DnsMessage answer) {
    int asked = DnsMessage.parse(question).map(DnsMessage::size).orElse(0);
    DnsReply reply = answer.reply().orElseThrow();
    String flags = Stream.of("qr", reply.authoritative() ? "aa" : "", "rd", reply.recursive() ? "ra" : "")
        .filter(f -> !f.isEmpty()).reduce((a, b) -> a + "," + b).orElse("");
    return "[INFO] " + client + " - " + answer.id() + " \"" + answer.question().type() + " IN "
        + answer.question().name() + " udp " + asked + " false " + (answer.extended() ? 1232 : 512) + "\" "
        + reply.code() + " " + flags + " " + answer.size();
  }
}
