package org.hopscope.app.desktop.frame;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.hopscope.app.desktop.canvas.tools.Palette;
import org.hopscope.app.desktop.welcome.Template;
import org.hopscope.app.desktop.why.WhyCard;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.trace.DropReason;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Fate;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Step;

/** Every screen that the docs show, by the name of its file: how the window is brought there. */
final class Screens {
  /** Two machines with a pod each, joined by VXLAN. */
  private static final String OVERLAY = Studio.script("D3") + Studio.solved("D3");
  private static final String NAT = """
      ip link add br0 type bridge
      ip addr add 10.88.0.1/24 dev br0
      ip link set br0 up
      for n in 2 3; do
        ip netns add pod$n
        ip link add eth0 netns pod$n type veth peer name v-pod$n
        ip link set v-pod$n master br0
        ip link set v-pod$n up
        ip -n pod$n addr add 10.88.0.$n/24 dev eth0
        ip -n pod$n link set eth0 up
        ip -n pod$n route add default via 10.88.0.1
      done
      hop host add outside
      hop cable add host:eth0 outside:eth0
      ip addr add 192.0.2.10/24 dev eth0
      ip link set eth0 up
      hop on outside ip addr add 192.0.2.99/24 dev eth0
      hop on outside ip link set eth0 up
      sysctl -w net.ipv4.ip_forward=1
      iptables -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
      iptables -A FORWARD -i br0 -j ACCEPT
      iptables -P FORWARD DROP
      iptables -t nat -A POSTROUTING -s 10.88.0.0/24 -d 10.88.0.0/24 -j RETURN
      iptables -t nat -A POSTROUTING -s 10.88.0.0/24 ! -o br0 -j MASQUERADE
      iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 10.88.0.2:80
      serve pod2 80/tcp as pod2
      serve @outside 80/tcp as outside
      """;
  private static final String WIREGUARD = """
      hop host add node2
      hop cable add host:eth0 node2:eth0
      ip addr add 192.168.0.1/24 dev eth0
      ip link set eth0 up
      hop on node2 ip addr add 192.168.0.2/24 dev eth0
      hop on node2 ip link set eth0 up
      wg genkey > here.key
      wg genkey > there.key
      wg pubkey < here.key > here.pub
      wg pubkey < there.key > there.pub
      ip link add wg0 type wireguard
      ip addr add 10.9.0.1/24 dev wg0
      wg set wg0 listen-port 51820 private-key here.key peer $(cat there.pub) allowed-ips 10.9.0.2/32 endpoint 192.168.0.2:51820
      ip link set wg0 up
      hop on node2 ip link add wg0 type wireguard
      hop on node2 ip addr add 10.9.0.2/24 dev wg0
      hop on node2 wg set wg0 listen-port 51820 private-key <(cat there.key) peer $(cat here.pub) allowed-ips 10.9.0.1/32
      hop on node2 ip link set wg0 up
      """;

  /** Three nodes, two applications, a policy. */
  private static final String CLUSTER = """
      hop cluster create demo --dns none --nodes 3
      kubectl create deployment web --image=nginx --replicas=5 --port=80
      kubectl expose deployment web --port=80
      kubectl create deployment api --image=api --replicas=4 --port=8080
      kubectl expose deployment api --port=80 --target-port=8080 --type=NodePort
      kubectl run client --image=busybox
      kubectl apply -f - <<'END'
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api-from-web
      spec:
        podSelector:
          matchLabels:
            app: api
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: web
      END
      """;

  private final Map<String, Consumer<Studio>> all = new LinkedHashMap<>();

  private Screens() {
    lessons();
    syllabus();
    pages();
    eyes();
    labs();
    tables();
    cards();
    questions();
    moments();
    matrix();
    clusters();
  }

  static Map<String, Consumer<Studio>> all() {
    return new Screens().all;
  }

