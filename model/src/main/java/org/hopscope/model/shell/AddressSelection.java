package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Scope;
import org.pcollections.TreePVector;

/**
 * Which addresses {@code ip addr show} and {@code ip addr flush} mean (iproute2 6.1 ip/ipaddress.c get_filter,
 * print_addrinfo).
 */
final class AddressSelection {
  /** What can be said of addresses, also with a {@code -} in front. */
  private static final Set<String> FLAGS = Set.of("secondary", "temporary", "primary", "permanent", "dynamic", "nodad",
      "dadfailed", "deprecated", "tentative", "home", "mngtmpaddr", "noprefixroute", "autojoin");

  /** Prefixes that are of no family of their own. */
  private static final Set<String> EVERYTHING = Set.of("default", "any", "all");

  private final List<Predicate<Shown>> wanted = new ArrayList<>();
  private Optional<IpFamily> family;
  private boolean labelled;

  /** @param family the family that was asked for in front of the command */
  AddressSelection(Optional<IpFamily> family) {
    this.family = family;
  }

  /** An address as it would be printed. */
  private record Shown(IpAddress address, Scope scope, String label, Set<String> flags) {
    static Shown of(LabState lab, AssignedAddress a) {
      Set<String> flags = new TreeSet<>();
      if (a.traits().lifetime().valid().isEmpty()) {
        flags.add("permanent");
      }
      if (a.traits().lifetime().isDeprecatedAt(lab.now())) {
        flags.add("deprecated");
      }
      if (a.secondary()) {
        flags.add("secondary");
      }
      if (a.noprefixroute()) {
        flags.add("noprefixroute");
      }
      return new Shown(a.address(), a.scope(), a.label(), flags);
    }

    static Shown of(LabState lab, Device device, Inet6Address a) {
      Set<String> flags = new TreeSet<>(Inet6Text.flags(a, lab.now()));
      if (a.traits().lifetime().valid().isEmpty()) {
        flags.add("permanent");
      }
      return new Shown(a.address(), a.scope(), device.name(), flags);
    }
  }

  /** Takes a word that chooses among addresses, and what belongs to it; says whether it was one. */
  boolean take(String word, Args args) throws Stop {
    String bare = word.startsWith("-") ? word.substring(1) : word;
    if (FLAGS.contains(bare)) {
      flag(bare, !word.startsWith("-"));
      return true;
    }
    switch (word) {
      case "scope" -> {
        String text = args.next();
        if (!text.equals("all")) {
          Scope scope = RouteWords.scope(text).orElseThrow(() -> RouteWords.isScope(text)
              ? Stop.unsupported("scope " + text)
              : Stop.wrong(text, "invalid \"scope\""));
          wanted.add(a -> a.scope() == scope);
        }
      }
      case "to" -> {
        String text = args.next();
        if (family.isEmpty() && EVERYTHING.contains(text)) {
          // Of no family, it asks for nothing (iproute2 lib/utils.c get_prefix_1).
          break;
        }
        IpPrefix prefix = Addresses.prefix(text, family);
        family = family.or(() -> Optional.of(prefix.address().family()));
        wanted.add(a -> a.address().family() == prefix.address().family() && prefix.contains(a.address()));
      }
      case "label" -> {
        Predicate<String> pattern = pattern(args.next());
        labelled = true;
        wanted.add(a -> pattern.test(a.label()));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A pattern as for file names (fnmatch(3)), without sets of characters. */
  private static Predicate<String> pattern(String text) throws Stop {
    if (text.contains("[") || text.contains("\\")) {
      throw Stop.unsupported("label " + text);
    }
    return Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q")).asMatchPredicate();
  }

  private void flag(String word, boolean set) {
    switch (word) {
      case "dynamic" -> flag("permanent", !set);
      case "primary" -> flag("secondary", !set);
      case "temporary" -> flag("secondary", set);
      default -> wanted.add(a -> a.flags().contains(word) == set);
    }
  }

  /** Whether any word chose among the addresses of a family. */
  boolean isChoosing() {
    return !wanted.isEmpty();
  }

  /** Whether the lines about the devices themselves are left out, as iproute2 does where labels were asked for. */
  boolean isBare() {
    return labelled;
  }

  /** The family that is meant. */
  Optional<IpFamily> family() {
    return family;
  }

  /** A device as it is shown: with no more than the addresses that are meant. */
  Device of(LabState lab, Device device) {
    return wanted.isEmpty() ? device : chosen(lab, device);
  }

  private Device chosen(LabState lab, Device device) {
    return device
        .withAddresses(TreePVector.from(device.addresses().stream().filter(a -> isMeant(Shown.of(lab, a))).toList()))
        .withInet6(device.inet6().withAddresses(TreePVector.from(
            device.inet6().addresses().stream().filter(a -> isMeant(Shown.of(lab, device, a))).toList())));
  }

  private boolean isMeant(Shown address) {
    return family.map(address.address().family()::equals).orElse(true)
        && wanted.stream().allMatch(w -> w.test(address));
  }

  /** Whether a device has anything to show, or nothing at all that could be chosen from. */
  boolean shows(Device device, Device chosen) {
    boolean inet = !chosen.addresses().isEmpty() && family.map(f -> f == IpFamily.INET).orElse(true);
    boolean inet6 = !chosen.inet6().addresses().isEmpty() && family.map(f -> f == IpFamily.INET6).orElse(true);
    return inet || inet6
        || family.isEmpty() && device.addresses().isEmpty() && device.inet6().addresses().isEmpty();
  }

  /**
   * What takes the addresses that are meant away, one by one, in the order in which the kernel lists them: those that go
   * with their primary one are not asked for again. Words about devices choose nothing here (ipaddr_flush).
   */
  List<Edit> flushed(LabState lab, NetnsId netns, Optional<String> only) {
    Session tried = new Session(lab);
    List<Edit> edits = new ArrayList<>();
    for (Device device : lab.devicesOf(netns)) {
      if (only.isEmpty() || only.get().equals(device.name())) {
        flush(tried, device, edits);
      }
    }
    return edits;
  }

  private void flush(Session tried, Device device, List<Edit> edits) {
    Device meant = chosen(tried.state(), device);
    for (AssignedAddress address : meant.addresses()) {
      delete(tried, new Edit.DeleteAddress(device.ref(), address.local(), true, address.peer()), edits);
    }
    for (Inet6Address address : meant.inet6().addresses()) {
      delete(tried, new Edit.DeleteAddress(device.ref(), address.local(), true), edits);
    }
  }

  private static void delete(Session tried, Edit edit, List<Edit> edits) {
    if (tried.apply(edit) instanceof Outcome.Applied) {
      edits.add(edit);
    }
  }
}
