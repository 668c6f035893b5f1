package org.hopscope.app.desktop.canvas;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.hopscope.app.desktop.action.Action;
import org.hopscope.app.desktop.canvas.scene.Switches;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.canvas.tools.Acts;
import org.hopscope.app.desktop.canvas.tools.KubeCommands;
import org.hopscope.app.desktop.canvas.tools.Order;
import org.hopscope.app.desktop.canvas.tools.Plugging;
import org.hopscope.app.desktop.canvas.tools.Spoken;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.kube.Cluster;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.Workload;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;

/** The menu of what is selected: everything that a hand can do there, for a keyboard too. */
final class CanvasMenu {
  private static final int MOST_TARGETS = 20;

  private final CanvasDesk desk;
  private final CanvasTexts texts;
  private final List<Action> actions;
  /** Made when it is asked for. */
  private Optional<ContextMenu> made = Optional.empty();

  CanvasMenu(CanvasDesk desk, List<Action> actions) {
    this.desk = desk;
    this.actions = actions;
    texts = desk.texts();
  }

  private static ContextMenu menu() {
    ContextMenu menu = new ContextMenu();
    menu.getStyleClass().add("canvas-menu");
    return menu;
  }

  private List<MenuItem> items() {
    return made.orElseThrow().getItems();
  }

  void show(Node owner, double screenX, double screenY) {
    Set<Selection> things = desk.selection();
    ContextMenu menu = made.orElseGet(CanvasMenu::menu);
    made = Optional.of(menu);
    menu.getItems().clear();
    LabState lab = desk.picture().lab();
    if (things.isEmpty()) {
      add("menu.host", Acts.newHost(lab));
      offer(items(), "canvas.paste", "canvas.all", "canvas.tidy", "canvas.fit");
    } else {
      fill(lab, things);
    }
    menu.show(owner, screenX, screenY);
  }

  private void fill(LabState lab, Set<Selection> things) {
    Optional<Selection> only = things.size() == 1 ? things.stream().findFirst() : Optional.empty();
    Acts.switched(lab, things, true).ifPresent(edit -> add("menu.up", edit));
    Acts.switched(lab, things, false).ifPresent(edit -> add("menu.down", edit));
    only.flatMap(t -> Things.device(lab, t)).ifPresent(device -> ofDevice(lab, device));
    only.filter(t -> !(t instanceof Selection.OfDevice)).flatMap(t -> Things.netns(lab, t))
        .ifPresent(netns -> ofNetns(lab, netns));
    only.ifPresent(t -> ofCluster(lab, t));
    only.flatMap(t -> Things.netns(lab, t)).ifPresent(netns -> {
      pings(lab, netns);
      item(items(), texts.get("menu.prompt"), () -> desk.workbench().promptAt(netns));
    });
    if (!items().isEmpty()) {
      items().add(new SeparatorMenuItem());
    }
    if (only.isEmpty()) {
      order();
    } else if (Acts.canBeRenamed(only.get())) {
      offer(items(), "canvas.rename");
    }
    offer(items(), "canvas.copy", "canvas.cut", "canvas.paste", "canvas.duplicate", "canvas.group", "canvas.lock");
    items().add(new SeparatorMenuItem());
    offer(items(), "canvas.delete");
  }

  /** Ways to put several things in order. */
  private void order() {
    Menu order = new Menu(texts.get("menu.order"));
    actions.stream().filter(a -> a.id().startsWith("canvas.align."))
        .forEach(a -> offer(order.getItems(), a.id()));
    items().add(order);
  }

  /** Items for actions of the table, with their keys. */
  private void offer(List<MenuItem> to, String... ids) {
    for (String id : ids) {
      actions.stream().filter(a -> a.id().equals(id)).forEach(action -> {
        item(to, action.label(), action::fire);
        MenuItem item = to.getLast();
        item.setDisable(!action.enabled().get());
        action.shortcut().ifPresent(item::setAccelerator);
      });
    }
  }

  private void ofDevice(LabState lab, Device device) {
    item(items(), texts.get("menu.address"), () -> desk.askAddress(Things.of(device)));
    for (AssignedAddress address : device.addresses()) {
      item(items(), texts.get("menu.address.remove", address.local()),
          () -> desk.commit(Acts.withoutAddress(device, address.local())));
    }
    Plugging.out(lab, device).ifPresent(edit -> add("menu.release", edit));
    Menu bridges = new Menu(texts.get("menu.plug"));
    Switches.in(lab, device.netns()).forEach(b -> possible(bridges, b.name(), Plugging.in(device.ref(), b)));
    Menu places = new Menu(texts.get("menu.move"));
    lab.netnsOf(device.netns().host()).stream().filter(n -> !n.id().equals(device.netns())).limit(MOST_TARGETS)
        .forEach(n -> possible(places, place(n.id()), Acts.moved(device, n.id())));
    List.of(bridges, places).stream().filter(m -> !m.getItems().isEmpty()).forEach(items()::add);
  }

