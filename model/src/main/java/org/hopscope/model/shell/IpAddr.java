package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.lab.AddressOptions;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.NewAddress;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Scope;

/** {@code ip addr} (iproute2 6.1 ip/ipaddress.c, ip-address(8)). */
final class IpAddr {
  private static final Keywords VERBS =
      Keywords.of("add* change*=replace chg*=replace replace* delete* show* lst*=show "
          + "list*=show flush* save* showdump* restore* help*");
  private static final Keywords WORDS = Keywords.of("peer remote=peer broadcast* brd=broadcast anycast scope dev label "
      + "metric* priority* preference* valid_lft* preferred_lft* secondary temporary nodad optimistic dadfailed home "
      + "deprecated tentative permanent mngtmpaddr noprefixroute autojoin stable-privacy local help*");

  private final Prompt prompt;
  private final Args args;
  private final Optional<IpFamily> family;
  private Optional<String> local = Optional.empty();
  private Optional<InterfaceAddress> peer = Optional.empty();
  private Optional<String> broadcast = Optional.empty();
  private Optional<String> device = Optional.empty();
  private Optional<Scope> scope = Optional.empty();
  private Optional<String> label = Optional.empty();
  private boolean noprefixroute;
  private boolean nodad;
  private int metric;
  private final List<String> warnings = new ArrayList<>();
  private Optional<Long> valid = Optional.empty();
  private Optional<Long> preferred = Optional.empty();

