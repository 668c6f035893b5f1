package org.hopscope.app.cli.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Networks to begin with, each built in words and an order that chance chooses. */
final class Topology {
  private final Draft draft;
  private final Dice dice;
  private final boolean six;
  private int networks;

  private Topology(Draft draft, boolean six) {
    this.draft = draft;
    this.six = six;
    this.dice = draft.dice();
  }

  /** Builds what suits a theme. */
  static void build(Theme theme, Draft draft) {
    Topology topology = new Topology(draft, theme == Theme.IPV6);
    switch (theme) {
      case WIRES -> topology.wires();
      case BRIDGES -> topology.bridged();
      case FILTER, NAT -> topology.guarded();
      case ROUTERS, RULES -> topology.routed(topology.dice.between(1, 3));
      case NEIGHBOURS, MTU, CHANGES, COURSE, DEVICES, IPV6, MISUSE -> topology.any();
    }
  }

  private void any() {
    switch (dice.between(1, 5)) {
      case 1 -> wires();
      case 2 -> routed(dice.between(1, 2));
      case 3 -> gateway();
      default -> bridged();
    }
  }

  /** A router between networks, with servers behind it: fit for rules. */
  private void guarded() {
    if (dice.percent(55)) {
      routed(dice.between(1, 2));
    } else {
      gateway();
    }
    for (String place : draft.namespaces()) {
      if (!place.equals(Draft.HOST) && dice.percent(70)) {
        draft.add("serve " + place + " " + dice.word("80/tcp 80/tcp 8080/tcp"));
        draft.add("serve " + place + " 53/udp");
      }
    }
  }

  /** One to three wires between two to four namespaces. */
  private void wires() {
    List<String> places = namespaces(dice.between(2, 4));
    if (dice.percent(25)) {
      places.add(Draft.HOST);
    }
    for (int i = dice.between(1, 3); i > 0; i--) {
      String one = dice.one(places);
      String other = dice.one(places);
      String subnet = subnet();
      wire(one, other, List.of(subnet + dice.between(1, 9), subnet + dice.between(10, 19)), length());
    }
  }

  /** Some stations on a bridge, now and then a second bridge behind it; the bridge may have an address. */
  private String bridged() {
    String at = dice.percent(60) ? Draft.HOST : namespaces(1).getFirst();
    String bridge = bridge(at);
    String subnet = subnet();
    List<String> stations = namespaces(dice.between(2, 4));
    String length = length();
    for (int i = 0; i < stations.size(); i++) {
      plug(at, bridge, stations.get(i), subnet + (i + 2), length);
    }
    if (dice.percent(45)) {
      draft.in(at, "ip addr add " + subnet + "1" + length + " dev " + bridge);
    }
    if (dice.percent(30)) {
      String second = bridge(at);
      String one = draft.freshDevice("trunk t-");
      String other = draft.freshDevice("trunk t-");
      draft.in(at, "ip link add " + one + " type veth peer name " + other);
      shuffled(List.of("ip link set " + one + " master " + bridge, "ip link set " + other + " master " + second,
          "ip link set " + one + " up", "ip link set " + other + " up")).forEach(c -> draft.in(at, c));
      plug(at, second, namespaces(1).getFirst(), subnet + "9", length);
    }
    return subnet;
  }

  /** A bridge whose own address is the stations' gateway, and a network behind it. */
  private void gateway() {
    String at = dice.percent(60) ? Draft.HOST : namespaces(1).getFirst();
    String bridge = bridge(at);
    String subnet = subnet();
    draft.in(at, "ip addr add " + subnet + "1" + whole() + " dev " + bridge);
    for (String station : namespaces(dice.between(1, 3))) {
      plug(at, bridge, station, subnet + dice.between(2, 99), whole());
      if (dice.percent(90)) {
        draft.in(station, ip() + "route add default via " + subnet + "1");
      }
    }
    String outside = namespaces(1).getFirst();
    String far = subnet();
    wire(at, outside, List.of(far + "1", far + "2"), whole());
    draft.in(outside, ip() + "route add " + net(subnet) + " via " + far + "1");
    forward(at);
  }

  /** A chain of routers with a station at each end. */
  private void routed(int routers) {
    List<String> chain = namespaces(routers + 2);
    List<String> subnets = new ArrayList<>();
    for (int i = 0; i + 1 < chain.size(); i++) {
      String subnet = subnet();
      subnets.add(subnet);
      wire(chain.get(i), chain.get(i + 1), List.of(subnet + "1", subnet + "2"), whole());
    }
    for (int i = 1; i + 1 < chain.size(); i++) {
      forward(chain.get(i));
    }
    for (int i = 0; i < chain.size(); i++) {
      for (int net = 0; net < subnets.size(); net++) {
        if (net < i - 1) {
          route(chain.get(i), subnets.get(net), subnets.get(i - 1) + "1");
        } else if (net > i) {
          route(chain.get(i), subnets.get(net), subnets.get(i) + "2");
        }
      }
    }
  }

