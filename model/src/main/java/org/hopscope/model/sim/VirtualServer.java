package org.hopscope.model.sim;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.ipvs.Forwarding;
import org.hopscope.model.ipvs.Ipvs;
import org.hopscope.model.ipvs.IpvsConnection;
import org.hopscope.model.ipvs.IpvsFlow;
import org.hopscope.model.ipvs.IpvsMemory;
import org.hopscope.model.ipvs.IpvsState;
import org.hopscope.model.ipvs.IpvsStats;
import org.hopscope.model.ipvs.Persistence;
import org.hopscope.model.ipvs.RealServer;
import org.hopscope.model.ipvs.Scheduling;
import org.hopscope.model.ipvs.ServiceKey;
import org.hopscope.model.ipvs.ServiceMemory;
import org.hopscope.model.ipvs.VirtualService;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.netfilter.NetfilterChange;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;

/**
 * IP Virtual Server: what clients send to a virtual address goes to a real server (kernel net/netfilter/ipvs/ip_vs_core.c
 * ip_vs_in_hook, ip_vs_out_hook, ip_vs_forward_icmp). Not checked against a kernel: the one at hand has none. Left out:
 * helpers for FTP, cache_bypass, drop_packet and drop_entry, secure_tcp, schedule_icmp, and the synchronisation between
 * directors; when a connection runs out, its entry in conntrack stays until its own time is over.
 */
final class VirtualServer {
  private static final String SETTINGS = "net.ipv4.vs.";
  private static final int FTP = 21;
  private static final int FTP_DATA = 20;

  private final Run run;
  private final RealServers servers;

  VirtualServer(Run run) {
    this.run = run;
    servers = new RealServers(run);
  }

  /** A packet that may be for a virtual service. */
  private record Asked(Netfilter.At at, Skb skb, IpvsFlow flow) {
    NetnsId netns() {
      return at.netns();
    }
  }

  private Ipvs rules(NetnsId netns) {
    return run.fabric.netns(netns).ipvs();
  }

  private IpvsMemory memory(NetnsId netns) {
    return run.tables.netfilter(netns).ipvs();
  }

  private long now() {
    return run.queue.now().nanos();
  }

  private int setting(NetnsId netns, String name) {
    return run.fabric.sysctl(netns, SETTINGS + name);
  }

  /** ip_vs_in_hook, at INPUT for clients from outside and at OUTPUT for the own host's. */
  Optional<Skb> requests(Netfilter.At at, Skb skb) {
    boolean foreign = at.type() != PacketType.HOST && at.hook() != Hook.OUTPUT;
    if (skb.meta().balanced() || foreign) {
      return Optional.of(skb);
    }
    if (skb.packet().upper() instanceof Header.Complaint) {
      return errors(at, skb);
    }
    Optional<IpvsFlow> flow = IpvsFlow.of(skb.packet());
    return flow.isEmpty() ? Optional.of(skb) : request(new Asked(at, skb, flow.get()));
  }

  private Optional<Skb> request(Asked asked) {
    IpvsMemory memory = memory(asked.netns());
    Optional<IpvsConnection> known = memory.find(asked.flow(), now());
    if (known.isEmpty()) {
      return schedule(asked, memory);
    }
    IpvsConnection connection = known.get();
    if (isOver(asked, connection)) {
      IpvsMemory without = memory.without(asked.flow());
      return hasOldEntry(asked.skb()) ? gone(asked, connection, without) : schedule(asked, without);
    }
    if (!isAvailable(asked.netns(), connection)) {
      return gone(asked, connection, memory);
    }
    IpvsConnection after = advanced(asked.netns(), connection, asked.skb().packet(), IpvsState.Way.INPUT);
    IpvsStats more = IpvsStats.in(asked.skb().packet().networkLength());
    balanced(asked.at(), asked.skb(), new Lookup.BalanceLookup(asked.netns(), asked.flow(), false, connection),
        counted(memory, after, more, connection));
    return servers.send(asked.at(), asked.skb(), after);
  }

  /** Whether a connection gives way to a new one (is_new_conn_expected, expire_nodest_conn). */
  private boolean isOver(Asked asked, IpvsConnection connection) {
    NetnsId netns = asked.netns();
    boolean expires = setting(netns, "expire_nodest_conn") != 0;
    Optional<RealServer> server = server(netns, connection);
    if (server.isEmpty()) {
      return expires;
    }
    int reuse = setting(netns, "conn_reuse_mode");
    boolean begins = asked.skb().packet().upper() instanceof Header.Tcp tcp && tcp.flags().syn();
    boolean ended = connection.state() == IpvsState.TIME_WAIT || connection.state() == IpvsState.CLOSE
        || (reuse & 2) != 0 && connection.state() == IpvsState.FIN_WAIT && connection.flags().noOutput();
    return begins && (expires && server.get().weight() == 0
        || reuse != 0 && connection.flags().template().isEmpty() && ended);
  }

  /** ip_vs_conn_uses_old_conntrack: the packet must come again, when conntrack has forgotten too. */
  private static boolean hasOldEntry(Skb skb) {
    return skb.meta().tracking().filter(t -> t.ct().isConfirmed()).isPresent();
  }

