package org.hopscope.app.desktop.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.canvas.tools.Locks;
import org.hopscope.app.desktop.kit.CheckedField;
import org.hopscope.app.desktop.kit.Icon;
import org.hopscope.app.desktop.kit.Icon.Glyph;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;

/** What can be changed on a device, each change an edit like any other; what is refused says so in the kernel's words. */
final class DeviceForm extends VBox {
  private static final int MTU_MOST = 65535;
  private static final int MTU_LEAST = 68;
  /** How wide the names of fields are. */
  static final double LABELS = 68;

  private final Workbench workbench;
  private final CheckBox up = new CheckBox(Messages.text("device.up"));
  private final VBox addresses = new VBox(2);
  private final CheckedField address;
  private final CheckedField mtu;
  private final CheckedField mac;
  private final MenuButton master = new MenuButton();
  private final TunnelForm tunnel = new TunnelForm(this::apply);
  private final Label refusal = Kit.paragraph("", "refusal");
  private Optional<Device> shown = Optional.empty();

  DeviceForm(Workbench workbench) {
    this.workbench = workbench;
    getStyleClass().add("device-form");
    address = new CheckedField(Messages.text("device.addresses"), Messages.text("device.address.hint"),
        text -> InterfaceAddress.parse(text).isPresent() ? "" : Messages.text("device.address.bad"), this::addAddress);
    mtu = new CheckedField(Messages.text("device.mtu"), "", text -> isMtu(text) ? "" : Messages.text("device.mtu.bad"),
        this::setMtu);
    mac = new CheckedField(Messages.text("device.mac"), "",
        text -> MacAddress.parse(text).filter(MacAddress::isAssignable).isPresent()
            ? ""
            : Messages.text("device.mac.bad"),
        this::setMac);
    up.setId("device-up");
    address.setId("device-address");
    mtu.setId("device-mtu");
    mac.setId("device-mac");
    up.setOnAction(_ -> change(LinkChange.up(up.isSelected())));
    master.getStyleClass().add("field-menu");
    GridPane grid = new GridPane();
    grid.getStyleClass().add("form-grid");
    ColumnConstraints grow = new ColumnConstraints();
    grow.setHgrow(Priority.ALWAYS);
    grid.getColumnConstraints().addAll(new ColumnConstraints(LABELS), grow);
    grid.addRow(0, Kit.label(Messages.text("device.state"), "form-label"), up);
    grid.addRow(1, Kit.label(Messages.text("device.addresses"), "form-label"), new VBox(4, addresses, address));
    grid.addRow(2, Kit.label(Messages.text("device.mtu"), "form-label"), mtu);
    grid.addRow(3, Kit.label(Messages.text("device.mac"), "form-label"), mac);
    grid.addRow(4, Kit.label(Messages.text("device.master"), "form-label"), master);
    getChildren().addAll(grid, tunnel, refusal);
    Kit.show(this, false);
  }

  /** Shows a device as a lab has it, or nothing. */
  void show(LabState lab, Optional<Device> device) {
    boolean other = !device.map(Device::id).equals(shown.map(Device::id));
    shown = device;
    Kit.show(this, device.isPresent());
    device.ifPresent(d -> fill(lab, d));
    tunnel.show(device);
    if (other) {
      address.reset("");
    }
    Kit.show(refusal, false);
  }

  private void fill(LabState lab, Device device) {
    up.setSelected(device.isUp());
    addresses.getChildren().setAll(device.addresses().stream().map(this::addressRow).toList());
    mtu.reset(Integer.toString(Links.mtuOf(lab, device)));
    mac.reset(Links.macOf(lab, device).toString());
    master.setText(device.port().map(p -> lab.device(p.bridge()).name()).orElse(Messages.text("device.master.none")));
    master.setDisable(device.isBridge() || device.isLoopback());
    List<MenuItem> items = new ArrayList<>();
    items.add(masterItem(Messages.text("device.master.none"), ""));
    lab.devicesOf(device.netns()).stream().filter(Device::isBridge)
        .forEach(bridge -> items.add(masterItem(bridge.name(), bridge.name())));
    master.getItems().setAll(items);
  }

  private MenuItem masterItem(String label, String bridge) {
    MenuItem item = new MenuItem(label);
    item.setOnAction(_ -> change(LinkChange.master(bridge)));
    return item;
  }

  private HBox addressRow(AssignedAddress held) {
    Button delete = Kit.iconButton(new Icon(Glyph.CROSS, 11),
        Messages.text("device.address.delete", held.local().toString()),
        () -> shown.ifPresent(d -> apply(new Edit.DeleteAddress(d.ref(), held.local(), true, held.peer()))));
    delete.getStyleClass().add("tiny");
    HBox row = new HBox(4, Kit.label(held.local().toString(), "mono", "l3-text"), Kit.spring(), delete);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private void addAddress(String text) {
    InterfaceAddress.parse(text).ifPresent(parsed -> shown.ifPresent(d -> {
      if (apply(new Edit.AddAddress(d.ref(), NewAddress.of(parsed), false))) {
        address.reset("");
      }
    }));
  }

  private void setMtu(String text) {
    change(new LinkChange(Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.of(Integer.parseInt(text)), Optional.empty(), Optional.empty()));
  }

  private void setMac(String text) {
    change(new LinkChange(Optional.empty(), Optional.empty(), MacAddress.parse(text), Optional.empty(),
        Optional.empty(), Optional.empty()));
  }

  private void change(LinkChange change) {
    shown.ifPresent(d -> apply(new Edit.SetLink(d.ref(), change)));
  }

  private boolean apply(Edit edit) {
    if (Locks.of(workbench.labProperty().get(), workbench.guardsProperty().get(), edit).isPresent()) {
      shown.ifPresent(d -> fill(workbench.labProperty().get(), workbench.labProperty().get().device(d.id())));
      refusal.setText(Messages.text("device.locked"));
      Kit.show(refusal, true);
      return false;
    }
    return switch (workbench.apply(edit, Hand.GESTURE)) {
      case Outcome.Applied _ -> true;
      case Outcome.Refused(var why) -> {
        shown.ifPresent(d -> fill(workbench.labProperty().get(), workbench.labProperty().get().device(d.id())));
        refusal.setText(why.text());
        Kit.show(refusal, true);
        yield false;
      }
    };
  }

  private static boolean isMtu(String text) {
    return text.matches("[0-9]{2,5}") && Integer.parseInt(text) >= MTU_LEAST && Integer.parseInt(text) <= MTU_MOST;
  }
}