  private void route(String at, String subnet, String via) {
    if (dice.percent(92)) {
      String to = dice.percent(20) ? "default" : net(subnet);
      draft.in(at,
          ip() + "route add " + to + " via " + via + dice.one(List.of("", "", "", " metric 100", " proto static")));
    }
  }

  private void forward(String at) {
    if (dice.percent(92)) {
      String key = six ? "ipv6.conf.all.forwarding=1" : "ipv4." + dice.word("ip_forward=1 conf.all.forwarding=1");
      draft.in(at, "sysctl " + dice.word("-w -qw") + " net." + key);
    }
  }

  private List<String> namespaces(int count) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = draft.freshNetns();
      draft.add("ip netns add " + name);
      if (dice.percent(85)) {
        draft.in(name, "ip link set " + dice.one(List.of("", "dev ")) + "lo up");
      }
      made.add(name);
    }
    return made;
  }

  private String bridge(String at) {
    String bridge = draft.freshDevice("br br- sw");
    String mac = dice.percent(30) ? " address 02:bb:00:00:00:0" + dice.between(1, 9) : "";
    draft.in(at, "ip link add " + dice.one(List.of("", "name ")) + bridge + mac + " type bridge"
        + dice.one(List.of("", "", "", " stp_state 0", " ageing_time 30000", " forward_delay 0")));
    if (dice.percent(95)) {
      draft.in(at, "ip link set " + bridge + " up");
    }
    return bridge;
  }

  private void plug(String at, String bridge, String station, String address, String length) {
    List<String> ends = pair(at, station);
    List<String> steps = new ArrayList<>(List.of(at + "|ip link set " + ends.getFirst() + " master " + bridge,
        at + "|ip link set " + ends.getFirst() + " up", station + "|ip link set dev " + ends.getLast() + " up",
        station + "|ip addr add " + address + length + " dev " + ends.getLast()));
    shuffled(steps).forEach(this::step);
  }

  private void wire(String one, String other, List<String> addresses, String length) {
    List<String> ends = pair(one, other);
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String at = i == 0 ? one : other;
      steps.add(at + "|ip link set " + ends.get(i) + " up");
      if (dice.percent(94)) {
        steps.add(at + "|ip " + dice.word("addr a address") + " add " + addresses.get(i) + length
            + dice.one(List.of("", "", "", six ? "" : " brd +")) + " dev " + ends.get(i));
      }
    }
    shuffled(steps).forEach(this::step);
  }

  private void step(String step) {
    int bar = step.indexOf('|');
    draft.in(step.substring(0, bar), step.substring(bar + 1));
  }

  /** A veth pair with its ends in two namespaces, made in one of the ways that tutorials make it. */
  private List<String> pair(String one, String other) {
    String a = draft.freshDevice("veth ve v- eth lan");
    String b = draft.freshDevice("veth ve v- eth lan");
    String mac = dice.percent(15) ? " address 02:aa:00:00:00:0" + dice.between(1, 5) : "";
    if (dice.percent(40)) {
      draft.add("ip link add " + a + mac + netns(one) + " type veth peer name " + b + netns(other));
      return List.of(a, b);
    }
    draft.add("ip link add " + dice.one(List.of("", "name ", "dev ")) + a + mac + " type veth peer name " + b);
    return List.of(move(a, one), move(b, other));
  }

  private String move(String device, String to) {
    if (to.equals(Draft.HOST)) {
      return device;
    }
    boolean rename = dice.percent(35);
    String name = rename ? dice.word("eth0 eth1 eth2") : device;
    boolean free = draft.devices(to).stream().noneMatch(d -> d.name().equals(name));
    draft.add("ip link set " + dice.one(List.of("", "dev ")) + device + " netns " + to
        + (rename && free ? " name " + name : ""));
    return free ? name : device;
  }

  private static String netns(String place) {
    return place.equals(Draft.HOST) ? "" : " netns " + place;
  }

  private String subnet() {
    networks++;
    if (six) {
      return "fd00:" + networks + "::";
    }
    return dice.percent(8) ? "10.1.1." : dice.word("10.1. 10.0. 192.168. 172.16.") + networks + ".";
  }

  private String net(String subnet) {
    return six ? subnet + "/64" : subnet + "0/24";
  }

  private String whole() {
    return six ? "/64" : "/24";
  }

  private String ip() {
    return six ? "ip -6 " : "ip ";
  }

  private String length() {
    if (six) {
      return "/64";
    }
    return dice.percent(85) ? "/24" : dice.word("/16 /25 /28 /30 /32 /8");
  }

  private List<String> shuffled(List<String> steps) {
    List<String> left = new ArrayList<>(steps);
    List<String> out = new ArrayList<>();
    while (!left.isEmpty()) {
      out.add(left.remove(dice.percent(70) ? 0 : dice.between(0, left.size() - 1)));
    }
    return out;
  }
}