  private void lessons() {
    all.put("window", s -> {
      s.lesson("C3");
      s.type("iptables -t nat -A POSTROUTING -s 10.244.1.0/24 ! -d 10.244.0.0/16 -j MASQUERADE");
      s.probe("pod1 -> 203.0.113.9:80", rewrites(Event.Rewriting.SOURCE_NAT));
    });
    all.put("lesson", s -> s.lesson("A2"));
    all.put("lesson-failed", s -> {
      s.lesson("A2");
      s.probe("netns1 -> 10.1.1.2", _ -> false);
      s.tab("dock.events");
    });
    all.put("lessons", s -> s.act("lessons"));
    all.put("quiz", s -> {
      s.lesson("A6");
      s.showLesson("program", "below", "joined");
      s.answer("hands-to", "veth=peer", "lo=self", "tun=program", "tap=below", "bridge=ports");
    });
    all.put("quiz-right", s -> {
      s.lesson("B2");
      s.showLesson("none");
    });
  }

  /** Lessons under way. */
  private void syllabus() {
    all.put("lesson-a5", s -> {
      s.lesson("A5");
      s.showLesson(s.tasks(1));
    });
    all.put("lesson-a10", s -> {
      s.lesson("A10");
      s.showLesson(s.tasks(1));
      s.probe("a -> 10.0.0.2", step -> step.event() instanceof Event.Forked);
    });
    all.put("lesson-a11", s -> {
      s.lesson("A11");
      s.showLesson(s.tasks(2));
      s.workbench().closeTrace();
    });
    all.put("lesson-b1", s -> {
      s.lesson("B1");
      s.showLesson(s.tasks(3));
    });
    all.put("lesson-c3", s -> {
      s.lesson("C3");
      s.showLesson(s.tasks(2));
      s.probe("pod1 -> 203.0.113.9:80", rewrites(Event.Rewriting.SOURCE_NAT));
    });
    all.put("lesson-d3", s -> {
      s.lesson("D3");
      s.showLesson(s.tasks(2));
      s.probe("pod1 -> 10.244.2.2", rewrites(Event.Rewriting.ENCAPSULATION));
    });
    all.put("lesson-d6", s -> {
      s.lesson("D6");
      s.showLesson(s.tasks(1));
      s.probe("client -> 10.0.0.2", Studio.asks(Lookup.FlowLookup.class, _ -> true));
    });
  }

  /** Pages to look things up in. */
  private void pages() {
    all.put("glossary", s -> s.act("glossary"));
    all.put("counterparts", s -> s.act("counterparts"));
    all.put("article", s -> s.act("article"));
    all.put("review", s -> {
      s.lesson("A3");
      s.predictWrong();
      s.lesson("D3");
      s.showLesson(s.tasks(3));
      s.lesson("C1");
      s.showLesson(s.tasks(3));
      s.act("review");
      s.await(".reference-page .section-title", 3);
    });
    all.put("term", s -> {
      s.lesson("A10");
      s.explain("bridge");
    });
  }

  /** For eyes that want it larger or clearer. */
  private void eyes() {
    all.put("large-text", s -> {
      s.lesson("C3");
      s.frame().actions().get("text.usual").fire();
      for (int i = 0; i < 5; i++) {
        s.act("text.larger");
      }
      s.probe("pod1 -> 203.0.113.9:80", Studio.asks(Lookup.RouteLookup.class, _ -> true));
    });
    all.put("contrast", s -> {
      s.lesson("C3");
      s.act("contrast");
      s.probe("pod1 -> 203.0.113.9:80", Studio.asks(Lookup.RouteLookup.class, l -> l.netns().isRoot()));
    });
  }

