package org.hopscope.model.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.dns.DnsMessage;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Scope;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;
import org.hopscope.model.netfilter.Direction;
import org.hopscope.model.netfilter.PacketView;
import org.hopscope.model.netfilter.Surroundings;
import org.hopscope.model.netfilter.Tuple;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.probe.ProbeResult.FailureKind;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Effect;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.PacketCopy;

/** Hands what has arrived to whoever waits for it: the probe's program, or a server of the namespace. */
final class Sockets {
  /** As long is what nc -z sends: no question, so that nobody answers it. */
  private static final int TEST_LETTER = 1;

  private final Run run;
  private final Map<Connection, TcpEnd> connections = new HashMap<>();
  private final Map<Said, String> answers = new HashMap<>();
  private final Map<Port, NameQuery> questions = new HashMap<>();

  Sockets(Run run) {
    this.run = run;
  }

  /** What tells one TCP connection from another, as its server's host sees it. */
  private record Connection(NetnsId netns, IpAddress local, int localPort, IpAddress remote, int remotePort) {
  }

  /** From where a name server asks another. */
  private record Port(NetnsId netns, int number) {
  }

  /** What an answer follows from. */
  private record Said(String question, String label, IpAddress client, IpAddress server, Header.Udp ports) {
    /** As of any record, written out: it is asked for with every datagram. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Said that && question.equals(that.question) && label.equals(that.label)
          && client.equals(that.client) && server.equals(that.server) && ports.equals(that.ports);
    }

    @Override
    public int hashCode() {
      return ((question.hashCode() * 31 + label.hashCode()) * 31 + client.hashCode()) * 31 + ports.sourcePort();
    }
  }

  /**
   * Whose socket a packet that came in is for, or the packet that its ICMP message is about (kernel
   * net/ipv4/netfilter/nf_socket_ipv4.c nf_sk_lookup_slow_v4).
   */
  Optional<Surroundings.Socket> socket(PacketView view, NetDev device) {
    Packet packet = view.packet();
    Optional<Header.Complaint> error = packet.find(Header.Complaint.class);
    if (error.isPresent()) {
      Packet about = error.get().about();
      boolean sent = run.program.netns().equals(device.netns()) && run.program.sent(about, device)
          || endOf(device.netns(), about).isPresent();
      return sent ? Optional.of(Surroundings.Socket.BOUND) : Optional.empty();
    }
    Optional<Tuple> own = view.tracking().connection()
        .filter(c -> view.tracking().direction() == Direction.REPLY && c.flags().sourceDone())
        .map(c -> c.original());
    IpAddress to = own.map(Tuple::source).orElseGet(view::destination);
    int port = own.map(Tuple::sourcePort).orElseGet(view::destinationPort);
    Transport over = view.protocol() == Header.Ip.TCP ? Transport.TCP : Transport.UDP;
    if (port < 0) {
      return Optional.empty();
    }
    boolean connected =
        connections.containsKey(new Connection(device.netns(), to, port, view.source(), view.sourcePort()))
            || isForProgram(own.isPresent() ? addressed(packet, to, port) : packet, device);
    return connected ? Optional.of(Surroundings.Socket.BOUND)
        : listener(device, to, port, over)
            .map(s -> s.on().isPresent() ? Surroundings.Socket.BOUND : Surroundings.Socket.WILDCARD);
  }

  /** A packet as it is once its destination is translated back. */
  private static Packet addressed(Packet packet, IpAddress to, int port) {
    Header.Ip ip = packet.ip().orElseThrow();
    Packet moved = packet.replace(ip, ip.withAddresses(ip.source(), to));
    return switch (packet.upper()) {
      case Header.Tcp tcp -> moved.replace(tcp, tcp.withPorts(tcp.sourcePort(), port));
      case Header.Udp udp -> moved.replace(udp, new Header.Udp(udp.sourcePort(), port));
      default -> moved;
    };
  }

  private boolean isForProgram(Packet packet, NetDev device) {
    return run.program.netns().equals(device.netns()) && run.program.expects(packet, device);
  }

