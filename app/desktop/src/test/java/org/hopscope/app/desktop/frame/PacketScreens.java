package org.hopscope.app.desktop.frame;

import java.util.Map;
import java.util.function.Consumer;
import org.hopscope.app.desktop.welcome.Template;
import org.hopscope.app.desktop.why.WhyCard;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/** What is asked of a learner, what a learner asks, and ten moments of a packet. */
final class PacketScreens {
  private final Map<String, Consumer<Studio>> all;

  private PacketScreens(Map<String, Consumer<Studio>> all) {
    this.all = all;
  }

  static void add(Map<String, Consumer<Studio>> all) {
    PacketScreens screens = new PacketScreens(all);
    screens.questions();
    screens.moments();
    screens.matrix();
  }

  /** What is asked of a learner, and what a learner asks. */
  private void questions() {
    all.put("predict", s -> {
      Steps.moreRoutes(s);
      s.act("predict");
      s.probe("pod1 -> 10.244.2.2", Studio.asks(Lookup.RouteLookup.class, l -> l.netns().isRoot()));
    });
    all.put("predict-wrong", s -> {
      Steps.moreRoutes(s);
      s.act("predict");
      s.probe("pod1 -> 10.244.2.2", Studio.asks(Lookup.RouteLookup.class, l -> l.netns().isRoot()));
      s.workbench().predictions().pick(0);
    });
    all.put("why", s -> {
      s.commands(Scripts.NAT);
      s.type("iptables -A FORWARD -p tcp --dport 81 -j ACCEPT; ip -n pod2 route del default");
      s.probe("pod2 -> 192.0.2.99:80", Steps.died());
      WhyCard.open(s.canvas(), s.workbench(), s.workbench().traceProperty().get().orElseThrow(), _ -> {
      });
      s.await("#why-card .small-button", 1);
    });
    all.put("compare", s -> {
      s.commands(Scripts.NAT);
      s.type("ip -n pod2 route del default");
      s.probe("pod2 -> 192.0.2.99:80", Steps.died());
      s.type("ip -n pod2 route add default via 10.88.0.1");
      s.probe("pod2 -> 192.0.2.99:80", _ -> false);
      s.menu("#compare", 0);
    });
    all.put("events", s -> {
      s.dock(320);
      s.commands(Scripts.NAT);
      s.probe("pod2 -> 192.0.2.99:80", _ -> false);
      s.tab("dock.events");
      s.fields("TCP");
    });
    all.put("probes", s -> {
      s.dock(320);
      s.commands(Scripts.NAT);
      for (String probe : new String[] {"pod2 -> 192.0.2.99:80", "@outside -> 10.88.0.3", "pod3 -> 10.88.0.2"}) {
        s.type("probe " + probe);
        s.tab("dock.probes");
        s.press("#probes-keep");
      }
      s.workbench().closeTrace();
      s.type("iptables -P FORWARD ACCEPT; ip -n pod3 link set eth0 down");
      s.press("#probes-all");
      s.await("#probes .good", 1);
    });
    all.put("fork", s -> {
      s.template(Template.BRIDGE);
      s.probe("pc1 -> 192.168.1.2", step -> step.event() instanceof Event.Parked);
      s.terminal("ip -n pc1 neigh");
      s.terminal("ip -n pc1 neigh replace 192.168.1.2 lladdr 02:00:00:00:00:07 dev eth0 nud permanent");
    });
  }

  /** Ten moments of a packet's life. */
  private void moments() {
    all.put("moment-arp-miss", s -> {
      s.template(Template.BRIDGE);
      s.probe("pc1 -> 192.168.1.2", Studio.asks(Lookup.NeighbourLookup.class, l -> l.found().isEmpty()));
    });
    all.put("moment-fdb-flood", s -> {
      s.template(Template.BRIDGE);
      s.probe("pc1 -> 192.168.1.2", Studio.asks(Lookup.FdbLookup.class, l -> l.found().isEmpty()));
    });
    all.put("moment-longest-prefix", s -> {
      Steps.moreRoutes(s);
      s.probe("pod1 -> 10.244.2.2", Studio.asks(Lookup.RouteLookup.class, l -> l.netns().isRoot()));
    });
    all.put("moment-dnat", s -> {
      s.commands(Scripts.NAT);
      s.probe("@outside -> 192.0.2.10:8080", Steps.rewrites(Event.Rewriting.DESTINATION_NAT));
    });
    all.put("moment-conntrack-reply", s -> {
      s.commands(Scripts.NAT);
      s.probe("pod2 -> 192.0.2.99:80", Studio.asks(Lookup.ConntrackLookup.class,
          l -> l.direction() == org.hopscope.model.netfilter.Direction.REPLY));
    });
    all.put("moment-vxlan", s -> {
      s.commands(Scripts.OVERLAY);
      s.probe("pod1 -> 10.244.2.2", Steps.rewrites(Event.Rewriting.ENCAPSULATION));
    });
    all.put("moment-storm", s -> {
      s.commands(Studio.script("A11"));
      s.type("ip link set two0 master br0; ip link set two1 master br1");
      s.probe("a -> 10.0.0.2", _ -> false);
      s.workbench().goTo(60);
    });
    all.put("moment-fragments", s -> {
      s.template(Template.ROUTER);
      s.type("ip -n router link set eth1 mtu 600; ip -n right link set eth0 mtu 600");
      s.probe("left -> 10.2.0.2:9/udp size=1200", step -> step.event() instanceof Event.Forked);
    });
    all.put("moment-filter-drop", s -> {
      s.lesson("C1");
      s.type("iptables -A FORWARD -p tcp --dport 22 -j ACCEPT; iptables -A FORWARD -p tcp --dport 8080 -j DROP");
      s.probe("lan -> 10.2.0.2:8080", Steps.died());
    });
  }

  private void matrix() {
    all.put("matrix-large", s -> {
      s.dock(420);
      s.template(Template.EMPTY);
      s.type("ip link add br0 type bridge; ip link set br0 up");
      for (int n = 1; n <= 34; n++) {
        s.type("ip netns add station-" + n + "; ip link add eth0 netns station-" + n + " type veth peer name s" + n
            + "; ip link set s" + n + " master br0 up; ip -n station-" + n + " addr add 10.0.0." + n
            + "/24 dev eth0; ip -n station-" + n + " link set eth0 up");
      }
      s.type("ip -n station-7 link set eth0 down");
      s.tab("dock.reach");
      s.await(".reach-mark", 34 * 8);
    });
    all.put("moment-matrix", s -> {
      s.dock(320);
      s.commands(Scripts.NAT);
      s.tab("dock.reach");
      s.await(".reach-mark", 8, () -> s.type("iptables -D FORWARD 1; iptables -I FORWARD -p icmp -j DROP"),
          ".reach-mark:changed");
    });
  }
}