  private void labs() {
    for (Template template : Template.values()) {
      all.put("template-" + template.name().toLowerCase(java.util.Locale.ROOT), s -> s.template(template));
    }
    all.put("devices", s -> {
      s.lesson("A2");
      s.type("""
          ip link add wg0 type wireguard
          ip link add vx0 type vxlan id 7 dstport 4789
          ip link add bond0 type bond
          ip link add d0 type dummy
          ip link add link d0 name d0.10 type vlan id 10
          ip tuntap add dev tun0 mode tun
          """);
    });
    all.put("large", s -> {
      s.commands("""
          for b in 1 2 3 4 5; do
            ip link add br$b type bridge
            ip link set br$b up
            for n in 1 2 3 4 5 6 7 8; do
              ip netns add n$b$n
              ip link add eth0 netns n$b$n type veth peer name v$b$n
              ip link set v$b$n master br$b
              ip link set v$b$n up
              ip -n n$b$n addr add 10.$b.0.$n/24 dev eth0
              ip -n n$b$n link set eth0 up
            done
          done
          """);
    });
    all.put("tidy", s -> {
      s.commands("""
          for b in 1 2 3; do
            ip link add br$b type bridge
            ip link set br$b up
          done
          for n in 1 2 3 4; do
            for b in 1 2 3; do
              ip netns add n$b$n
              ip link add eth0 netns n$b$n type veth peer name v$b$n
              ip link set v$b$n master br$b
              ip link set v$b$n up
              ip -n n$b$n addr add 10.$b.0.$n/24 dev eth0
              ip -n n$b$n link set eth0 up
            done
          done
          """);
      s.act("canvas.tidy");
    });
    all.put("tunnel-form", s -> {
      s.template(Template.MACHINES);
      s.act("canvas.fit");
      s.type("ip link add gre1 type gre local 192.168.50.1 remote 192.168.50.2 key 7; ip link set gre1 up; "
          + "ovs-vsctl add-br ovs0");
      s.select("", "gre1");
      s.shelf(true);
    });
    all.put("list", s -> {
      s.template(Template.CONTAINERS);
      s.act("canvas.list");
    });
  }

  private void tables() {
    all.put("form", s -> {
      s.template(Template.BRIDGE);
      s.select("pc1", "eth0");
    });
    all.put("rules", s -> {
      s.commands(NAT);
      s.probe("pod2 -> 192.0.2.99:80",
          Studio.asks(Lookup.RuleWalk.class, l -> l.table().name().word().equals("filter")));
    });
    all.put("conntrack", s -> {
      s.commands(NAT);
      s.type("probe pod2 -> 192.0.2.99:80; probe pod3 -> 192.0.2.99; probe @outside -> 192.0.2.10:8080");
      s.workbench().closeTrace();
      s.host();
      s.tab("inspector.conntrack");
    });
    all.put("wireguard", s -> {
      s.commands(WIREGUARD);
      s.type("ping -c 1 10.9.0.2");
      s.workbench().closeTrace();
      s.host();
      s.tab("inspector.wg");
    });
    all.put("sysctl", s -> {
      s.commands(NAT);
      s.host();
      s.tab("inspector.sysctl");
    });
    all.put("problems", s -> {
      s.lesson("A2");
      s.tab("dock.problems");
    });
  }