  private void toProgram(Skb skb, NetDev device) {
    run.recorder.delivered(skb, device, run.program.name(), run.program.way().flatMap(run.neighbours::confirm));
    run.program.receive(skb);
  }

  void echoReply(Skb skb, NetDev device) {
    if (isForProgram(skb.packet(), device)) {
      toProgram(skb, device);
    } else {
      run.recorder.drop(skb, device, DropReason.PROGRAM_GONE);
    }
  }

  /** An ICMP message about a packet that was sent from here; {@code noted} is what the kernel writes down itself. */
  void error(Skb skb, NetDev device, Header.Complaint error, Optional<Effect> noted) {
    if (run.program.netns().equals(device.netns()) && run.program.sent(error.about(), device)) {
      run.recorder.delivered(skb, device, run.program.name(), noted);
      run.program.told(skb, error);
    } else {
      run.recorder.delivered(skb, device, "kernel", noted);
      error.about().find(Header.Udp.class).map(udp -> questions.get(new Port(device.netns(), udp.sourcePort())))
          .filter(_ -> IcmpKinds.of(error) != FailureKind.REDIRECT && error.mtu() == 0).ifPresent(q -> q.told(skb));
      endOf(device.netns(), error.about()).ifPresent(end -> {
        if (error.mtu() > 0) {
          end.narrower(skb, error.mtu());
        } else if (IcmpKinds.of(error) != FailureKind.REDIRECT) {
          end.told(skb);
        }
      });
    }
  }

  /** A program of the lab has begun to connect. */
  void add(TcpSocket.Ends ends, TcpEnd end) {
    connections.put(new Connection(ends.netns(), ends.local(), ends.localPort(), ends.remote(), ends.remotePort()),
        end);
  }

  /** A name server of the lab asks another from a port. */
  void add(NetnsId netns, int port, NameQuery query) {
    questions.put(new Port(netns, port), query);
  }

  private Optional<TcpEnd> endOf(NetnsId netns, Packet sent) {
    return sent.find(Header.Tcp.class).flatMap(tcp -> sent.ip().map(ip -> connections.get(new Connection(netns,
        ip.source(), tcp.sourcePort(), ip.destination(), tcp.destinationPort()))));
  }

  /** Kernel tcp_v4_rcv: a connection, else a listener, else a reset. */
  void tcp(Skb skb, NetDev device) {
    Header.Tcp tcp = skb.packet().find(Header.Tcp.class).orElseThrow();
    Header.Ip ip = skb.ip();
    if (isForProgram(skb.packet(), device)) {
      toProgram(skb, device);
      return;
    }
    Connection key = new Connection(device.netns(), ip.destination(), tcp.destinationPort(), ip.source(),
        tcp.sourcePort());
    TcpEnd known = connections.get(key);
    boolean opening = tcp.flags().syn() && !tcp.flags().ack();
    if (known != null && !(opening && known.isClosed())) {
      known.read(skb, device, tcp);
      run.recorder.delivered(skb, device, known.label());
      known.receive(skb, tcp);
      return;
    }
    Optional<Server> server = opening
        ? listener(skb, device, tcp.destinationPort(), Transport.TCP)
        : Optional.empty();
    if (server.isPresent()) {
      run.recorder.delivered(skb, device, server.get().label());
      connections.put(key, switch (server.get().program()) {
        case PROXY -> new ProxyConnection(run, device.netns(), server.get(), skb);
        case FORWARD -> new ForwardConnection(run, device.netns(), server.get(), skb);
        case SERVE, HTTP, NC, DNS, HEALTH -> new ServerConnection(run, device.netns(), server.get(), skb);
      });
    } else {
      run.recorder.drop(skb, device, DropReason.NO_LISTENER);
      TcpSocket.reset(run, skb, device.netns(), tcp);
    }
  }