  private IpAddr(Prompt prompt, Optional<IpFamily> family, Args args) {
    this.prompt = prompt;
    this.family = family;
    this.args = args;
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    if (args.isEmpty()) {
      return IpLink.show(prompt, options, args, true);
    }
    String typed = args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"ip address help\"."));
    return switch (verb) {
      case "show" -> IpLink.show(prompt, options, args, true);
      case "add", "replace" -> new IpAddr(prompt, options.family(), args).words().add(verb.equals("replace"));
      case "delete" -> new IpAddr(prompt, options.family(), args).words().delete();
      case "flush" -> flush(prompt, options, args);
      case "help" -> throw Stop.exit(255, "Usage: ip address { add | replace | del | show | flush }");
      default -> throw Stop.unsupported("ip address " + verb);
    };
  }

  private IpAddr words() throws Stop {
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed).orElse("");
      switch (word) {
        case "peer" -> peer = Optional.of(Addresses.withLength(args.next(), family()));
        case "broadcast" -> {
          String text = args.next();
          if (broadcast.isPresent()) {
            throw Stop.twice("broadcast", text);
          }
          broadcast = Optional.of(text);
        }
        case "scope" -> {
          String text = args.next();
          scope = Optional.of(RouteWords.scope(text).orElseThrow(() -> RouteWords.isScope(text)
              ? Stop.unsupported("scope " + text)
              : Stop.wrong(text, "invalid scope value.")));
        }
        case "dev" -> device = Optional.of(args.next());
        case "label" -> label = Optional.of(args.next());
        case "noprefixroute" -> noprefixroute = true;
        case "nodad" -> nodad = isForInet6(word);
        // Without the sysctl optimistic_dad, which nobody can set here, a kernel takes no notice of it.
        case "optimistic" -> isForInet6(word);
        case "home", "mngtmpaddr" -> {
          if (isForInet6(word)) {
            throw Stop.unsupported(word);
          }
        }
        case "autojoin" -> {
          if (local.isEmpty() || !Addresses.withLength(local.get(), family()).address().isMulticast()) {
            throw Stop.exit(1, "autojoin needs multicast address");
          }
          throw Stop.unsupported(word);
        }
        case "secondary", "temporary", "deprecated", "tentative", "permanent", "dadfailed", "stable-privacy" ->
            warnings.add(
                "Warning: " + word + " option is not mutable from userspace");
        case "metric" -> metric = args.number(0, Integer.MAX_VALUE, "\"metric\" value is invalid");
        case "priority", "preference" -> metric = args.number(0, Integer.MAX_VALUE, "\"metric\" value is invalid");
        case "valid_lft" -> valid = lifetime(word, args.next());
        case "preferred_lft" -> preferred = lifetime(word, args.next());
        case "local", "" -> {
          String text = word.isEmpty() ? typed : args.next();
          if (local.isPresent()) {
            throw Stop.garbage("local", text);
          }
          Addresses.withLength(text, family());
          local = Optional.of(text);
        }
        default -> throw Stop.unsupported(word);
      }
    }
    return this;
  }

  /** The family that is known so far: of the option, or of the first address. */
  private Optional<IpFamily> family() throws Stop {
    return family.isPresent() || local.isEmpty()
        ? family
        : Optional.of(Addresses.withLength(local.get()).address().family());
  }

  /** Whether the address is known to be of IPv6 by now; IPv4 is told that it has no such thing. */
  private boolean isForInet6(String word) throws Stop {
    boolean is = family().equals(Optional.of(IpFamily.INET6));
    if (!is) {
      warnings.add("Warning: " + word + " option can be set only for IPv6 addresses");
    }
    return is;
  }

  /** Seconds; none for ever, which is also what the greatest number means. */
  private static Optional<Long> lifetime(String word, String text) throws Stop {
    if (text.equals("forever")) {
      return Optional.empty();
    }
    int bits = Numbers.unsigned(text).orElseThrow(() -> Stop.wrong(text, word + " value"));
    return bits == -1 ? Optional.empty() : Optional.of(Integer.toUnsignedLong(bits));
  }

  /** Ipaddress.c ipaddr_modify: what is valid no more cannot be preferred. */
  private void checkTimes() throws Stop {
    if (valid.filter(v -> v == 0).isPresent()) {
      throw Stop.exit(1, "valid_lft is zero");
    }
    if (valid.isPresent() && preferred.filter(p -> p <= valid.get()).isEmpty()) {
      throw Stop.exit(1, "preferred_lft is greater than valid_lft");
    }
  }

  private DeviceRef link() throws Stop {
    String name = device
        .orElseThrow(() -> Stop.exit(1, "Not enough information: \"dev\" argument is required."));
    return prompt.device(name).ref();
  }

  private Stop refused(int status, String why) {
    return Stop.exit(status, Stream.concat(warnings.stream(), Stream.of(why)).toArray(String[]::new));
  }

  private InterfaceAddress address() throws Stop {
    if (local.isEmpty()) {
      throw refused(2, "RTNETLINK answers: Operation not supported");
    }
    InterfaceAddress read = Addresses.withLength(local.get(), family());
    // A far end's length of 0 is as good as none (ipaddress.c ipaddr_modify).
    return peer.map(InterfaceAddress::length).filter(l -> l > 0)
        .map(length -> new InterfaceAddress(read.address(), length)).orElse(read);
  }

  private Command add(boolean replace) throws Stop {
    if (device.isPresent() && local.isEmpty() && broadcast.filter(b -> b.equals("+") || b.equals("-")).isPresent()) {
      throw refused(1, "Broadcast can be set only for IPv4 addresses");
    }
    DeviceRef link = link();
    InterfaceAddress address = address();
    boolean inet6 = address.address().family() == IpFamily.INET6;
    if (inet6 && broadcast.isPresent()) {
      throw Stop.exit(1, "Broadcast can be set only for IPv4 addresses");
    }
    checkTimes();
    Optional<IpAddress> brd = broadcast.isPresent() ? broadcast(address, broadcast.get()) : Optional.empty();
    return new Command.Change(new Edit.AddAddress(link, new NewAddress(address,
        peer.map(InterfaceAddress::address), brd, scope, label, noprefixroute,
        new AddressOptions(nodad, metric, valid, preferred)), replace), 2,
        new Command.Said(0, List.of(), warnings, new Answer.Nothing()));
  }

  /** {@code +} sets all host bits, {@code -} none; both are left out where a subnet has no room for them. */
  private static Optional<IpAddress> broadcast(InterfaceAddress of, String text) throws Stop {
    if (!text.equals("+") && !text.equals("-")) {
      return Optional.of(Addresses.address(text));
    }
    IpAddress found = switch (of.address()) {
      case Ipv4Address a -> text.equals("+") ? a.broadcast(of.length()) : a.network(of.length());
      case Ipv6Address a -> a;
    };
    return of.length() > 30 ? Optional.empty() : Optional.of(found);
  }

  private Command delete() throws Stop {
    DeviceRef link = link();
    InterfaceAddress address = address();
    checkTimes();
    if (label.filter(l -> address.address().family() == IpFamily.INET && !wears(link, address, l)).isPresent()) {
      throw Stop.exit(2, "Error: ipv4: Address not found.");
    }
    boolean lengthGiven = local.orElseThrow().contains("/") || peer.isPresent();
    List<String> warning = lengthGiven || address.address().family() == IpFamily.INET6 ? List.of() : List.of(
        "Warning: Executing wildcard deletion to stay compatible with old scripts.",
        "         Explicitly specify the prefix length (" + address + ") to avoid this warning.",
        "         This special behaviour is likely to disappear in further releases,", "         fix your scripts!");
    return new Command.Change(new Edit.DeleteAddress(link, address, lengthGiven, peer.map(InterfaceAddress::address)),
        2,
        new Command.Said(0, List.of(), warning, new Answer.Nothing()));
  }

  /** Of what else is said about an address, the kernel compares its label (devinet.c inet_rtm_deladdr). */
  private boolean wears(DeviceRef link, InterfaceAddress address, String said) {
    return prompt.lab().find(link).stream().flatMap(d -> d.addresses().stream())
        .anyMatch(a -> a.address().equals(address.address()) && a.label().equals(said));
  }

  private static Command flush(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "Flush requires arguments.");
    }
    AddressSelection meant = new AddressSelection(options.family());
    Optional<String> device = Optional.empty();
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "up", "nomaster" -> {
          // iproute2 reads words about devices here, but asks the kernel for all of them.
        }
        case "type" -> args.next();
        case "group" -> TraitWords.group(args.next());
        case "master" -> {
          String name = args.next();
          if (prompt.lab().find(prompt.ref(name)).isEmpty()) {
            throw Stop.wrong(name, "Device does not exist");
          }
        }
        case "vrf" -> throw Stop.unsupported(word);
        default -> {
          if (!meant.take(word, args)) {
            String name = word.equals("dev") ? args.next() : word;
            if (device.isPresent()) {
              throw Stop.garbage("dev", name);
            }
            device = Optional.of(name);
          }
        }
      }
    }
    if (device.filter(name -> prompt.lab().find(prompt.ref(name)).isEmpty()).isPresent()) {
      throw Stop.exit(1, "Device \"" + device.get() + "\" does not exist.");
    }
    if (meant.isChoosing() || device.isEmpty()) {
      List<Edit> edits = meant.flushed(prompt.lab(), prompt.at(), device);
      return edits.isEmpty() ? FlushText.none(options) : flushed(prompt, options, new Edit.Together(edits));
    }
    return flushed(prompt, options, new Edit.FlushAddresses(prompt.ref(device.get()),
        options.family().map(Set::of).orElseGet(() -> EnumSet.allOf(IpFamily.class))));
  }

  private static Command flushed(Prompt prompt, IpProgram.Options options, Edit edit) {
    return FlushText.of(prompt, options, edit, "addresses", lab -> lab.devicesOf(prompt.at()).stream()
        .mapToInt(d -> d.addresses().size() + d.inet6().addresses().size()).sum());
  }
}