  private void cards() {
    all.put("welcome", s -> {
      s.template(Template.BRIDGE);
      s.act("welcome");
    });
    all.put("keys", s -> s.act("keys"));
    all.put("search", s -> {
      s.act("search");
      s.write("zoom");
    });
    all.put("picture", s -> {
      s.template(Template.CONTAINERS);
      s.act("picture");
    });
    all.put("about", s -> s.act("about"));
    all.put("menu", s -> {
      s.template(Template.BRIDGE);
      s.select("pc1", "eth0");
      s.canvas().requestFocus();
      KeyEvent.fireEvent(s.canvas(),
          new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
    });
  }

  /** What is asked of a learner, and what a learner asks. */
  private void questions() {
    all.put("predict", s -> {
      moreRoutes(s);
      s.act("predict");
      s.probe("pod1 -> 10.244.2.2", Studio.asks(Lookup.RouteLookup.class, l -> l.netns().isRoot()));
    });
    all.put("predict-wrong", s -> {
      moreRoutes(s);
      s.act("predict");
      s.probe("pod1 -> 10.244.2.2", Studio.asks(Lookup.RouteLookup.class, l -> l.netns().isRoot()));
      s.workbench().predictions().pick(0);
    });
    all.put("why", s -> {
      s.commands(NAT);
      s.type("iptables -A FORWARD -p tcp --dport 81 -j ACCEPT; ip -n pod2 route del default");
      s.probe("pod2 -> 192.0.2.99:80", died());
      WhyCard.open(s.canvas(), s.workbench(), s.workbench().traceProperty().get().orElseThrow(), _ -> {
      });
      s.await("#why-card .small-button", 1);
    });
    all.put("compare", s -> {
      s.commands(NAT);
      s.type("ip -n pod2 route del default");
      s.probe("pod2 -> 192.0.2.99:80", died());
      s.type("ip -n pod2 route add default via 10.88.0.1");
      s.probe("pod2 -> 192.0.2.99:80", _ -> false);
      s.menu("#compare", 0);
    });
    all.put("events", s -> {
      s.dock(320);
      s.commands(NAT);
      s.probe("pod2 -> 192.0.2.99:80", _ -> false);
      s.tab("dock.events");
      s.fields("TCP");
    });
    all.put("probes", s -> {
      s.dock(320);
      s.commands(NAT);
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

  private static void moreRoutes(Studio s) {
    s.lesson("D2");
    s.type("ip route add 10.244.2.0/24 via 192.168.50.2; ip route add 10.244.0.0/16 dev eth0; "
        + "ip route add default via 192.168.50.2");
  }

  /** Ten moments of a packet's life. */
  private void moments() {
    all.put("moment-arp-miss", s -> {
      s.template(Template.BRIDGE);
      s.probe("pc1 -> 192.168.1.2", Studio.asks(Lookup.NeighbourLookup.class, l -> l.found().isEmpty()));
    });
    all.put("moment-fdb-flood", s -> {
      s.template(Template.BRIDGE);
      s.probe("pc1 -> 192.168.1.2", step -> step.event() instanceof Event.Forked);
    });
    all.put("moment-longest-prefix", s -> {
      moreRoutes(s);
      s.probe("pod1 -> 10.244.2.2", Studio.asks(Lookup.RouteLookup.class, l -> l.netns().isRoot()));
    });
    all.put("moment-dnat", s -> {
      s.commands(NAT);
      s.probe("@outside -> 192.0.2.10:8080", rewrites(Event.Rewriting.DESTINATION_NAT));
    });
    all.put("moment-conntrack-reply", s -> {
      s.commands(NAT);
      s.probe("pod2 -> 192.0.2.99:80", Studio.asks(Lookup.ConntrackLookup.class,
          l -> l.direction() == org.hopscope.model.netfilter.Direction.REPLY));
    });
    all.put("moment-vxlan", s -> {
      s.commands(OVERLAY);
      s.probe("pod1 -> 10.244.2.2", rewrites(Event.Rewriting.ENCAPSULATION));
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
      s.probe("lan -> 10.2.0.2:8080", died());
    });
  }

  /** Kubernetes: an overview, its objects in the inspector, a packet on its way through a Service. */
  private void clusters() {
    all.put("cluster", s -> {
      s.commands(CLUSTER);
      s.act("canvas.fit");
    });
    all.put("cluster-service", s -> {
      s.commands(CLUSTER);
      s.act("canvas.fit");
      s.object(Kind.SERVICE, "web");
    });
    all.put("locked", s -> {
      s.template(Template.BRIDGE);
      s.select("pc1", "eth0");
      s.act("canvas.lock");
      s.host();
      s.act("canvas.lock");
      s.act("canvas.fit");
    });
    all.put("cluster-order", s -> {
      s.commands(CLUSTER);
      s.act("canvas.fit");
      s.order(Palette.POLICY);
    });
    all.put("cluster-pod", s -> {
      s.commands(CLUSTER);
      s.pod("client");
      s.act("canvas.fit.selection");
    });
    all.put("cluster-packet", s -> {
      s.commands(CLUSTER);
      s.act("canvas.fit");
      s.probe("pod:default/client -> 10.96.1.0:80/tcp",
          Studio.asks(Lookup.RuleWalk.class, l -> l.table().name().word().equals("nat")));
    });
  }

  private void matrix() {
    all.put("moment-matrix", s -> {
      s.dock(320);
      s.commands(NAT);
      s.tab("dock.reach");
      s.await(".reach-mark", 8, () -> s.type("iptables -D FORWARD 1; iptables -I FORWARD -p icmp -j DROP"),
          ".reach-mark:changed");
    });
  }

  private static java.util.function.Predicate<Step> rewrites(Event.Rewriting why) {
    return step -> step.event() instanceof Event.Rewritten(var _, Event.Rewriting how) && how == why;
  }

  private static java.util.function.Predicate<Step> died() {
    return step -> step.event() instanceof Event.Ended(Fate.Died(DropReason _));
  }
}
