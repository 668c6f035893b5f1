package org.hopscope.app.desktop.frame;

import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.hopscope.app.desktop.welcome.Template;
import org.hopscope.model.trace.Lookup;

/** Labs on the canvas, their tables, and cards over them. */
final class LabScreens {
  private final Map<String, Consumer<Studio>> all;

  private LabScreens(Map<String, Consumer<Studio>> all) {
    this.all = all;
  }

  static void add(Map<String, Consumer<Studio>> all) {
    LabScreens screens = new LabScreens(all);
    screens.labs();
    screens.tables();
    screens.cards();
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
      s.commands(Scripts.NAT);
      s.probe("pod2 -> 192.0.2.99:80",
          Studio.asks(Lookup.RuleWalk.class, l -> l.table().name().word().equals("filter")));
    });
    all.put("conntrack", s -> {
      s.commands(Scripts.NAT);
      s.type("probe pod2 -> 192.0.2.99:80; probe pod3 -> 192.0.2.99; probe @outside -> 192.0.2.10:8080");
      s.workbench().closeTrace();
      s.host();
      s.tab("inspector.conntrack");
    });
    all.put("wireguard", s -> {
      s.commands(Scripts.WIREGUARD);
      s.type("ping -c 1 10.9.0.2");
      s.workbench().closeTrace();
      s.host();
      s.tab("inspector.wg");
    });
    all.put("sysctl", s -> {
      s.commands(Scripts.NAT);
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
}
