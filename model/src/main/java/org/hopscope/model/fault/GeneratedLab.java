package org.hopscope.model.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Places;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;
import org.hopscope.model.sim.Simulator;

/** A working lab of one of several shapes, with probes that succeed in it; names, addresses and sizes follow from a seed. */
public final class GeneratedLab {
  private static final List<String> NAMES =
      List.of("ada", "bob", "cleo", "dan", "eva", "finn", "gus", "hana", "ivo", "jo");

  /** The shapes there are. */
  public enum Shape {
    /** Two namespaces and a cable. */
    PAIR,
    /** Some stations on a bridge. */
    BRIDGE,
    /** Two bridges with stations, and a router between. */
    ROUTER,
    /** A row of routers. */
    CHAIN,
    /** A machine with two containers behind its address, and somebody outside. */
    CONTAINERS,
    /** Machines whose pods share one network by VXLAN. */
    OVERLAY,
    /** Two VLANs on one cable. */
    VLANS,
    /** Two macvlans on one card, and a neighbour. */
    MACVLAN,
    /** Two ways to a server, one by a policy rule. */
    POLICY,
    /** A router between two networks of IPv6. */
    INET6,
    /** Two machines with a WireGuard tunnel. */
    WIREGUARD,
    /** Two machines with a VXLAN tunnel that has addresses itself. */
    FLAT_VXLAN
  }

  private final Session session;
  private final List<Probe> probes = new ArrayList<>();
  private final Random random;
  private final int net;

  /** Builds it. */
  public GeneratedLab(Shape shape, long seed) {
    random = new Random(seed * 31 + shape.ordinal());
    session = new Session(Editor.fresh(seed));
    net = 1 + random.nextInt(200);
    switch (shape) {
      case PAIR -> pair();
      case BRIDGE -> bridge();
      case ROUTER -> router();
      case CHAIN -> chain();
      case CONTAINERS -> containers();
      case OVERLAY -> overlay();
      case VLANS -> vlans();
      case MACVLAN -> macvlan();
      case POLICY -> policy();
      case INET6 -> inet6();
      case WIREGUARD -> wireguard();
      case FLAT_VXLAN -> flatVxlan();
    }
  }

  /** The lab. */
  public LabState lab() {
    return session.state();
  }

  /** Probes that succeed in it. */
  public List<Probe> probes() {
    return List.copyOf(probes);
  }

  private String name(int i) {
    return NAMES.get((i + net) % NAMES.size());
  }

  private void run(String... lines) {
    for (String line : lines) {
      Reply reply = Shell.run(session, lab().firstHost().root(), line);
      if (reply.exit() != 0) {
        throw new IllegalStateException(line + ": " + reply.err());
      }
    }
  }

  private NetnsId at(String name) {
    return Places.find(lab(), "host", name).orElseThrow();
  }

  private void ping(String from, String to) {
    probes.add(Probe.ping(at(from), IpAddress.of(to)));
  }

  private void tcp(String from, String to, int port) {
    probes.add(Probe.tcp(at(from), IpAddress.of(to), port));
  }

  /** A probe that needs the whole MTU of its way. */
  private void big(String from, String to, int size) {
    probes.add(new Probe(at(from), IpAddress.of(to), Optional.empty(), Optional.empty(),
        new Probe.Ping(1, size - 28, true, 1000, 1000, Optional.empty(), false)));
  }

  private void netns(String... names) {
    for (String name : names) {
      run("ip netns add " + name, "ip -n " + name + " link set lo up");
    }
  }

  private void wire(String a, String deviceA, String addressA, String b, String deviceB, String addressB) {
    run("ip -n " + a + " link add name " + deviceA + " type veth peer name " + deviceB + " netns " + b);
    run("ip -n " + a + " addr add " + addressA + " dev " + deviceA,
        "ip -n " + b + " addr add " + addressB + " dev " + deviceB,
        "ip -n " + a + " link set dev " + deviceA + " up", "ip -n " + b + " link set dev " + deviceB + " up");
  }

  private void plug(String station, String bridge, String in, String address) {
    String on = in.isEmpty() ? "ip " : "ip -n " + in + " ";
    run(on + "link add p-" + station + " type veth peer name eth0 netns " + station,
        on + "link set p-" + station + " master " + bridge + " up",
        "ip -n " + station + " addr add " + address + " dev eth0", "ip -n " + station + " link set eth0 up");
  }

  private void forward(String netns) {
    run("ip netns exec " + netns + " sysctl -w net.ipv4.ip_forward=1");
  }

