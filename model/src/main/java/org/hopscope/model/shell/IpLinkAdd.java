package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.TraitsChange;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.NetnsId;

/** {@code ip link add} (ip-link(8)). */
final class IpLinkAdd {
  private final Prompt prompt;
  private final Args args;

  IpLinkAdd(Prompt prompt, Args args) {
    this.prompt = prompt;
    this.args = args;
  }

  Command read() throws Stop {
    LinkParts parts = new LinkParts(prompt, args).read();
    Optional<String> name = parts.newName();
    String word = parts.type()
        .orElseThrow(() -> Stop.exit(1, "Not enough information: \"type\" argument is required"));
    IpLink.refuseWords(word, args);
    DeviceRef wanted = new DeviceRef(parts.newLink("").ref().netns(), name.orElse(""));
    if (!IpLink.isType(word) && prompt.lab().find(wanted).isPresent()) {
      throw Stop.exit(2, "RTNETLINK answers: File exists");
    }
    String type = IpLink.type(word);
    Command made = switch (type) {
      case "veth" -> veth(parts, name);
      case "bridge" -> bridge(parts, name);
      default -> other(parts, name, IpLink.driver(type).orElseThrow());
    };
    if (name.filter(n -> n.length() > LinkParts.LONGEST_NAME).isPresent()) {
      throw Stop.exit(2, "Error: Attribute failed policy validation.");
    }
    return made;
  }

  /** With what is noted on the new device; an alias is not looked at here (rtnetlink.c rtnl_create_link). */
  private Command made(LinkParts parts, NewLink link, Edit edit) {
    return made(parts, link, edit, Command.Said.NOTHING);
  }

  private Command made(LinkParts parts, NewLink link, Edit edit, Command.Said made) {
    TraitsChange said = parts.traits();
    TraitsChange traits =
        new TraitsChange(Optional.empty(), said.queueLength(), said.group(), said.flags());
    List<Edit> edits = new ArrayList<>(List.of(edit));
    noted(edits, link.ref(), traits, parts.arp());
    parts.master().ifPresent(m -> edits.add(new Edit.SetLink(link.ref(), LinkChange.master(m))));
    return new Command.Change(edits.size() == 1 ? edit : new Edit.Together(edits), 2, made);
  }

  private static void noted(List<Edit> edits, DeviceRef link, TraitsChange traits, Optional<Boolean> arp) {
    if (!traits.equals(TraitsChange.NONE)) {
      edits.add(new Edit.SetTraits(link, traits));
    }
    arp.filter(wanted -> !wanted).ifPresent(_ -> edits.add(new Edit.SetArp(link, false)));
  }

  private Command bridge(LinkParts parts, Optional<String> name) throws Stop {
    BridgeChange settings = BridgeWords.read(args);
    NewLink here = parts.newLink("");
    String called = name.isPresent() ? name.get() : free(here.ref().netns(), "bridge", Set.of());
    NewLink link = parts.newLink(called);
    return made(parts, link, new Edit.AddBridge(link, settings));
  }

  private Command other(LinkParts parts, Optional<String> name, Driver driver) throws Stop {
    TypeWords words = TypeWords.of(driver).orElseThrow(() -> Stop.unsupported("type " + driver.word()));
    Optional<DeviceRef> lower = parts.lower();
    LinkInfo info = words.read(prompt, args);
    Command.Said said = new Command.Said(0, List.of(), words.remarks(info), new Answer.Nothing());
    NetnsId there = parts.newLink("").ref().netns();
    String called = name.isPresent() ? name.get() : free(there, driver.word(), Set.of());
    NewLink link = parts.newLink(called);
    return made(parts, link, new Edit.AddLink(link, lower, info), said);
  }

  /**
   * The far end is made first: so it has the lower number, and the first free name when none is said. Without
   * {@code peer} all that is said is said of both ends (kernel drivers/net/veth.c veth_newlink).
   */
  private Command veth(LinkParts parts, Optional<String> name) throws Stop {
    boolean both = args.isEmpty();
    if (!both && !args.take("peer")) {
      String typed = args.next();
      throw Stop.exit(1, "Usage: ip link <options> type veth [peer <options>]: unknown option \"" + typed + "\"");
    }
    LinkParts far = both ? parts : new LinkParts(prompt, args).read();
    if (!both && far.type().isPresent()) {
      throw Stop.unsupported("type");
    }
    NetnsId there = far.newLink("").ref().netns();
    Optional<String> said = both ? Optional.empty() : far.newName();
    String peer = said.isPresent() ? said.get() : free(there, "veth", Set.of());
    NetnsId here = parts.newLink("").ref().netns();
    String own = name.isPresent() ? name.get() : free(here, "veth", Set.of(new DeviceRef(there, peer)));
    NewLink other = far.newLink(peer);
    NewLink link = parts.newLink(own);
    Edit pair = new Edit.AddVeth(link,
        both ? new NewLink(other.ref(), other.mac(), other.mtu(), Optional.empty(), false) : other);
    List<Edit> edits = new ArrayList<>(List.of(pair));
    noted(edits, other.ref(), far.traits(), far.arp());
    return made(parts, link, edits.size() == 1 ? pair : new Edit.Together(edits));
  }

  /** The first of {@code stem0}, {@code stem1} … that nobody has (kernel dev_alloc_name). */
  private String free(NetnsId netns, String stem, Set<DeviceRef> taken) {
    Set<String> names = Stream.concat(prompt.lab().devicesOf(netns).stream().map(Device::ref), taken.stream())
        .filter(r -> r.netns().equals(netns)).map(DeviceRef::name).collect(Collectors.toSet());
    int number = 0;
    while (names.contains(stem + number)) {
      number++;
    }
    return stem + number;
  }
}
