package org.hopscope.model.fault;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;

/** Cables, bridges and routers. */
final class CableShapes extends Workshop {
  CableShapes(GeneratedLab.Shape shape, long seed) {
    super(shape, seed);
  }

  void pair() {
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

  void bridge() {
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

  void router() {
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

  void chain() {
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

  void containers() {
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

  void policy() {
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

  void inet6() {
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
}