  private void pair() {
    String a = name(0);
    String b = name(1);
    netns(a, b);
    wire(a, "veth1", "10." + net + ".1.1/24", b, "veth2", "10." + net + ".1.2/24");
    run("serve " + b + " 8080/tcp");
    ping(a, "10." + net + ".1.2");
    ping(b, "10." + net + ".1.1");
    tcp(a, "10." + net + ".1.2", 8080);
    big(a, "10." + net + ".1.2", 1500);
  }

  private void bridge() {
    run("ip link add br0 type bridge", "ip link set br0 up");
    int n = 3 + random.nextInt(3);
    for (int i = 0; i < n; i++) {
      netns(name(i));
      plug(name(i), "br0", "", "192.168." + net + "." + (10 + i) + "/24");
      run("serve " + name(i) + " 80/tcp");
    }
    if (random.nextBoolean()) {
      run("ip link add br1 type bridge", "ip link set br1 up");
    }
    for (int i = 0; i < n; i++) {
      ping(name(i), "192.168." + net + "." + (10 + (i + 1) % n));
      tcp(name(i), "192.168." + net + "." + (10 + (i + 2) % n), 80);
    }
    big(name(0), "192.168." + net + ".11", 1500);
  }

  private void router() {
    netns("gw");
    forward("gw");
    for (int s = 1; s <= 2; s++) {
      run("ip link add br" + s + " type bridge", "ip link set br" + s + " up",
          "ip link add g" + s + " type veth peer name eth" + s + " netns gw",
          "ip link set g" + s + " master br" + s + " up",
          "ip -n gw addr add 10." + net + "." + s + ".254/24 dev eth" + s, "ip -n gw link set eth" + s + " up");
      for (int i = 1; i <= 2; i++) {
        String station = name(2 * s + i);
        netns(station);
        plug(station, "br" + s, "", "10." + net + "." + s + "." + i + "/24");
        run("ip -n " + station + " route add default via 10." + net + "." + s + ".254", "serve " + station + " 80/tcp");
      }
    }
    ping(name(3), "10." + net + ".2.1");
    ping(name(5), "10." + net + ".1.2");
    ping(name(4), "10." + net + ".1.1");
    tcp(name(4), "10." + net + ".2.2", 80);
    tcp(name(6), "10." + net + ".1.1", 80);
    big(name(3), "10." + net + ".2.2", 1500);
  }

  private void chain() {
    int routers = 2 + random.nextInt(2);
    List<String> row = new ArrayList<>(List.of(name(0)));
    for (int i = 1; i <= routers; i++) {
      row.add("r" + i);
    }
    row.add(name(1));
    row.forEach(this::netns);
    for (int i = 0; i <= routers; i++) {
      wire(row.get(i), "right", "10." + net + "." + i + ".1/24", row.get(i + 1), "left",
          "10." + net + "." + i + ".2/24");
    }
    for (int i = 1; i <= routers; i++) {
      forward(row.get(i));
      for (int n = 0; n <= routers; n++) {
        if (n < i - 1) {
          run("ip -n r" + i + " route add 10." + net + "." + n + ".0/24 via 10." + net + "." + (i - 1) + ".1");
        } else if (n > i) {
          run("ip -n r" + i + " route add 10." + net + "." + n + ".0/24 via 10." + net + "." + i + ".2");
        }
      }
    }
    run("ip -n " + name(0) + " route add default via 10." + net + ".0.2",
        "ip -n " + name(1) + " route add default via 10." + net + "." + routers + ".1",
        "serve " + name(1) + " 443/tcp");
    ping(name(0), "10." + net + "." + routers + ".2");
    ping(name(1), "10." + net + ".0.1");
    tcp(name(0), "10." + net + "." + routers + ".2", 443);
    big(name(0), "10." + net + "." + routers + ".2", 1500);
  }

  private void containers() {
    netns("node", "outside", name(0), name(1));
    forward("node");
    run("ip -n node link add docker0 type bridge", "ip -n node addr add 172.17." + net + ".1/24 dev docker0",
        "ip -n node link set docker0 up");
    wire("node", "uplink", "192.0.2.10/24", "outside", "eth0", "192.0.2.1/24");
    for (int i = 0; i < 2; i++) {
      plug(name(i), "docker0", "node", "172.17." + net + "." + (i + 2) + "/24");
      run("ip -n " + name(i) + " route add default via 172.17." + net + ".1");
    }
    String inside = "172.17." + net + ".0/24";
    run("serve " + name(0) + " 80/tcp", "serve outside 53/udp", "serve outside 80/tcp");
    run("ip netns exec node iptables -t nat -A POSTROUTING -s " + inside + " ! -o docker0 -j MASQUERADE",
        "ip netns exec node iptables -t nat -A PREROUTING ! -i docker0 -p tcp --dport 8080 -j DNAT --to-destination 172.17."
            + net + ".2:80");
    if (random.nextBoolean()) {
      run("ip netns exec node iptables -P FORWARD DROP",
          "ip netns exec node iptables -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
          "ip netns exec node iptables -A FORWARD -i docker0 -j ACCEPT",
          "ip netns exec node iptables -A FORWARD -o docker0 -d 172.17." + net + ".2 -p tcp --dport 80 -j ACCEPT");
    }
    ping(name(0), "192.0.2.1");
    ping(name(1), "172.17." + net + ".2");
    tcp(name(1), "192.0.2.1", 80);
    probes.add(Probe.udp(at(name(0)), IpAddress.of("192.0.2.1"), 53));
    tcp("outside", "192.0.2.10", 8080);
    ping("node", "172.17." + net + ".3");
  }

