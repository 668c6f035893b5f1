package org.hopscope.model.sim;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult;
import org.hopscope.model.probe.Talk;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Trace;

/**
 * One simulation from start to end: the clock, the tables, the recorder, and the parts of the kernel that hand packets
 * to each other through it.
 *
 * <pre>
 *   program -> Output -> RouteOutput -> Neighbours -> Transmit --- wire ---> Receive -> Bridging -> Transmit
 *      ^                                                                        |
 *      |                                        Output <- Forwarding <- RouteInput <- Input
 *      +--- Sockets <- IcmpInput, TCP, UDP <- Reassembly <------------------------------+
 * </pre>
 */
final class Run {
  final LabState lab;
  final EventQueue queue;
  final Tables tables;
  final Recorder recorder;
  final Fabric fabric;
  final Fib fib;
  final Identities identities;
  final SourceAddresses sources;
  final SourceAddresses6 sources6;
  final RouteOutput routeOutput = new RouteOutput(this);
  final Multipath multipath = new Multipath(this);
  final DefaultRoutes defaults = new DefaultRoutes(this);
  final RouteInput routeInput = new RouteInput(this);
  final Route6Output route6Output = new Route6Output(this);
  final Route6Input route6Input = new Route6Input(this);
  final Output output = new Output(this);
  final Egress egress = new Egress(this);
  final Neighbours neighbours = new Neighbours(this);
  final ArpOutput arpOutput = new ArpOutput(this);
  final ArpInput arpInput = new ArpInput(this);
  final NdiscOutput ndiscOutput = new NdiscOutput(this);
  final Groups groups = new Groups(this);
  final NdiscInput ndiscInput = new NdiscInput(this);
  final Transmit transmit = new Transmit(this);
  final Receive receive = new Receive(this);
  final Bridging bridging = new Bridging(this);
  final NeighbourSuppression suppression = new NeighbourSuppression(this);
  final Bystanders bystanders = new Bystanders(this);
  final VlanDriver vlan = new VlanDriver(this);
  final VlanFilter vlanFilter = new VlanFilter(this);
  final IpvlanDriver ipvlan = new IpvlanDriver(this);
  final BondDriver bond = new BondDriver(this);
  final MacvlanDriver macvlan = new MacvlanDriver(this);
  final Encapsulation encapsulation = new Encapsulation(this);
  final VxlanDriver vxlan = new VxlanDriver(this);
  final OvsDriver ovs = new OvsDriver(this);
  final GeneveDriver geneve = new GeneveDriver(this);
  final IpTunnelDriver ipTunnel = new IpTunnelDriver(this);
  final PathMtus pathMtus = new PathMtus(this);
  final WireGuardDriver wireguard = new WireGuardDriver(this);
  final CiliumDatapath cilium;
  final RelayDriver relay = new RelayDriver(this);
  final Input input = new Input(this);
  final Input6 input6 = new Input6(this);
  final Forwarding forwarding = new Forwarding(this);
  final Forwarding6 forwarding6 = new Forwarding6(this);
  final Reassembly reassembly = new Reassembly(this);
  final IcmpInput icmpInput = new IcmpInput(this);
  final IcmpErrors icmpErrors = new IcmpErrors(this);
  final Icmpv6Input icmpv6Input = new Icmpv6Input(this);
  final Icmpv6Errors icmpv6Errors = new Icmpv6Errors(this);
  final NameServers nameServers;
  final Sockets sockets = new Sockets(this);
  final Netfilter netfilter = new Netfilter(this);
  final Conntrack conntrack = new Conntrack(this);
  final Nat nat = new Nat(this);
  final VirtualServer virtualServer = new VirtualServer(this);
  final Rejects rejects = new Rejects(this);
  final BridgeNetfilter bridgeNetfilter = new BridgeNetfilter(this);
  final Program program;
  private final Probe probe;
  private final Map<NetnsId, int[]> clientPorts = new HashMap<>();

