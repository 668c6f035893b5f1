package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;

/** {@code ip link}: its commands, and what it shows (iproute2 6.1 ip/iplink.c, ip/ipaddress.c). */
final class IpLink {
  private static final Keywords VERBS = Keywords.of("add* set* change*=set replace* delete* afstats* show* lst*=show "
      + "list*=show xstats* property* help*");
  private static final Keywords TYPES = Keywords.of("veth bridge loopback dummy vlan vxlan macvlan macvtap ipvlan "
      + "bond tun wireguard gre gretap ipip sit vrf ifb ip6tnl ip6gre vti vcan team bareudp geneve netdevsim nlmon "
      + "xfrm ipvtap bridge_slave bond_slave hsr lowpan can amt rmnet virt_wifi macsec");

  private IpLink() {
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    if (args.isEmpty()) {
      return show(prompt, options, args, false);
    }
    String typed = args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"ip link help\"."));
    return switch (verb) {
      case "show" -> show(prompt, options, args, false);
      case "add" -> new IpLinkAdd(prompt, args).read();
      case "set" -> new IpLinkSet(prompt, args).read();
      case "delete" -> delete(prompt, args);
      case "help" -> throw Stop.exit(255, "Usage: ip link { add | set | delete | show }");
      default -> throw Stop.unsupported("ip link " + verb);
    };
  }

  /** The words are those of {@code ip link set}, whatever they may say besides the device. */
  private static Command delete(Prompt prompt, Args args) throws Stop {
    LinkParts parts = new LinkParts(prompt, args).read();
    if (parts.type().isPresent()) {
      refuseWords(parts.type().get(), args);
      type(parts.type().get());
    }
    if (parts.type().filter("veth"::equals).isPresent() && args.take("peer")) {
      new LinkParts(prompt, args).read().existing();
    }
    return parts.group().isPresent()
        ? deleteGroup(prompt, parts.group().get())
        : Command.Change.of(new Edit.DeleteLink(parts.existing()));
  }

  /** rtnetlink.c rtnl_group_dellink: never the default group, and all or none. */
  private static Command deleteGroup(Prompt prompt, int number) throws Stop {
    List<DeviceRef> members = group(prompt, number);
    if (number == 0) {
      throw Stop.exit(2, "RTNETLINK answers: Operation not permitted");
    }
    if (members.isEmpty()) {
      throw Stop.exit(2, "RTNETLINK answers: No such device");
    }
    List<Edit> edits = new ArrayList<>();
    List<DeviceRef> gone = new ArrayList<>();
    for (DeviceRef member : members) {
      if (!gone.contains(member)) {
        edits.add(new Edit.DeleteLink(member));
        prompt.lab().find(member).flatMap(Device::peer).map(p -> prompt.lab().device(p).ref()).ifPresent(gone::add);
      }
    }
    return Command.Change.of(new Edit.Together(edits));
  }

  /** The devices of a group. */
  static List<DeviceRef> group(Prompt prompt, int number) {
    return prompt.lab().devicesOf(prompt.at()).stream().filter(d -> d.link().traits().group() == number)
        .map(Device::ref).toList();
  }

  /** Words behind a type that the tool knows nothing of (iplink.c iplink_modify). */
  static void refuseWords(String type, Args args) throws Stop {
    if (!isType(type) && !args.isEmpty()) {
      throw Stop.exit(1, "Garbage instead of arguments \"" + args.next() + " ...\". Try \"ip link help\".");
    }
  }

  /** Whether there is such a type of link, be it one of the model's or not. */
  static boolean isType(String word) {
    return TYPES.find(word).isPresent();
  }

  /** Whether a type of link is one of the model's that commands can name without more; tun is refused at once. */
  static boolean isOurs(String word) {
    return TYPES.find(word).flatMap(IpLink::driver).filter(d -> d != Driver.TUN).isPresent();
  }

  /** A type of link, which may be real without being one of the model's. */
  static String type(String word) throws Stop {
    String type = TYPES.find(word).orElseThrow(() -> Stop.exit(2, "Error: Unknown device type."));
    if (driver(type).isEmpty()) {
      throw Stop.unsupported("type " + word);
    }
    return type;
  }

  /** The driver of a type of link, if it is one of the model's. */
  static Optional<Driver> driver(String type) {
    return Arrays.stream(Driver.values()).filter(d -> d.isVirtual() && d.word().equals(type)).findFirst();
  }

  /** Shows devices: {@code ip link show}, and {@code ip addr show} when {@code addresses}. */
  static Command show(Prompt prompt, IpProgram.Options options, Args args, boolean addresses) throws Stop {
    Optional<String> device = Optional.empty();
    List<Predicate<LinkView>> wanted = new ArrayList<>();
    List<Predicate<LinkView>> stacked = new ArrayList<>();
    boolean nomaster = false;
    AddressSelection kept = new AddressSelection(options.family());
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "up" -> wanted.add(v -> v.device().isUp());
        case "nomaster" -> nomaster = true;
        case "master" -> {
          String name = args.next();
          if (prompt.lab().find(prompt.ref(name)).isEmpty()) {
            throw Stop.wrong(name, "Device does not exist");
          }
          stacked.add(v -> v.master().filter(m -> m.name().equals(name)).isPresent());
        }
        case "type" -> {
          String type = args.next();
          stacked.add(switch (type) {
            case "bridge_slave" -> v -> v.device().port().isPresent();
            case "bond_slave" -> v -> v.master().isPresent() && v.device().port().isEmpty();
            default -> v -> v.kind().filter(type::equals).isPresent();
          });
        }
        case "group" -> {
          int group = TraitWords.group(args.next());
          wanted.add(v -> v.device().link().traits().group() == group);
        }
        case "vrf", "help" -> throw Stop.unsupported(word);
        default -> {
          if (kept.take(word, args)) {
            if (!addresses) {
              throw Stop.unsupported(word);
            }
            continue;
          }
          String name = word.equals("dev") ? args.next() : word;
          if (device.isPresent()) {
            throw Stop.garbage("dev", name);
          }
          device = Optional.of(name);
        }
      }
    }
    if (device.isPresent() && prompt.lab().find(prompt.ref(device.get())).isEmpty()) {
      throw Stop.exit(1, "Device \"" + device.get() + "\" does not exist.");
    }
    Optional<String> only = device;
    boolean plain = addresses && options.inet6() && only.isEmpty();
    // Plain answers tell neither masters nor kinds.
    stacked.forEach(s -> wanted.add(v -> !plain && s.test(v)));
    if (nomaster && !plain) {
      wanted.add(v -> v.master().isEmpty());
    }
    IpProgram.Options asked = options.of(kept.family());
    LabState lab = prompt.lab();
    List<Device> devices = new ArrayList<>();
    for (Device d : prompt.lab().devicesOf(prompt.at())) {
      Device shown = kept.of(prompt.lab(), d);
      if ((only.isEmpty() || only.get().equals(d.name())) && (!addresses || kept.shows(d, shown))
          && wanted.stream().allMatch(w -> w.test(LinkView.of(prompt.lab(), d)))) {
        devices.add(shown);
        lab = kept.isChoosing() ? lab.with(shown) : lab;
      }
    }
    if (kept.isBare() && (options.json() || options.brief())) {
      throw Stop.unsupported("label with -j or -br");
    }
    if (kept.isBare()) {
      return Command.Said.answered(LinkText.addresses(lab, asked, devices),
          new Answer.Links(lab, prompt.at(), List.of(), true, options.details(), asked.family(), plain));
    }
    List<String> lines = options.json()
        ? List.of(LinkJson.of(lab, asked, addresses, devices, plain))
        : LinkText.of(lab, asked, addresses, devices, plain);
    return Command.Said.answered(lines, new Answer.Links(lab, prompt.at(), devices.stream().map(Device::id).toList(),
        addresses, options.details(), asked.family(), plain));
  }
}
