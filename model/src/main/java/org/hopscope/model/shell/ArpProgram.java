package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Neighbour;

/** {@code arp} (net-tools 2.10, arp(8)): {@code -n}, {@code -a}, {@code -i DEV}, {@code -s}, {@code -d}. */
final class ArpProgram {
  private final Prompt prompt;
  private boolean bsd;
  private Optional<String> device = Optional.empty();
  private String verb = "";
  private final List<String> words = new ArrayList<>();

  private ArpProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    ArpProgram arp = new ArpProgram(prompt);
    while (!args.isEmpty()) {
      arp.word(args.next(), args);
    }
    return arp.run();
  }

  private void word(String word, Args args) throws Stop {
    if (!word.startsWith("-") || word.length() < 2) {
      words.add(word);
      return;
    }
    for (char letter : word.substring(1).toCharArray()) {
      switch (letter) {
        case 'n', 'e' -> {
        }
        case 'a' -> bsd = true;
        case 's', 'd' -> verb = String.valueOf(letter);
        case 'i' -> {
          if (args.isEmpty()) {
            throw Stop.exit(255, "arp: option requires an argument -- 'i'");
          }
          device = Optional.of(args.next());
        }
        default -> throw Stop.unsupported("arp -" + letter);
      }
    }
  }

  private Command run() throws Stop {
    if (!verb.isEmpty() && words.isEmpty()) {
      throw Stop.exit(255, "arp: need host name");
    }
    Optional<Ipv4Address> address = Optional.empty();
    if (!words.isEmpty()) {
      address = Optional.of(OlderTools.address(words.getFirst())
          .orElseThrow(() -> Stop.exit(255, words.getFirst() + ": Host name lookup failure")));
    }
    return switch (verb) {
      case "s" -> set(address.orElseThrow());
      case "d" -> delete(address.orElseThrow());
      default -> show(address);
    };
  }

  /** The device whose directly connected network the address lies in (kernel arp_req_set: ip_route_output). */
  private String near(Ipv4Address address) throws Stop {
    if (device.isPresent()) {
      return device.get();
    }
    return prompt.lab().devicesOf(prompt.at()).stream().filter(Device::isUp)
        .filter(d -> d.addresses().stream().anyMatch(a -> OlderTools.isIpv4(a.address())
            && a.connected().contains(address)))
        .map(Device::name).findFirst().orElseThrow(() -> Stop.exit(255, "SIOCSARP: Network is unreachable"));
  }

  private Command set(Ipv4Address address) throws Stop {
    if (words.size() < 2) {
      throw Stop.exit(255, "arp: need hardware address");
    }
    if (words.size() > 2) {
      throw Stop.unsupported("arp " + words.get(2));
    }
    MacAddress mac = MacAddress.parse(words.get(1).toLowerCase(Locale.ROOT))
        .orElseThrow(() -> Stop.exit(255, "arp: invalid hardware address"));
    Edit edit = OlderTools.edit(prompt, "neigh", "replace", address.toString(), "lladdr", mac.toString(), "dev",
        near(address), "nud", "permanent");
    return new Command.Change(edit, 255, Command.Said.NOTHING, Optional.of("SIOCSARP"));
  }

  private Command delete(Ipv4Address address) throws Stop {
    List<Neighbour> found = rows(Optional.of(address));
    if (found.isEmpty()) {
      throw Stop.exit(255, "No ARP entry for " + address);
    }
    String name = prompt.lab().device(found.getFirst().key().device()).name();
    Edit edit = OlderTools.edit(prompt, "neigh", "del", address.toString(), "dev", name);
    return new Command.Change(edit, 255, Command.Said.NOTHING, Optional.of("SIOCDARP(priv)"));
  }

  /** Kernel arp_seq_start: rows that are resolved or being resolved; {@code noarp} ones are left out. */
  private List<Neighbour> rows(Optional<Ipv4Address> address) {
    return NeighbourText.now(prompt.lab(), prompt.at()).stream()
        .filter(r -> OlderTools.isIpv4(r.key().address()) && r.state() != Neighbour.State.NOARP)
        .filter(r -> address.filter(a -> !a.equals(r.key().address())).isEmpty())
        .filter(r -> device.filter(d -> !d.equals(prompt.lab().device(r.key().device()).name())).isEmpty()).toList();
  }

  private Command show(Optional<Ipv4Address> address) {
    List<Neighbour> rows = rows(address);
    List<String> out = new ArrayList<>();
    if (rows.isEmpty() && address.isPresent()) {
      out.add(address.get() + " (" + address.get() + ") -- no entry");
    } else if (!rows.isEmpty() && !bsd) {
      out.add("Address                  HWtype  HWaddress           Flags Mask            Iface");
    }
    for (Neighbour row : rows) {
      out.add(line(row, prompt.lab().device(row.key().device()).name()));
    }
    return Command.Said.answered(out, new Answer.Nothing());
  }

  private String line(Neighbour row, String name) {
    String mac = row.mac().filter(_ -> row.state().isValid()).map(Object::toString).orElse("");
    boolean permanent = row.state() == Neighbour.State.PERMANENT;
    if (bsd) {
      return "? (" + row.key().address() + ") at " + (mac.isEmpty() ? "<incomplete>" : mac + " [ether]")
          + (permanent ? " PERM" : "") + " on " + name;
    }
    return String.format(Locale.ROOT, "%-23s  %-7s %-19s %-5s %-15s %s", row.key().address(),
        mac.isEmpty() ? "" : "ether",
        mac.isEmpty() ? "(incomplete)" : mac, mac.isEmpty() ? "" : permanent ? "CM" : "C", "", name);
  }
}
