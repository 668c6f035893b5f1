package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/** {@code ip netns} (iproute2 6.1 ip/ipnetns.c, ip-netns(8)). */
final class IpNetns {
  private static final Keywords VERBS = Keywords.of("help* list* show*=list lst*=list list-id* add* set* delete* "
      + "identify* pids* exec* monitor* attach*");

  private IpNetns() {
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    if (args.isEmpty()) {
      return list(prompt, options);
    }
    String typed = args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"ip netns help\"."));
    return switch (verb) {
      case "list" -> list(prompt, options);
      case "add" -> add(prompt, args);
      case "delete" -> delete(prompt, args);
      case "exec" -> exec(prompt, args);
      default -> throw Stop.unsupported("ip netns " + verb);
    };
  }

  private static Command add(Prompt prompt, Args args) throws Stop {
    String name = name(args);
    return new Command.Change(new Edit.AddNetns(new NetnsId(prompt.at().host(), name)), 1, Command.Said.NOTHING);
  }

  private static Command delete(Prompt prompt, Args args) throws Stop {
    String name = name(args);
    return new Command.Change(new Edit.DeleteNetns(new NetnsId(prompt.at().host(), name)), 1, Command.Said.NOTHING);
  }

  private static Command exec(Prompt prompt, Args args) throws Stop {
    String name = name(args);
    if (args.isEmpty()) {
      throw Stop.exit(1, "No command specified");
    }
    return Programs.readReal(prompt.in(prompt.named(name)), args.rest());
  }

  private static String name(Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "No netns name specified");
    }
    String name = args.next();
    if (name.contains("/") || name.equals(".") || name.equals("..") || name.isEmpty()) {
      throw Stop.exit(255, "Invalid netns name \"" + name + "\"");
    }
    return name;
  }

  /** The newest first, as the directory of names lists them; with the small number it is known by here, if it has one. */
  private static Command list(Prompt prompt, IpProgram.Options options) {
    List<NetnsId> names = prompt.lab().netnsOf(prompt.at().host()).stream().filter(n -> !n.id().isRoot())
        .sorted(Comparator.comparingInt(Netns::order).reversed()).map(Netns::id).toList();
    Netns here = prompt.lab().find(prompt.at()).orElseThrow();
    List<String> lines = new ArrayList<>();
    Json.Rows rows = new Json.Rows();
    for (NetnsId id : names) {
      Integer nsid = here.nsids().get(id);
      lines.add(id.name() + (nsid == null ? "" : " (id: " + nsid + ")"));
      rows.add(new Json.Row().put("name", id.name()).putIf(nsid != null, "id", nsid));
    }
    return Command.Said.answered(options.json() ? List.of(rows.toString()) : lines, new Answer.NetnsNames(names));
  }
}
