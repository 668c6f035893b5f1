package org.hopscope.app.desktop.inspector;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import org.hopscope.app.desktop.kit.CheckedField;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.OuterWish;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.Outer;

/** The ends of a tunnel, and the key of a GRE one; each change is an edit of that one thing. What cannot be changed is only shown. */
final class TunnelForm extends GridPane {
  private static final String NUMBER = "[0-9]{1,10}";

  private final Consumer<Edit> apply;

  TunnelForm(Consumer<Edit> apply) {
    this.apply = apply;
    getStyleClass().add("form-grid");
    setId("tunnel-form");
    ColumnConstraints grow = new ColumnConstraints();
    grow.setHgrow(Priority.ALWAYS);
    getColumnConstraints().addAll(new ColumnConstraints(DeviceForm.LABELS), grow);
    Kit.show(this, false);
  }

  /** Shows a tunnel; nothing of another device. */
  void show(Optional<Device> device) {
    Optional<DeviceKind.Tunnel> tunnel =
        device.flatMap(d -> d.kind() instanceof DeviceKind.Tunnel t ? Optional.of(t) : Optional.empty());
    getChildren().clear();
    Kit.show(this, tunnel.isPresent());
    tunnel.ifPresent(t -> fill(device.orElseThrow(), t));
  }

  private void fill(Device device, DeviceKind.Tunnel tunnel) {
    Outer outer = tunnel.outer();
    switch (tunnel) {
      case DeviceKind.Vxlan vxlan -> told("id", Integer.toString(vxlan.settings().id()));
      case DeviceKind.Geneve geneve -> told("id", Integer.toString(geneve.settings().id()));
      case DeviceKind.IpTunnel _ -> {
      }
    }
    field("local", text(outer.local()), TunnelForm::isAddress,
        value -> change(device, tunnel, Optional.of(value), Optional.empty(), Optional.empty()));
    field("remote", text(outer.remote()), TunnelForm::isAddress,
        value -> change(device, tunnel, Optional.empty(), Optional.of(value), Optional.empty()));
    if (tunnel instanceof DeviceKind.IpTunnel ip && (ip.driver() == Driver.GRE || ip.driver() == Driver.GRETAP)) {
      field("key", ip.settings().outKey().map(Integer::toUnsignedString).orElse(""), TunnelForm::isKey,
          value -> change(device, tunnel, Optional.empty(), Optional.empty(), Optional.of(value)));
    }
  }

  private void told(String what, String value) {
    addRow(getRowCount(), Kit.label(Messages.text("tunnel." + what), "form-label"), Kit.label(value, "mono"));
  }

  private void field(String what, String value, Predicate<String> right, Consumer<String> take) {
    CheckedField field = new CheckedField(Messages.text("tunnel." + what), Messages.text("tunnel.none"),
        text -> right.test(text) ? "" : Messages.text("tunnel." + what + ".bad"), take);
    field.setId("tunnel-" + what);
    field.reset(value);
    addRow(getRowCount(), Kit.label(Messages.text("tunnel." + what), "form-label"), field);
  }

  private void change(Device device, DeviceKind.Tunnel tunnel, Optional<String> local, Optional<String> remote,
      Optional<String> key) {
    OuterWish outer = new OuterWish(tunnel.home(), local.flatMap(IpAddress::parse), remote.flatMap(IpAddress::parse),
        Optional.empty(), Optional.empty(), Optional.empty());
    Optional<Integer> number = key.map(Integer::parseUnsignedInt);
    LinkInfo info = switch (tunnel) {
      case DeviceKind.Vxlan _ -> new LinkInfo.Vxlan(outer, Optional.empty(), Optional.empty(), Optional.empty(),
          LinkInfo.VxlanWish.NONE);
      case DeviceKind.Geneve _ -> new LinkInfo.Geneve(outer, Optional.empty(), Optional.empty(), Optional.empty(),
          Optional.empty());
      case DeviceKind.IpTunnel ip -> new LinkInfo.IpTunnel(ip.driver(), outer, new LinkInfo.IpTunnelWish(number, number,
          Optional.empty(), Optional.empty(), Optional.empty()));
    };
    apply.accept(new Edit.SetLinkInfo(device.ref(), info));
  }

  private static String text(Optional<IpAddress> end) {
    return end.map(IpAddress::toString).orElse("");
  }

  private static boolean isAddress(String text) {
    return IpAddress.parse(text).isPresent();
  }

  private static boolean isKey(String text) {
    return text.matches(NUMBER) && Long.parseLong(text) <= 0xffff_ffffL;
  }
}
