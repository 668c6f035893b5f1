package org.hopscope.model.fault;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;

/** Several networks on one cable: VLANs, macvlans, packets in packets. */
final class TunnelShapes extends Workshop {
  TunnelShapes(GeneratedLab.Shape shape, long seed) {
    super(shape, seed);
  }

  void vlans() {
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

  void macvlan() {
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

  void overlay() {
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

  void flatVxlan() {
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

  void wireguard() {
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
