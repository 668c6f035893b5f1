package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.docker.linux.Sandbox;
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
      case "list-id" -> listIds(prompt, options, args);
      case "identify" -> identify(prompt, args);
      case "pids" -> pids(prompt, args);
      case "attach" -> attach(prompt, args);
      default -> throw Stop.unsupported("ip netns " + verb);
    };
  }

  /** {@code ip -all netns del}, and {@code exec}: each namespace in the order of the list, with its name in front. */
  static Command all(Prompt prompt, Args args) throws Stop {
    String typed = args.isEmpty() ? "list" : args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"ip netns help\"."));
    List<NetnsId> names = names(prompt);
    return switch (verb) {
      case "delete" -> new Command.Change(
          new Edit.Together(names.stream().<Edit>map(Edit.DeleteNetns::new).toList()), 1, Command.Said.NOTHING);
      case "exec" -> {
        if (args.isEmpty()) {
          throw Stop.exit(1, "No command specified");
        }
        String words = args.rest().stream().map(w -> " " + Words.quote(w)).collect(Collectors.joining());
        yield new Command.Interpret(prompt.at(), names.stream().map(NetnsId::name)
            .map(n -> "echo; echo " + Words.quote("netns: " + n) + "; ip netns exec " + Words.quote(n) + words + "\n")
            .collect(Collectors.joining()));
      }
      default -> throw Stop.unsupported("ip -all netns " + verb);
    };
  }

  private static Command add(Prompt prompt, Args args) throws Stop {
    String name = name(args);
    return new Command.Change(new Edit.AddNetns(new NetnsId(prompt.at().host(), name)), 1, Command.Said.NOTHING);
  }

  private static Command delete(Prompt prompt, Args args) throws Stop {
    String name = name(args);
    if (NetnsFiles.whose(prompt.lab(), prompt.at().host(), name).isPresent()) {
      return NameTools.forget(prompt, name);
    }
    return new Command.Change(new Edit.DeleteNetns(new NetnsId(prompt.at().host(), name)), 1, Command.Said.NOTHING);
  }

  private static Command attach(Prompt prompt, Args args) throws Stop {
    String name = name(args);
    if (args.isEmpty()) {
      throw Stop.exit(1, "No PID specified");
    }
    return NameTools.attach(prompt, name, args.next());
  }

  private static Command exec(Prompt prompt, Args args) throws Stop {
    String name = name(args);
    if (args.isEmpty()) {
      throw Stop.exit(1, "No command specified");
    }
    return Programs.readReal(prompt.in(prompt.named(name)), args.rest());
  }

  /** The numbers by which this namespace knows others, with the names they have ({@code netns_list_id}). */
  private static Command listIds(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    if (options.json() || !args.isEmpty()) {
      throw Stop.unsupported("ip netns list-id " + (args.isEmpty() ? "-j" : args.next()));
    }
    Netns here = prompt.lab().find(prompt.at()).orElseThrow();
    return new Command.Said(0, here.nsids().entrySet().stream().sorted(Map.Entry.comparingByValue())
        .map(e -> "nsid " + e.getValue()
            + (e.getKey().isRoot() ? "" : " (iproute2 netns name: " + e.getKey().name() + ")"))
        .toList(), List.of(), new Answer.Nothing());
  }

  /** The name of the namespace of a process: of the command's own, or of the one with a number. */
  private static Command identify(Prompt prompt, Args args) throws Stop {
    String pid = args.isEmpty() ? "self" : args.next();
    if (!args.isEmpty()) {
      throw Stop.exit(1, "extra arguments specified");
    }
    if (!pid.equals("self") && Numbers.whole(pid, 0, Integer.MAX_VALUE).isEmpty()) {
      throw Stop.exit(1, "Specified string '" + pid + "' is not a pid");
    }
    NetnsId netns = pid.equals("self") ? prompt.at()
        : Processes.find(prompt.lab(), prompt.at().host(), pid).map(Processes.Process::netns).orElseThrow(
            () -> Stop.exit(1, "Could not stat netns: No such file or directory"));
    String host = prompt.at().host();
    return new Command.Said(0, NetnsFiles.names(prompt.lab(), host).stream()
        .filter(n -> NetnsFiles.named(prompt.lab(), host, n).filter(netns::equals).isPresent()).toList(), List.of(),
        new Answer.Nothing());
  }

  /** The processes of a namespace. */
  private static Command pids(Prompt prompt, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "No netns name specified");
    }
    String name = args.next();
    if (!args.isEmpty()) {
      throw Stop.exit(1, "extra arguments specified");
    }
    NetnsId id = NetnsFiles.named(prompt.lab(), prompt.at().host(), name)
        .orElseThrow(() -> Stop.exit(1, "Cannot open network namespace: No such file or directory"));
    return new Command.Said(0, Processes.in(prompt.lab(), id).stream().map(Object::toString).toList(), List.of(),
        new Answer.Nothing());
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

  private static List<NetnsId> names(Prompt prompt) {
    return prompt.lab().netnsOf(prompt.at().host()).stream().filter(n -> !n.id().isRoot())
        .filter(n -> !Sandbox.is(prompt.lab(), n.id()))
        .sorted(Comparator.comparingInt(Netns::order).reversed()).map(Netns::id).toList();
  }

  /** The newest first, as the directory of names lists them; with the small number it is known by here, if it has one. */
  private static Command list(Prompt prompt, IpProgram.Options options) {
    List<NetnsId> names = names(prompt);
    Netns here = prompt.lab().find(prompt.at()).orElseThrow();
    List<String> lines = new ArrayList<>();
    Json.Rows rows = new Json.Rows();
    for (String name : NetnsFiles.given(prompt.lab(), prompt.at().host())) {
      row(name, NetnsFiles.named(prompt.lab(), prompt.at().host(), name).map(here.nsids()::get), lines, rows);
    }
    for (NetnsId id : names) {
      row(id.name(), Optional.ofNullable(here.nsids().get(id)), lines, rows);
    }
    return Command.Said.answered(options.json() ? List.of(rows.toString()) : lines, new Answer.NetnsNames(names));
  }

  private static void row(String name, Optional<Integer> nsid, List<String> lines, Json.Rows rows) {
    lines.add(name + nsid.map(n -> " (id: " + n + ")").orElse(""));
    Json.Row row = new Json.Row().put("name", name);
    nsid.ifPresent(n -> row.put("id", n));
    rows.add(row);
  }
}
