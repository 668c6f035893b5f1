package org.hopscope.model.docker.linux;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.dns.DnsNames;
import org.hopscope.model.dns.DnsQuestion;
import org.hopscope.model.dns.DnsRecord;
import org.hopscope.model.dns.DnsReply;
import org.hopscope.model.dns.DnsServer;
import org.hopscope.model.dns.RecordData;
import org.hopscope.model.dns.RecordType;
import org.hopscope.model.dns.ResolvConf;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.Container.Attachment;
import org.hopscope.model.docker.DockerNetwork;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;

/**
 * Docker's embedded name server (sem-D6): the daemon itself, listening in a container's namespace at two ports of 127.0.0.11
 * that rules there lead port 53 to. It knows the running containers of the networks that the container is in, on whichever host of a swarm
 * they are, as NAME and as NAME.NETWORK, and asks the host's name servers for the rest (moby daemon/libnetwork/resolver.go). Left out: that its own
 * question to the next server is a packet, and aliases.
 *
 * @param lab the lab as it is
 * @param container the one that asks
 * @param host its machine
 * @param beyond who knows the names of the world outside
 */
public record EmbeddedNames(LabState lab, Container container, String host, DnsServer beyond) implements DnsServer {
  /** Where it listens. */
  public static final Ipv4Address ADDRESS = Ipv4Address.of("127.0.0.11");
  private static final int TTL = 600;
  /** Where Linux takes ports from that nobody asked for (net.ipv4.ip_local_port_range), and how many there are. */
  private static final int FIRST_PORT = 32768;
  private static final int PORTS = 28232;

  /** The one that a namespace's programs ask; empty where none listens. */
  public static Optional<EmbeddedNames> of(LabState lab, NetnsId asking, DnsServer beyond) {
    return Sandbox.owner(lab, asking).filter(c -> isFor(lab.engine(asking.host()), c))
        .map(c -> new EmbeddedNames(lab, c, asking.host(), beyond));
  }

  /** Whether a container has one: once it is in a network with names. */
  static boolean isFor(Engine engine, Container container) {
    return networks(engine, container).findAny().isPresent();
  }

  private static Stream<DockerNetwork> networks(Engine engine, Container container) {
    return container.attachments().stream().map(Attachment::network).sorted().flatMap(n -> engine.network(n).stream())
        .filter(DockerNetwork::hasNames);
  }

  /** What listens for a container, over UDP or TCP. */
  static Server server(Container container, Transport transport) {
    String drawn = Identity.hex(container.id() + "/names/" + transport.word());
    return new Server(new PortNumber(FIRST_PORT + Integer.parseInt(drawn.substring(0, 7), 16) % PORTS), transport,
        Optional.of(ADDRESS), "dockerd", Server.Program.DNS);
  }

  /** What leads port 53 to it (resolver_unix.go setupIptablesNAT): the rules for TCP are put in last, and so in front. */
  static Construct rules(NetnsId netns, Container container) {
    RuleLines lines = new RuleLines(netns).chain("nat", "DOCKER_OUTPUT")
        .insert("nat", "OUTPUT", "-d " + ADDRESS + " -j DOCKER_OUTPUT").chain("nat", "DOCKER_POSTROUTING")
        .insert("nat", "POSTROUTING", "-d " + ADDRESS + " -j DOCKER_POSTROUTING");
    for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
      String over = " -p " + transport.word();
      PortNumber port = server(container, transport).port();
      lines.insert("nat", "DOCKER_OUTPUT",
          "-d " + ADDRESS + over + " --dport 53 -j DNAT --to-destination " + ADDRESS + ":" + port);
      lines.insert("nat", "DOCKER_POSTROUTING",
          "-s " + ADDRESS + over + " --sport " + port + " -j SNAT --to-source :53");
    }
    return lines.done();
  }

  /** What the container's {@code /etc/resolv.conf} says: the search domains are those of the host. */
  public ResolvConf resolver() {
    return new ResolvConf(hosts().search(), List.of(ADDRESS), List.of("ndots:0"));
  }

  /** The host's name servers, whom it asks on. */
  public ResolvConf hosts() {
    return ResolvConf.parse(Optional.ofNullable(lab.hosts().get(host).files().get("/etc/resolv.conf")).orElse(""));
  }

  @Override
  public DnsReply ask(DnsQuestion question) {
    String name = DnsNames.bare(question.name()).toLowerCase(Locale.ROOT);
    if (question.type() == RecordType.PTR) {
      return neighbours().filter(n -> n.addresses().stream().anyMatch(a -> DnsNames.reverse(a).equalsIgnoreCase(question
          .name()))).findFirst()
          .map(n -> found(question, new RecordData.Name(RecordType.PTR,
              DnsNames.absolute(n.container().name() + "." + n.network().name()))))
          .orElseGet(() -> asked(question));
    }
    return neighbours().filter(n -> n.goesBy(name)).findFirst().map(n -> n.addresses().stream()
        .map(RecordData.Address::new).filter(a -> a.type() == question.type()).findFirst()
        .map(a -> found(question, a)).orElseGet(() -> reply(DnsReply.Code.NOERROR, List.of())))
        .orElseGet(() -> asked(question));
  }

  private DnsReply asked(DnsQuestion question) {
    boolean leadsOut = container.gateway(lab.engine(host)).isPresent();
    return leadsOut && !hosts().servers().isEmpty() ? beyond.ask(question)
        : reply(DnsReply.Code.SERVFAIL, List.of());
  }

  private static DnsReply found(DnsQuestion question, RecordData data) {
    return reply(DnsReply.Code.NOERROR, List.of(new DnsRecord(question.name(), TTL, data)));
  }

  private static DnsReply reply(DnsReply.Code code, List<DnsRecord> answer) {
    return new DnsReply(code, false, true, answer, List.of(), List.of());
  }

  private record Neighbour(Container container, DockerNetwork network, List<IpAddress> addresses) {
    boolean goesBy(String name) {
      return Stream.of(container.name(), container.id().substring(0, 12)).map(n -> n.toLowerCase(Locale.ROOT))
          .anyMatch(n -> name.equals(n) || name.equals(n + "." + network.name().toLowerCase(Locale.ROOT)));
    }
  }

  private Stream<Neighbour> neighbours() {
    return networks(lab.engine(host), container).flatMap(n -> Swarms.members(lab.engines(), n).stream()
        .map(m -> new Neighbour(m.container(), n, Stream.<IpAddress>concat(Stream.of(m.address()), m.container()
            .attachment(n.name()).flatMap(Attachment::address6).stream()).toList())));
  }
}