  /**
   * A simulation.
   *
   * @param configured holds for the lab
   * @param steps about how many there will be
   */
  Run(LabState lab, Configured configured, Probe probe, int steps) {
    this.lab = lab;
    this.probe = probe;
    queue = new EventQueue(lab.now());
    tables = new Tables(lab.learned(), configured);
    recorder = new Recorder(queue, tables, steps);
    fabric = new Fabric(lab, configured);
    nameServers = new NameServers(lab);
    cilium = new CiliumDatapath(this);
    fib = new Fib(fabric);
    identities = new Identities(lab.basis().seed(), this);
    sources = new SourceAddresses(fabric);
    sources6 = new SourceAddresses6(this);
    program = switch (probe.action()) {
      case Probe.Ping ping -> new PingProgram(this, probe, ping);
      case Probe.Traceroute traceroute -> new TracerouteProgram(this, probe, traceroute);
      case Probe.Tracepath tracepath -> new TracepathProgram(this, probe, tracepath);
      case Probe.Arping arping -> new ArpingProgram(this, probe, arping);
      case Probe.Connect(PortNumber port, Probe.ClientOptions options) ->
          new ConnectProgram(this, probe, port, options);
      case Probe.Datagram(PortNumber port, Probe.ClientOptions options) ->
          options.talk() instanceof Talk.Silence ? new UdpTestProgram(this, probe, port, options)
              : new DatagramProgram(this, probe, port, options);
    };
  }

  /** Runs until the program has its result and no packet is under way any more, or until a limit is reached. */
  Trace toEnd(Simulator.Limits limits) {
    program.start();
    boolean more = true;
    while (more && !isBeyond(limits)) {
      more = (!program.isOver() || recorder.alive() > 0) && queue.next();
    }
    return finished();
  }

  /**
   * What the program gets, as {@link #toEnd} says it; who can have no part in it is left out. Empty when so much happens that a
   * limit might be reached if they were not.
   */
  Optional<ProbeResult> outcome(Simulator.Limits limits) {
    bystanders.leaveOut();
    program.start();
    boolean more = true;
    while (more && recorder.steps().size() + bystanders.missing() < limits.storm()) {
      more = (!program.isOver() || recorder.alive() > 0) && queue.next();
    }
    if (more) {
      return Optional.empty();
    }
    if (!program.isOver()) {
      program.giveUp();
    }
    return Optional.of(program.result());
  }

  private Trace finished() {
    neighbours.end();
    recorder.dropAll(DropReason.STORM);
    if (!program.isOver()) {
      program.giveUp();
    }
    VirtualTime end = queue.now();
    return new Trace(lab, probe, Collections.unmodifiableList(recorder.copies()),
        Collections.unmodifiableList(recorder.steps()), program.result(), tables.learned(), end);
  }

  private boolean isBeyond(Simulator.Limits limits) {
    return recorder.sinceRenewal() >= limits.storm() || recorder.steps().size() >= limits.all();
  }

  /** The way of a packet of the own host, in the tables of its family. */
  RouteOutput.Answer way(RouteOutput.Flow flow) {
    return switch (flow.destination().family()) {
      case INET -> routeOutput.route(flow);
      case INET6 -> route6Output.route(flow);
    };
  }

  /** Whether TCP sends again what is lost: the lab's own client, which asks as the oracle's does, never does. */
  boolean retransmits() {
    return probe.action() instanceof Probe.Connect(PortNumber _, Probe.ClientOptions options)
        && !(options.talk() instanceof Talk.Question);
  }

  /** A client port of a namespace. */
  int clientPort(NetnsId netns) {
    int[] range = clientPorts(netns);
    return identities.clientPort(netns, range[0], range[1]);
  }

  /** The first and the last client port of a namespace. */
  int[] clientPorts(NetnsId netns) {
    return clientPorts.computeIfAbsent(netns, id -> Arrays
        .stream(Sysctls.read(lab, id, "net.ipv4.ip_local_port_range").strip().split("\\s+")).mapToInt(Integer::parseInt)
        .toArray());
  }
}