  private void overlay() {
    int n = 2 + random.nextInt(2);
    run("ip link add under type bridge", "ip link set under up");
    for (int i = 1; i <= n; i++) {
      netns("node" + i, "pod" + i);
      plug("node" + i, "under", "", "172.30." + net + "." + i + "/24");
    }
    for (int i = 1; i <= n; i++) {
      String in = "ip -n node" + i + " ";
      run(in + "link add cni0 type bridge", in + "link set cni0 up");
      if (n == 2) {
        run(in + "link add vx type vxlan id 4" + net + " remote 172.30." + net + "." + (3 - i) + " dstport 4789");
      } else {
        run(in + "link add vx type vxlan id 4" + net + " dstport 4789");
        for (int j = 1; j <= n; j++) {
          if (j != i) {
            run("bridge -n node" + i + " fdb append 00:00:00:00:00:00 dev vx dst 172.30." + net + "." + j);
          }
        }
      }
      run(in + "link set vx master cni0 up");
      plug("pod" + i, "cni0", "node" + i, "10.244." + net + "." + i + "/24");
      run("ip -n pod" + i + " link set eth0 mtu 1450", "serve pod" + i + " 80/tcp");
    }
    for (int i = 1; i <= n; i++) {
      ping("pod" + i, "10.244." + net + "." + (i % n + 1));
    }
    tcp("pod1", "10.244." + net + ".2", 80);
    big("pod1", "10.244." + net + ".2", 1450);
  }

  private void flatVxlan() {
    netns("east", "west");
    wire("east", "eth0", "198.51.100.1/24", "west", "eth0", "198.51.100.2/24");
    run("ip -n east link add vx0 type vxlan id " + (10 + net) + " local 198.51.100.1 remote 198.51.100.2 dstport 8472",
        "ip -n west link add vx0 type vxlan id " + (10 + net) + " local 198.51.100.2 remote 198.51.100.1 dstport 8472",
        "ip -n east addr add 10.99." + net + ".1/24 dev vx0", "ip -n west addr add 10.99." + net + ".2/24 dev vx0",
        "ip -n east link set vx0 up", "ip -n west link set vx0 up", "serve west 80/tcp");
    ping("east", "10.99." + net + ".2");
    ping("west", "10.99." + net + ".1");
    ping("east", "198.51.100.2");
    tcp("east", "10.99." + net + ".2", 80);
  }

  private void vlans() {
    netns(name(0), name(1));
    run("ip -n " + name(0) + " link add eth0 type veth peer name eth0 netns " + name(1),
        "ip -n " + name(0) + " link set eth0 up", "ip -n " + name(1) + " link set eth0 up");
    for (int v = 10; v <= 20; v += 10) {
      for (int i = 0; i < 2; i++) {
        run("ip -n " + name(i) + " link add link eth0 name eth0." + v + " type vlan id " + v,
            "ip -n " + name(i) + " addr add 10." + net + "." + v + "." + (i + 1) + "/24 dev eth0." + v,
            "ip -n " + name(i) + " link set eth0." + v + " up");
      }
    }
    run("serve " + name(1) + " 22/tcp");
    ping(name(0), "10." + net + ".10.2");
    ping(name(1), "10." + net + ".20.1");
    tcp(name(0), "10." + net + ".20.2", 22);
    big(name(0), "10." + net + ".10.2", 1500);
  }

  private void macvlan() {
    netns(name(0), name(1), "lan");
    run("ip link add up0 type veth peer name eth0 netns lan", "ip link set up0 up", "ip -n lan link set eth0 up",
        "ip -n lan addr add 10." + net + ".0.1/24 dev eth0");
    for (int i = 0; i < 2; i++) {
      run("ip link add link up0 name mv" + i + " type macvlan mode bridge", "ip link set mv" + i + " netns " + name(i),
          "ip -n " + name(i) + " addr add 10." + net + ".0." + (i + 11) + "/24 dev mv" + i,
          "ip -n " + name(i) + " link set mv" + i + " up");
    }
    run("serve " + name(1) + " 80/tcp");
    ping(name(0), "10." + net + ".0.12");
    ping(name(0), "10." + net + ".0.1");
    ping("lan", "10." + net + ".0.12");
    tcp(name(0), "10." + net + ".0.12", 80);
  }

