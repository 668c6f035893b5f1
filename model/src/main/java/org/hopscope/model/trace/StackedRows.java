package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.MacvlanMode;

/** What a device had in hand when it was asked who on it takes a frame: the devices that stand on it, and itself. */
final class StackedRows {
  private final LabState lab;

  StackedRows(LabState lab) {
    this.lab = lab;
  }

  /** One row wins: the device that takes it, the one below, or, where several hear it, "for everybody". */
  List<Considered> consider(Lookup.StackedLookup lookup) {
    List<Considered> rows = new ArrayList<>();
    boolean everybody = lookup.key() instanceof Lookup.StackedLookup.HardwareAddress(MacAddress mac) && mac.isGroup();
    for (Device upper : lab.uppersOf(lookup.lower())) {
      boolean takes = lookup.out().contains(upper.id());
      row(lookup, upper, takes).ifPresent(r -> rows.add(new Considered(r.text(), takes && !everybody, r.reason(),
          Optional.of(new RowRef.DeviceRow(upper.id())))));
    }
    Device lower = lab.device(lookup.lower());
    if (everybody) {
      rows.add(new Considered(Sentences.say("none.group"), true,
          Sentences.say("stacked.everybody", new Naming(lab).devices(lookup.out())), Optional.empty()));
    } else if (lookup.out().contains(lower.id())) {
      rows.add(new Considered(lower.name(), true,
          Sentences.say(lookup.from().isPresent() ? "stacked.out" : "stacked.self", lower.name()),
          Optional.of(new RowRef.DeviceRow(lower.id()))));
    }
    return rows;
  }

  /** What a line says. */
  private record Row(String text, String reason) {
  }

  /** The line of a device, if it is one of those that such a key is for. */
  private Optional<Row> row(Lookup.StackedLookup lookup, Device upper, boolean won) {
    return switch (lookup.key()) {
      case Lookup.StackedLookup.InternetAddress(IpAddress address) ->
          upper.kind() instanceof DeviceKind.Ipvlan ? Optional.of(new Row(upper.name(), ipvlan(upper, address, won)))
              : Optional.empty();
      case Lookup.StackedLookup.VlanId(int id) -> upper.kind() instanceof DeviceKind.Vlan(var _, int own, int _)
          ? Optional.of(new Row(upper.name() + " id " + own, won ? Sentences.say("stacked.win.vlan", id)
              : own == id ? Sentences.say("stacked.lose.down") : Sentences.say("stacked.lose.vlan", own)))
          : Optional.empty();
      case Lookup.StackedLookup.HardwareAddress(MacAddress mac) ->
          upper.kind() instanceof DeviceKind.Ipvlan
              ? Optional.of(new Row(upper.name(), won ? Sentences.say("stacked.win.group")
                  : Sentences.say("stacked.lose.sender")))
              : upper.kind() instanceof DeviceKind.Macvlan(var _, MacvlanMode mode)
                  ? Optional.of(new Row(upper.name() + " " + Links.macOf(lab, upper) + " mode " + mode.word(),
                      macvlan(lookup, upper, mac, mode, won)))
              : Optional.empty();
    };
  }

  private static String ipvlan(Device upper, IpAddress address, boolean won) {
    return won ? Sentences.say("stacked.win.ip", address)
        : !upper.isUp() ? Sentences.say("stacked.lose.down") : Sentences.say("stacked.lose.ip", address);
  }

  /** One row wins: the slave that sends it, or where several do or none, what stands for that. */
  List<Considered> consider(Lookup.BondLookup lookup) {
    List<Considered> rows = new ArrayList<>();
    if (!(lab.device(lookup.bond()).kind() instanceof DeviceKind.Bond bond)) {
      return rows;
    }
    boolean one = lookup.out().size() == 1;
    for (DeviceId slave : bond.slaves()) {
      boolean sends = lookup.out().contains(slave);
      String key = sends ? "bond.win" : Links.hasLink(lab, bond, slave) ? "bond.lose" : "bond.lose.link";
      rows.add(new Considered(lab.device(slave).name(), sends && one, Sentences.say(key, lookup.mode().word()),
          Optional.of(new RowRef.DeviceRow(slave))));
    }
    if (!one) {
      rows.add(new Considered(Sentences.say(lookup.out().isEmpty() ? "none.slave" : "none.group"), true,
          Sentences.say(lookup.out().isEmpty() ? "bond.none" : "stacked.everybody",
              new Naming(lab).devices(lookup.out())),
          Optional.empty()));
    }
    return rows;
  }

  private String macvlan(Lookup.StackedLookup lookup, Device upper, MacAddress mac, MacvlanMode mode, boolean won) {
    boolean same = Links.macOf(lab, upper).equals(mac);
    if (won) {
      return mac.isGroup() ? Sentences.say("stacked.win.group")
          : mode == MacvlanMode.PASSTHRU ? Sentences.say("stacked.win.passthru") : Sentences.say("stacked.win");
    }
    if (lookup.from().filter(upper.id()::equals).isPresent()) {
      return Sentences.say("stacked.lose.sender");
    }
    if (!upper.isUp()) {
      return Sentences.say("stacked.lose.down");
    }
    return mac.isGroup() || same ? Sentences.say("stacked.lose.mode", mode.word())
        : Sentences.say("stacked.lose.other");
  }
}
