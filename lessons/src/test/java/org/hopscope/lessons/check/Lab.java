package org.hopscope.lessons.check;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;

/** Labs for tests, made edit by edit. */
final class Lab {
  private Lab() {
  }

  /** Two namespaces, left and right, joined by a pair l0 and r0 that is addressed and switched off. */
  static LabState pair() {
    LabState lab = after(Editor.fresh(3), new Edit.AddNetns(netns("left")), new Edit.AddNetns(netns("right")),
        new Edit.AddVeth(NewLink.named(device("left:l0")), NewLink.named(device("right:r0"))));
    return after(lab, address("left:l0", "10.9.0.1/24"), address("right:r0", "10.9.0.2/24"));
  }

  /** The same with both ends up. */
  static LabState joined() {
    return after(pair(), up("left:l0"), up("right:r0"));
  }

  static LabState after(LabState before, Edit... edits) {
    LabState lab = before;
    for (Edit edit : edits) {
      lab = switch (Editor.apply(lab, edit)) {
        case Editor.Result.Done(LabState done) -> done;
        case Editor.Result.Refused(var why) -> throw new AssertionError(edit + ": " + why.text());
      };
    }
    return lab;
  }

  static Edit up(String device) {
    return new Edit.SetLink(device(device), LinkChange.up(true));
  }

  static Edit down(String device) {
    return new Edit.SetLink(device(device), LinkChange.up(false));
  }

  static Edit address(String device, String address) {
    return new Edit.AddAddress(device(device), NewAddress.of(InterfaceAddress.of(address)), false);
  }

  static Edit serve(String netns, int port, Optional<String> on) {
    return new Edit.Serve(netns(netns),
        new Server(new PortNumber(port), Transport.TCP, on.map(IpAddress::of), netns));
  }

  static NetnsId netns(String name) {
    return new NetnsId(LabState.FIRST_HOST, name);
  }

  static DeviceRef device(String text) {
    List<String> parts = List.of(text.split(":"));
    return new DeviceRef(parts.getFirst().isEmpty() ? NetnsId.root(LabState.FIRST_HOST) : netns(parts.getFirst()),
        parts.getLast());
  }
}
