package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.lab.Edit;

/** What the tools of net-tools 2.10 have in common: they ask the same kernel as {@code ip}, by other calls. */
final class OlderTools {
  private OlderTools() {
  }

  /** The edit that a command of {@code ip} makes. */
  static Edit edit(Prompt prompt, String... words) throws Stop {
    return switch (IpProgram.read(prompt, new Args(List.of(words)))) {
      case Command.Change change -> change.edit();
      case Command.Said _,Command.Send _,Command.Ask _,Command.First _,Command.Enter _,Command.Interpret _ ->
          throw Stop.unsupported(String.join(" ", words));
    };
  }

  /** An IPv4 address; names are not resolved. */
  static Optional<Ipv4Address> address(String text) {
    return Ipv4Address.parse(text);
  }

  static boolean isIpv4(IpAddress address) {
    return address.width() == 32;
  }

  /** How long the network of an address is when nobody says: by the address's old class. */
  static int classLength(Ipv4Address address) {
    int first = address.bits() >>> 24;
    return first < 128 ? 8 : first < 192 ? 16 : 24;
  }

  /** How many bits of a netmask are set; empty when they do not stand in front. */
  static Optional<Integer> maskLength(String text) {
    return Ipv4Address.parse(text)
        .filter(mask -> Ipv4Address.mask(Integer.bitCount(mask.bits())).equals(mask))
        .map(mask -> Integer.bitCount(mask.bits()));
  }
}