  /** Kernel udp_rcv: a socket, else "port unreachable". */
  void udp(Skb skb, NetDev device, boolean broadcast) {
    boolean drivers = run.fabric.hasDrivers(device.net());
    if (drivers && run.wireguard.receive(skb, device)) {
      return;
    }
    if (isForProgram(skb.packet(), device)) {
      toProgram(skb, device);
      return;
    }
    if (drivers && run.relay.receive(skb, device) || run.cilium.receive(skb, device)) {
      return;
    }
    if (drivers && (run.ovs.receive(skb, device) || run.vxlan.receive(skb, device)
        || run.geneve.receive(skb, device))) {
      return;
    }
    Header.Udp udp = skb.packet().find(Header.Udp.class).orElseThrow();
    NameQuery query = questions.get(new Port(device.netns(), udp.destinationPort()));
    if (query != null) {
      run.recorder.delivered(skb, device, query.label());
      query.receive(skb);
      return;
    }
    Optional<Server> server = listener(skb, device, udp.destinationPort(), Transport.UDP);
    if (server.isEmpty()) {
      run.recorder.drop(skb, device, DropReason.NO_LISTENER);
      if (!broadcast) {
        switch (skb.ip()) {
          case Header.Ipv4 _ -> run.icmpErrors.unreachable(skb, device.netns(), IcmpErrors.PORT);
          case Header.Ipv6 _ -> run.icmpv6Errors.unreachable(skb, device, Icmpv6Errors.PORT);
        }
      }
      return;
    }
    String label = server.get().label();
    run.recorder.delivered(skb, device, label);
    if (server.get().program() == Server.Program.NC || skb.packet().payload() <= TEST_LETTER) {
      return;
    }
    Header.Ip asked = skb.ip();
    IpAddress from = broadcast
        ? run.sources.select(device, Optional.of(asked.source()), Scope.LINK)
        : asked.destination();
    if (server.get().program() == Server.Program.DNS) {
      DnsMessage.parse(skb.packet().text()).filter(m -> m.reply().isEmpty()).ifPresent(m -> new NameQuery(run,
          new NameQuery.Place(device.netns(), asked.destination(), label, asked.source()), m, (cause, told) -> reply(
              cause, device, label, new Packet(back(device, from, asked.source(), udp), told.size(), told.toString())))
          .go(skb));
      return;
    }
    List<Header> headers = back(device, from, asked.source(), udp);
    String text = answer(new Said(skb.packet().text(), label, asked.source(), from, udp));
    reply(skb, device, label, new Packet(headers, text.length(), text));
  }

  private List<Header> back(NetDev device, IpAddress from, IpAddress to, Header.Udp udp) {
    return List.of(run.output.header(device.netns(), from, to, Header.Ip.UDP), new Header.Udp(udp.destinationPort(), udp
        .sourcePort()));
  }

  /** Who asks many times in a row is told the same each time. */
  private String answer(Said said) {
    String known = answers.get(said);
    if (known == null) {
      known = Banner.answer(said.question, said.label, said.client, said.ports.sourcePort(), said.server,
          said.ports.destinationPort());
      answers.put(said, known);
    }
    return known;
  }

  private void reply(Skb skb, NetDev device, String label, Packet answer) {
    run.output.send(new Output.Order(device.netns(), Optional.of(skb), PacketCopy.Role.REPLY, label,
        new Output.Options(Optional.empty(), Output.PathMtu.WANT, false)), answer);
  }

  private static Optional<Server> listener(NetDev device, IpAddress address, int port, Transport over) {
    PortNumber asked = new PortNumber(port);
    Optional<Server> found = Optional.empty();
    for (Server server : device.net().netns().servers()) {
      boolean better = found.isEmpty() || found.get().on().isEmpty() && server.on().isPresent();
      if (better && server.accepts(address, asked, over)) {
        found = Optional.of(server);
      }
    }
    return found;
  }

  private Optional<Server> listener(Skb skb, NetDev device, int port, Transport over) {
    IpAddress address = skb.ip().destination();
    Optional<Server> found = listener(device, address, port, over);
    run.recorder.step(skb, device,
        new Event.Looked(new Lookup.ListenerLookup(device.netns(), address, port, over, found)));
    return found;
  }
}
