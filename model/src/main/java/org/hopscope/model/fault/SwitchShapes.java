package org.hopscope.model.fault;

import java.util.List;

/** Bridges that filter by VLAN, and those who share out connections or hide addresses in other ways than iptables. */
final class SwitchShapes extends Workshop {
  private static final int STATIONS = 4;

  SwitchShapes(GeneratedLab.Shape shape, long seed) {
    super(shape, seed);
  }

  /** Stations of two VLANs on two switches, a trunk between these, and a router on a stick. */
  void trunk() {
    netns("sw1", "sw2", "gw");
    for (int s = 1; s <= 2; s++) {
      run("ip -n sw" + s + " link add br0 type bridge vlan_filtering 1 vlan_default_pvid 0",
          "ip -n sw" + s + " link set br0 up");
    }
    run("ip -n sw1 link add trunk type veth peer name trunk netns sw2");
    run("ip -n gw link add eth0 type veth peer name stick netns sw1", "ip -n gw link set eth0 up");
    tagged("sw1", "trunk");
    tagged("sw2", "trunk");
    tagged("sw1", "stick");
    forward("gw");
    for (int v = 10; v <= 20; v += 10) {
      run("ip -n gw link add link eth0 name eth0." + v + " type vlan id " + v,
          "ip -n gw addr add 10." + net + "." + v + ".254/24 dev eth0." + v, "ip -n gw link set eth0." + v + " up");
    }
    for (int i = 0; i < STATIONS; i++) {
      int vlan = i < 2 ? 10 : 20;
      String at = "sw" + (1 + i % 2);
      netns(name(i));
      plug(name(i), "br0", at, "10." + net + "." + vlan + "." + (i + 1) + "/24");
      run("bridge -n " + at + " vlan add dev p-" + name(i) + " vid " + vlan + " pvid untagged",
          "ip -n " + name(i) + " route add default via 10." + net + "." + vlan + ".254",
          "serve " + name(i) + " 80/tcp");
    }
    ping(name(0), "10." + net + ".10.2");
    ping(name(3), "10." + net + ".20.3");
    ping(name(1), "10." + net + ".20.4");
    tcp(name(2), "10." + net + ".10.1", 80);
    big(name(0), "10." + net + ".10.2", 1500);
  }

  /** A port that carries both VLANs with their tags. */
  private void tagged(String at, String port) {
    run("ip -n " + at + " link set " + port + " master br0 up", "bridge -n " + at + " vlan add dev " + port + " vid 10",
        "bridge -n " + at + " vlan add dev " + port + " vid 20");
  }

  /** A director of IPVS before two servers. */
  void director() {
    netns("client", "director", name(0), name(1));
    forward("director");
    wire("client", "eth0", "10." + net + ".0.2/24", "director", "front", "10." + net + ".0.1/24");
    run("ip -n director link add br0 type bridge", "ip -n director addr add 10." + net + ".1.1/24 dev br0",
        "ip -n director link set br0 up", "ip -n client route add default via 10." + net + ".0.1");
    List<String> services = List.of("10." + net + ".0.1:80", "10." + net + ".0.1:443");
    services.forEach(s -> run("ip netns exec director ipvsadm -A -t " + s + " -s rr"));
    for (int i = 0; i < 2; i++) {
      String own = "10." + net + ".1." + (11 + i);
      plug(name(i), "br0", "director", own + "/24");
      run("ip -n " + name(i) + " route add default via 10." + net + ".1.1", "serve " + name(i) + " 8080/tcp",
          "serve " + name(i) + " 8443/tcp");
      run("ip netns exec director ipvsadm -a -t " + services.getFirst() + " -r " + own + ":8080 -m",
          "ip netns exec director ipvsadm -a -t " + services.getLast() + " -r " + own + ":8443 -m");
    }
    tcp("client", "10." + net + ".0.1", 80);
    ping("client", "10." + net + ".0.1");
    ping("client", "10." + net + ".1.12");
    tcp(name(0), "10." + net + ".1.12", 8080);
  }

  /** A machine with two containers that nftables hides and opens a door to. */
  void nftables() {
    netns("node", "outside", name(0), name(1));
    forward("node");
    run("ip -n node link add cni0 type bridge", "ip -n node addr add 172.18." + net + ".1/24 dev cni0",
        "ip -n node link set cni0 up");
    wire("node", "uplink", "192.0.2.10/24", "outside", "eth0", "192.0.2.1/24");
    for (int i = 0; i < 2; i++) {
      plug(name(i), "cni0", "node", "172.18." + net + "." + (i + 2) + "/24");
      run("ip -n " + name(i) + " route add default via 172.18." + net + ".1");
    }
    run("serve " + name(0) + " 80/tcp", "serve outside 80/tcp");
    String nft = "ip netns exec node nft add ";
    run(nft + "table ip nat", nft + "chain ip nat pre '{ type nat hook prerouting priority dstnat ; }'",
        nft + "chain ip nat post '{ type nat hook postrouting priority srcnat ; }'",
        nft + "rule ip nat pre iifname uplink tcp dport 8080 dnat to 172.18." + net + ".2:80",
        nft + "rule ip nat post ip saddr 172.18." + net + ".0/24 oifname uplink masquerade");
    if (random.nextBoolean()) {
      run(nft + "table ip filter",
          nft + "chain ip filter forward '{ type filter hook forward priority filter ; policy drop ; }'",
          nft + "rule ip filter forward ct state established,related accept",
          nft + "rule ip filter forward iifname cni0 accept",
          nft + "rule ip filter forward oifname cni0 ip daddr 172.18." + net + ".2 tcp dport 80 accept");
    }
    ping(name(0), "192.0.2.1");
    ping(name(1), "172.18." + net + ".2");
    tcp(name(1), "192.0.2.1", 80);
    tcp("outside", "192.0.2.10", 8080);
  }
}