  private Optional<RealServer> server(NetnsId netns, IpvsConnection connection) {
    return rules(netns).service(connection.service()).flatMap(s -> s.server(connection.server()));
  }

  private boolean isAvailable(NetnsId netns, IpvsConnection connection) {
    return server(netns, connection).isPresent();
  }

  private Optional<Skb> gone(Asked asked, IpvsConnection connection, IpvsMemory after) {
    balanced(asked.at(), asked.skb(), new Lookup.BalanceLookup(asked.netns(), asked.flow(), false, connection), after);
    return dropped(asked.at(), asked.skb(), DropReason.REAL_SERVER_GONE);
  }

  private Optional<Skb> dropped(Netfilter.At at, Skb skb, DropReason why) {
    run.netfilter.step(at, skb, new Event.Ended(new Fate.Died(why)), List.of());
    return Optional.empty();
  }

  /** tcp_conn_schedule, udp_conn_schedule and ip_vs_schedule. */
  private Optional<Skb> schedule(Asked asked, IpvsMemory memory) {
    boolean begins = !(asked.skb().packet().upper() instanceof Header.Tcp tcp) || tcp.flags().syn()
        || setting(asked.netns(), "sloppy_tcp") != 0;
    boolean own = asked.at().hook() == Hook.OUTPUT || asked.at().in().filter(NetDev::isLoopback).isPresent();
    boolean answers = own && memory.find(asked.flow().reversed(), now()).isPresent();
    if (!begins || answers || asked.flow().clientPort() == FTP_DATA) {
      return Optional.of(asked.skb());
    }
    int mark = asked.skb().meta().mark();
    Optional<VirtualService> service = rules(asked.netns()).find(asked.flow(), mark);
    run.netfilter.step(asked.at(), asked.skb(), new Event.Looked(
        new Lookup.ServiceLookup(asked.netns(), asked.flow(), mark, service.map(VirtualService::key))), List.of());
    if (service.isEmpty()) {
      return Optional.of(asked.skb());
    }
    ServiceKey key = service.get().key();
    boolean elsewhere = service.get().persistence().isEmpty() && !key.isMark()
        && key.port() != asked.flow().virtualPort();
    return elsewhere ? leave(asked, service.get()) : begin(asked, service.get(), memory);
  }

  /** Makes a connection to the server that was chosen, or that the client had. */
  private Optional<Skb> begin(Asked asked, VirtualService service, IpvsMemory memory) {
    NetnsId netns = asked.netns();
    Optional<IpvsFlow> remembered =
        service.persistence().map(p -> IpvsMemory.template(service, p, asked.flow()));
    Optional<IpvsConnection> template =
        remembered.flatMap(f -> memory.find(f, now())).filter(t -> isUsable(netns, t));
    Scheduling.Choice choice = template.flatMap(t -> service.server(t.server()))
        .map(s -> new Scheduling.Choice(Optional.of(s), memory.of(service.key())))
        .orElseGet(() -> new Scheduling(service, memory, now()).choose(asked.flow()));
    Lookup lookup = new Lookup.ServerLookup(netns, service.key(), asked.flow(),
        choice.server().map(RealServer::key), template.map(IpvsConnection::flow));
    if (choice.server().isEmpty()) {
      balanced(asked.at(), asked.skb(), lookup, memory.with(service.key(), choice.after()));
      return leave(asked, service);
    }
    RealServer server = choice.server().get();
    IpvsConnection.Flags flags = new IpvsConnection.Flags(server.forwarding() != Forwarding.MASQUERADE,
        setting(netns, "conntrack") != 0, remembered);
    IpvsConnection fresh = new IpvsConnection(asked.flow(), service.key(), server.key(), server.forwarding(),
        IpvsState.NONE, flags, now());
    IpvsConnection after = advanced(netns, fresh, asked.skb().packet(), IpvsState.Way.INPUT);
    IpvsMemory kept = template.or(() -> remembered.map(f -> new IpvsConnection(f, service.key(), server.key(),
        server.forwarding(), IpvsState.NONE, new IpvsConnection.Flags(false, false, Optional.empty()), 0)))
        .map(t -> memory.with(refreshed(t, service.persistence().orElseThrow()))).orElse(memory);
    ServiceMemory counts =
        choice.after().counted(server.key(), IpvsStats.first(asked.skb().packet().networkLength()), now());
    balanced(asked.at(), asked.skb(), lookup, kept.with(service.key(), counts).with(after, server, now()));
    return servers.send(asked.at(), asked.skb(), after);
  }

  /** ip_vs_check_template. */
  private boolean isUsable(NetnsId netns, IpvsConnection template) {
    return server(netns, template)
        .filter(s -> s.weight() > 0 || setting(netns, "expire_quiescent_template") == 0).isPresent();
  }

  private IpvsConnection refreshed(IpvsConnection template, Persistence how) {
    return template.with(template.state(), template.flags(), now() + how.seconds() * VirtualTime.SECOND);
  }