  private void ofNetns(LabState lab, NetnsId netns) {
    if (netns.isRoot()) {
      add("menu.netns", Acts.newNetns(lab, netns.host()));
    }
    add("menu.bridge", Acts.newBridge(lab, netns));
  }

  private void order(Menu fresh, Order order) {
    item(fresh.getItems(), texts.get("palette." + order.what().name()) + "…", () -> desk.order(order));
  }

  /** What can be asked of Kubernetes and Docker about a thing: new objects of a cluster, more or fewer pods of a workload. */
  private void ofCluster(LabState lab, Selection thing) {
    Optional<String> name = switch (thing) {
      case Selection.OfCluster(String cluster) -> Optional.of(cluster);
      case Selection.OfObject(String cluster, var _) -> Optional.of(cluster);
      case Selection.OfHost(String host) -> lab.clusterOf(host).map(Cluster::name);
      case Selection.OfNetns _,Selection.OfDevice _,Selection.OfRemark _ -> Optional.empty();
    };
    if (name.isPresent()) {
      Menu fresh = new Menu(texts.get("menu.fresh"));
      Stream.of(Order.What.values()).filter(w -> w.ground() == Order.Ground.CLUSTER)
          .forEach(tool -> Order.of(lab, tool, name).ifPresent(order -> order(fresh, order)));
      items().add(fresh);
    } else if (thing instanceof Selection.OfHost(String host)) {
      Menu fresh = new Menu(texts.get("menu.fresh.docker"));
      Stream.of(Order.What.values()).filter(w -> w.ground() == Order.Ground.HOST)
          .forEach(tool -> Order.of(lab, tool, Optional.of(host)).ifPresent(order -> order(fresh, order)));
      items().add(fresh);
    }
    if (thing instanceof Selection.OfHost(String host)) {
      lab.clusterOf(host).flatMap(c -> c.node(host)).ifPresent(node -> turned(lab, node));
    }
    if (thing instanceof Selection.OfObject(String cluster, var key)
        && lab.clusters().get(cluster).find(key).orElseThrow() instanceof Workload workload) {
      for (int step : new int[] {1, -1}) {
        int replicas = workload.replicas() + step;
        if (workload.kind() != Kind.DAEMON_SET && replicas >= 0 && Spoken.of(lab, KubeCommands.of(cluster,
            key.namespace(),
            "scale " + key.title() + " --replicas=" + replicas)) instanceof Spoken.Understood(Edit edit)) {
          item(items(), texts.get("menu.scale", replicas), () -> desk.commit(edit));
        }
      }
    }
  }

  /** A machine fails, or comes back: whichever would not be refused. */
  private void turned(LabState lab, KubeNode node) {
    for (String turn : List.of("node-down", "node-up")) {
      if (Spoken.of(lab, "hop cluster " + turn + " " + node.meta().name()) instanceof Spoken.Understood(Edit edit)) {
        add("menu." + turn, edit);
      }
    }
  }

  /** An item for an edit that would not be refused. */
  private void possible(Menu in, String text, Edit edit) {
    if (desk.refusal(edit).isEmpty()) {
      item(in.getItems(), text, () -> desk.commit(edit));
    }
  }

  /** Pings from a namespace to every address that is not its own. */
  private void pings(LabState lab, NetnsId from) {
    Menu targets = new Menu(texts.get("menu.ping", place(from)));
    lab.devices().values().stream().filter(d -> !d.netns().equals(from) && !d.isLoopback())
        .flatMap(d -> d.addresses().stream().map(a -> new Target(d, a.address()))).limit(MOST_TARGETS)
        .forEach(t -> item(targets.getItems(),
            texts.get("menu.ping.to", t.address(), t.device().name(), place(t.device().netns())),
            () -> desk.workbench().send(Probe.ping(from, t.address()))));
    if (!targets.getItems().isEmpty()) {
      items().add(targets);
    }
  }

  /** An address that can be asked, and whose it is. */
  private record Target(Device device, IpAddress address) {
  }

  private static String place(NetnsId netns) {
    return netns.isRoot() ? netns.host() : netns.name();
  }

  private void add(String key, Edit edit) {
    item(items(), texts.get(key), () -> desk.commit(edit));
  }

  private static void item(List<MenuItem> items, String text, Runnable action) {
    MenuItem item = new MenuItem(text);
    item.setMnemonicParsing(false);
    item.setOnAction(_ -> action.run());
    items.add(item);
  }
}