  private void policy() {
    netns("client", "edge", "slow", "fast", "server");
    wire("client", "eth0", "10." + net + ".0.2/24", "edge", "in", "10." + net + ".0.1/24");
    wire("edge", "out1", "10." + net + ".1.1/24", "slow", "a", "10." + net + ".1.2/24");
    wire("edge", "out2", "10." + net + ".2.1/24", "fast", "a", "10." + net + ".2.2/24");
    wire("slow", "b", "10." + net + ".3.1/24", "server", "s1", "10." + net + ".3.2/24");
    wire("fast", "b", "10." + net + ".4.1/24", "server", "s2", "10." + net + ".4.2/24");
    List.of("edge", "slow", "fast").forEach(this::forward);
    run("ip -n client route add default via 10." + net + ".0.1",
        "ip -n edge route add table 100 default via 10." + net + ".2.2",
        "ip -n edge rule add from 10." + net + ".0.0/24 table 100",
        "ip -n slow route add 10." + net + ".0.0/24 via 10." + net + ".1.1",
        "ip -n fast route add 10." + net + ".0.0/24 via 10." + net + ".2.1",
        "ip -n edge route add 10." + net + ".3.0/24 via 10." + net + ".1.2",
        "ip -n server route add default via 10." + net + ".4.1", "ip -n server addr add 10." + net + ".9.9/32 dev lo",
        "ip -n fast route add 10." + net + ".9.9 via 10." + net + ".4.2", "serve server 80/tcp");
    ping("client", "10." + net + ".9.9");
    ping("client", "10." + net + ".4.2");
    tcp("client", "10." + net + ".9.9", 80);
    ping("edge", "10." + net + ".3.2");
    probes.removeIf(p -> !Simulator.run(lab(), p).result().succeeded());
  }

  private void inet6() {
    netns(name(0), "gw", name(1));
    wire(name(0), "eth0", "fd00:" + net + ":1::1/64", "gw", "left", "fd00:" + net + ":1::ff/64");
    wire("gw", "right", "fd00:" + net + ":2::ff/64", name(1), "eth0", "fd00:" + net + ":2::1/64");
    run("ip netns exec gw sysctl -w net.ipv6.conf.all.forwarding=1",
        "ip -n " + name(0) + " -6 route add default via fd00:" + net + ":1::ff",
        "ip -n " + name(1) + " -6 route add default via fd00:" + net + ":2::ff", "serve " + name(1) + " 80/tcp",
        "sleep 3");
    ping(name(0), "fd00:" + net + ":2::1");
    ping(name(1), "fd00:" + net + ":1::1");
    ping(name(0), "fd00:" + net + ":1::ff");
    tcp(name(0), "fd00:" + net + ":2::1", 80);
  }

  private void wireguard() {
    netns("home", "work");
    wire("home", "eth0", "203.0.113.1/24", "work", "eth0", "203.0.113.2/24");
    List<String> keys = new ArrayList<>();
    for (String netns : List.of("home", "work")) {
      run("ip -n " + netns + " link add wg0 type wireguard",
          "ip netns exec " + netns + " sh -c 'wg genkey > /tmp/" + netns + "'",
          "ip netns exec " + netns + " wg set wg0 private-key /tmp/" + netns + " listen-port 51820");
      Reply reply = Shell.run(session, at(netns), "wg show wg0 public-key");
      keys.add(reply.out().getFirst().strip());
    }
    run("ip netns exec home wg set wg0 peer " + keys.get(1) + " endpoint 203.0.113.2:51820 allowed-ips 10.7." + net
        + ".2/32",
        "ip netns exec work wg set wg0 peer " + keys.get(0) + " endpoint 203.0.113.1:51820 allowed-ips 10.7." + net
            + ".1/32",
        "ip -n home addr add 10.7." + net + ".1/24 dev wg0", "ip -n work addr add 10.7." + net + ".2/24 dev wg0",
        "ip -n home link set wg0 up", "ip -n work link set wg0 up", "serve work 80/tcp");
    ping("home", "10.7." + net + ".2");
    ping("work", "10.7." + net + ".1");
    ping("home", "203.0.113.2");
    tcp("home", "10.7." + net + ".2", 80);
  }
}