  /** ip_vs_leave: nobody serves it. */
  private Optional<Skb> leave(Asked asked, VirtualService service) {
    if (service.key().port() == FTP && asked.flow().virtualPort() != FTP) {
      return Optional.of(asked.skb());
    }
    dropped(asked.at(), asked.skb(), DropReason.NO_REAL_SERVER);
    if (asked.skb().ip().family() == IpFamily.INET) {
      run.icmpErrors.unreachable(asked.skb(), asked.netns(), IcmpErrors.PORT);
    } else {
      run.icmpv6Errors.unreachable(asked.skb(),
          asked.at().in().orElseGet(() -> run.fabric.loopback(asked.netns())), Icmpv6Errors.PORT);
    }
    return Optional.empty();
  }

  /** ip_vs_out_hook: answers of real servers that packets are translated for come from the virtual address. */
  Optional<Skb> replies(Netfilter.At at, Skb skb) {
    if (skb.meta().balanced()) {
      return Optional.of(skb);
    }
    Optional<Packet> about = Optional.of(skb.packet().upper())
        .flatMap(h -> h instanceof Header.Complaint c && isTold(c) ? Optional.of(c.about()) : Optional.empty());
    Optional<IpvsFlow> answer = about.isPresent() ? about.flatMap(IpvsFlow::of).map(IpvsFlow::reversed)
        : IpvsFlow.of(skb.packet());
    IpvsMemory memory = memory(at.netns());
    Optional<IpvsConnection> found = answer.flatMap(f -> memory.answered(f, now()))
        .filter(c -> c.forwarding() == Forwarding.MASQUERADE);
    if (found.isEmpty()) {
      return Optional.of(skb);
    }
    IpvsConnection connection = found.get();
    IpvsConnection after = about.isPresent() ? connection
        : advanced(at.netns(), connection, skb.packet(), IpvsState.Way.OUTPUT);
    IpvsStats more = IpvsStats.out(skb.packet().networkLength());
    balanced(at, skb, new Lookup.BalanceLookup(at.netns(), connection.flow(), true, connection),
        counted(memory, after, more, connection));
    Skb back = servers.answered(at, skb, after);
    boolean anew = at.hook() != Hook.INPUT && setting(at.netns(), "snat_reroute") != 0;
    return Optional.of(anew ? back.with(back.meta().rerouting()) : back);
  }

  /** ip_vs_in_icmp: errors about answers go to the real server that they are from. */
  Optional<Skb> errors(Netfilter.At at, Skb skb) {
    Optional<IpvsConnection> found = Optional.of(skb.packet().upper())
        .flatMap(h -> h instanceof Header.Complaint c && isTold(c) ? IpvsFlow.of(c.about()) : Optional.empty())
        .flatMap(f -> memory(at.netns()).find(f.reversed(), now()))
        .filter(c -> !skb.meta().balanced());
    if (found.isEmpty()) {
      return Optional.of(skb);
    }
    IpvsConnection connection = found.get();
    balanced(at, skb, new Lookup.BalanceLookup(at.netns(), connection.flow(), false, connection),
        counted(memory(at.netns()), connection, IpvsStats.in(skb.packet().networkLength()), connection));
    return servers.send(at, skb, connection);
  }

  /** Which errors IPVS passes on: no redirects. */
  private static boolean isTold(Header.Complaint error) {
    return switch (error) {
      case Header.IcmpError e -> e.type() != Header.IcmpError.REDIRECT;
      case Header.Icmpv6Error _ -> true;
    };
  }

  /** The memory with a connection as a packet left it; who is active in both directions keeps its template. */
  private IpvsMemory counted(IpvsMemory memory, IpvsConnection after, IpvsStats more, IpvsConnection before) {
    IpvsMemory next = memory.with(after).with(after.service(),
        memory.of(after.service()).counted(after.server(), more, now()));
    boolean assures = after.state() == IpvsState.ESTABLISHED && before.state() != IpvsState.ESTABLISHED
        || after.state() == IpvsState.UDP && more.outPackets() > 0;
    return after.flags().template().filter(_ -> assures).map(next.connections()::get)
        .map(t -> next.with(t.with(IpvsState.ASSURED, t.flags(), t.expires()))).orElse(next);
  }

  private void balanced(Netfilter.At at, Skb skb, Lookup lookup, IpvsMemory after) {
    run.netfilter.step(at, skb, new Event.Looked(lookup), List.of(new NetfilterChange.Balanced(after)));
  }

  /** set_tcp_state, udp_state_transition. */
  private IpvsConnection advanced(NetnsId netns, IpvsConnection connection, Packet packet, IpvsState.Way way) {
    boolean blind = connection.flags().noOutput();
    IpvsState.Way seen = blind && way == IpvsState.Way.INPUT ? IpvsState.Way.INPUT_ONLY : way;
    IpvsConnection.Flags flags = blind && way == IpvsState.Way.OUTPUT ? connection.flags().seen() : connection.flags();
    IpvsState next = packet.upper() instanceof Header.Tcp tcp ? connection.state().after(seen, tcp.flags())
        : IpvsState.UDP;
    return connection.with(next, flags,
        now() + next.seconds(rules(netns).timeouts()) * VirtualTime.SECOND);
  }
}
