package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.docker.Chains;
import org.hopscope.model.docker.Engine;
import org.hopscope.model.docker.linux.Daemon;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.sim.Simulator;

/** {@code hop}: what Linux has no words for, since one kernel knows of no other: hosts and the cables between them. */
final class HopProgram {
  private static final String USAGE =
      "hop: say: hop host add H, hop host del H, hop cable add H1:DEV H2:DEV, hop on H COMMAND, "
          + "hop cluster create|delete|list ..., hop policy preview ..., hop docker chains 28|29, or hop expand COMMAND";

  private HopProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    String word = next(args);
    return switch (word) {
      case "host" -> host(args);
      case "cable" -> cable(args);
      case "cluster" -> ClusterProgram.read(prompt, args);
      case "policy" -> PolicyProgram.read(prompt, args);
      case "docker" -> docker(prompt, args);
      case "expand" -> expand(prompt, args);
      case "on" -> on(prompt, args);
      default -> throw Stop.exit(2, USAGE);
    };
  }

  private static String next(Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(2, USAGE);
    }
    return args.next();
  }

  private static Command host(Args args) throws Stop {
    String verb = next(args);
    String name = next(args);
    if (!args.isEmpty() || !verb.equals("add") && !verb.equals("del")) {
      throw Stop.exit(2, USAGE);
    }
    Edit edit = verb.equals("add") ? new Edit.AddHost(name) : new Edit.DeleteHost(name);
    return new Command.Change(edit, 1, Command.Said.NOTHING);
  }

  private static Command cable(Args args) throws Stop {
    if (!next(args).equals("add")) {
      throw Stop.exit(2, USAGE);
    }
    DeviceRef one = card(next(args));
    DeviceRef other = card(next(args));
    if (!args.isEmpty()) {
      throw Stop.exit(2, USAGE);
    }
    return new Command.Change(new Edit.AddCable(one, other), 1, Command.Said.NOTHING);
  }

  private static DeviceRef card(String text) throws Stop {
    int colon = text.indexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      throw Stop.exit(2, "hop: \"" + text + "\" is not H:DEV");
    }
    return new DeviceRef(NetnsId.root(text.substring(0, colon)),
        LinkParts.valid(text.substring(colon + 1), "dev"));
  }

  /** In which chains the Docker of this host writes its rules, those that it has written included. */
  private static Command docker(Prompt prompt, Args args) throws Stop {
    String host = prompt.at().host();
    Engine engine = prompt.lab().engine(host);
    if (!args.take("chains")) {
      throw Stop.exit(2, USAGE);
    }
    if (args.isEmpty()) {
      return Command.Said.answered(List.of(engine.chains().word()), new Answer.Nothing());
    }
    String word = args.next();
    Chains chains = Chains.of(word)
        .orElseThrow(() -> Stop.exit(2, "hop: Docker's chains are those of 28 or 29, not of " + word));
    String line = (Places.isFirst(prompt.lab(), host) ? "" : "hop on " + Words.quote(host) + " ")
        + "hop docker chains " + word;
    return new Command.Change(new Edit.Expanded(line, Daemon.put(prompt.lab(), host, engine.withChains(chains))), 1,
        Command.Said.NOTHING);
  }

  /** The commands that one command stands for; nothing is done. */
  private static Command expand(Prompt prompt, Args args) throws Stop {
    List<String> words = args.rest();
    if (words.isEmpty()) {
      throw Stop.exit(2, USAGE);
    }
    return expanded(prompt, Programs.read(prompt, words));
  }

  /** What a command stands for that sends packets first is what it does after them. */
  private static Command expanded(Prompt prompt, Command command) throws Stop {
    return switch (command) {
      case Command.Change(Edit edit, var _, Command.Said said, var _) ->
          new Command.Said(said.exit(), Commands.inside(prompt.lab(), edit), said.err(), new Answer.Nothing());
      case Command.First(Probe probe, Command.Then then) ->
          expanded(prompt, then.of(Simulator.run(prompt.lab(), probe)));
      case Command.Said _,Command.Send _,Command.Ask _,Command.Enter _,Command.Interpret _ ->
          Command.Said.answered(List.of(), new Answer.Nothing());
    };
  }

  private static Command on(Prompt prompt, Args args) throws Stop {
    String host = next(args);
    if (!prompt.lab().hosts().containsKey(host)) {
      throw Stop.exit(1, "hop: there is no host \"" + host + "\": No such file or directory");
    }
    List<String> words = args.rest();
    if (words.isEmpty()) {
      throw Stop.exit(2, USAGE);
    }
    return Programs.read(prompt.in(NetnsId.root(host)), words);
  }
}
