package org.hopscope.app.desktop.canvas;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.canvas.tools.Acts;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;

/** The menu of what is selected. */
final class CanvasMenu {
  private static final int MOST_TARGETS = 20;

  private final CanvasDesk desk;
  private final CanvasTexts texts;
  private final ContextMenu menu = new ContextMenu();

  CanvasMenu(CanvasDesk desk) {
    this.desk = desk;
    texts = desk.texts();
    menu.getStyleClass().add("canvas-menu");
  }

  void show(Node owner, double screenX, double screenY) {
    Set<Selection> things = desk.selection();
    menu.getItems().clear();
    if (things.isEmpty()) {
      return;
    }
    LabState lab = desk.picture().lab();
    Optional<Selection> only = things.size() == 1 ? things.stream().findFirst() : Optional.empty();
    Acts.switched(lab, things, true).ifPresent(edit -> add("menu.up", () -> desk.commit(edit)));
    Acts.switched(lab, things, false).ifPresent(edit -> add("menu.down", () -> desk.commit(edit)));
    only.flatMap(t -> Things.device(lab, t)).ifPresent(this::ofDevice);
    only.flatMap(t -> Things.netns(lab, t)).ifPresent(netns -> pings(lab, netns));
    only.ifPresent(t -> add("menu.rename", () -> desk.rename(t)));
    if (!menu.getItems().isEmpty()) {
      menu.getItems().add(new SeparatorMenuItem());
    }
    Acts.delete(desk.picture(), things).ifPresent(edit -> add("menu.delete", () -> desk.commit(edit)));
    menu.show(owner, screenX, screenY);
  }

  private void ofDevice(Device device) {
    add("menu.address", () -> desk.askAddress(Things.of(device)));
    for (AssignedAddress address : device.addresses()) {
      add(menu.getItems(), texts.get("menu.address.remove", address.local()),
          () -> desk.commit(Acts.withoutAddress(device, address.local())));
    }
    if (device.port().isPresent()) {
      add("menu.release", () -> desk.commit(Acts.released(device)));
    }
  }

  /** Pings from a namespace to every address that is not its own. */
  private void pings(LabState lab, NetnsId from) {
    Menu targets = new Menu(texts.get("menu.ping", from.isRoot() ? from.host() : from.name()));
    lab.devices().values().stream().filter(d -> !d.netns().equals(from) && !d.isLoopback())
        .flatMap(d -> d.addresses().stream().map(a -> new Target(d, a.address()))).limit(MOST_TARGETS)
        .forEach(
            t -> add(targets.getItems(), texts.get("menu.ping.to", t.address(), t.device().name(), place(t.device())),
                () -> desk.workbench().send(Probe.ping(from, t.address()))));
    if (!targets.getItems().isEmpty()) {
      menu.getItems().add(targets);
    }
  }

  /** An address that can be asked, and whose it is. */
  private record Target(Device device, IpAddress address) {
  }

  private static String place(Device device) {
    return device.netns().isRoot() ? device.netns().host() : device.netns().name();
  }

  private void add(String key, Runnable action) {
    add(menu.getItems(), texts.get(key), action);
  }

  private static void add(List<MenuItem> items, String text, Runnable action) {
    MenuItem item = new MenuItem(text);
    item.setMnemonicParsing(false);
    item.setOnAction(_ -> action.run());
    items.add(item);
  }
}
