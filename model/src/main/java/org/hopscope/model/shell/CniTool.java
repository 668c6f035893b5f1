package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.kube.cni.Conflist;
import org.hopscope.model.kube.codec.ConflistReader;
import org.hopscope.model.kube.codec.ManifestException;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;

/**
 * {@code cnitool add|del|check NETWORK NETNS} (containernetworking/cni cnitool): calls the plugins of a network, as a container
 * runtime would. Networks are read from {@code /etc/cni/net.d} on the host; what is known of containers lies below
 * {@code /var/lib/cni}. The result of ADD is printed; what the plugins do are ordinary commands ({@code hop expand}).
 */
final class CniTool {
  private static final String USAGE = "cnitool: Add, check, or remove network interfaces from a network namespace";
  private static final String FOLDER = "/etc/cni/net.d";

  private CniTool() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    List<String> words = args.rest();
    if (words.size() != 3) {
      throw Stop.exit(1, USAGE, "  cnitool add   <net> <netns>", "  cnitool check <net> <netns>",
          "  cnitool del   <net> <netns>");
    }
    NetnsId sandbox = sandbox(prompt, words.get(2));
    CniDeeds deeds = new CniDeeds(prompt.lab(), sandbox, words.get(1));
    Conflist list = network(deeds);
    for (Conflist.Plugin plugin : list.plugins()) {
      CniPlugin.of(deeds, plugin);
    }
    String line = Commands.line(List.of("cnitool", words.getFirst(), words.get(1), words.get(2)));
    boolean there = prompt.lab().find(sandbox).isPresent();
    return switch (words.getFirst()) {
      case "add" -> {
        if (!there) {
          throw Stop.exit(1, "failed to open netns \"" + words.get(2) + "\": failed to Statfs \"" + words.get(2)
              + "\": no such file or directory");
        }
        yield done(deeds, line, add(deeds, list));
      }
      case "del" -> done(deeds, line, delete(deeds, list));
      case "check" -> check(deeds, list, there);
      default -> throw Stop.exit(1, USAGE);
    };
  }

  private static NetnsId sandbox(Prompt prompt, String typed) {
    String name = typed.startsWith("/") ? typed.substring(typed.lastIndexOf('/') + 1) : typed;
    return NetnsFiles.named(prompt.lab(), prompt.at().host(), name).orElseGet(() -> new NetnsId(prompt.at().host(),
        name));
  }

  private static Command done(CniDeeds deeds, String line, List<String> out) {
    String host = deeds.lab().hosts().firstKey().equals(deeds.sandbox().host()) ? "" : "hop on " + Words.quote(deeds
        .sandbox().host()) + " ";
    return new Command.Change(new Edit.Expanded(host + line, List.copyOf(deeds.edits())), 1, Command.Said.answered(out,
        new Answer.Nothing()));
  }

  /** The first file, by name, with a network of the name. */
  private static Conflist network(CniDeeds deeds) throws Stop {
    Map<String, String> files = deeds.files(FOLDER);
    if (files.isEmpty()) {
      throw Stop.exit(1, "no net configurations found in " + FOLDER);
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (file.getKey().matches(".*\\.(conflist|conf|json)")) {
        try {
          Conflist list = ConflistReader.read(file.getValue());
          if (list.name().equals(deeds.network())) {
            return list;
          }
        } catch (ManifestException wrong) {
          throw Stop.exit(1, "error parsing configuration list: " + FOLDER + "/" + file.getKey() + ": line " + wrong
              .mark().line() + ": " + wrong.getMessage());
        }
      }
    }
    throw Stop.exit(1, "no net configuration with name \"" + deeds.network() + "\" in " + FOLDER);
  }

  private static String cache(CniDeeds deeds) {
    return "/var/lib/cni/results/" + deeds.network() + "-" + deeds.container() + "-" + CniPlugins.DEVICE;
  }

  private static List<String> add(CniDeeds deeds, Conflist list) throws Stop {
    CniResult result = new CniResult();
    for (Conflist.Plugin plugin : list.plugins()) {
      CniPlugin.of(deeds, plugin).add(plugin, result);
    }
    List<String> lines = result.lines(list.version(), deeds);
    deeds.write(cache(deeds), lines);
    return lines;
  }

  /** In the opposite order; what is gone already is no error (CNI specification 1.0.0, "DEL"). */
  private static List<String> delete(CniDeeds deeds, Conflist list) throws Stop {
    List<Conflist.Plugin> plugins = new ArrayList<>(list.plugins()).reversed();
    for (Conflist.Plugin plugin : plugins) {
      CniPlugin.of(deeds, plugin).delete(plugin);
    }
    deeds.remove(cache(deeds));
    return List.of();
  }

  private static Command check(CniDeeds deeds, Conflist list, boolean there) throws Stop {
    Optional<String> cached = deeds.file(cache(deeds));
    if (cached.isEmpty() || !there) {
      throw Stop.exit(1,
          there ? "Required prevResult missing" : "failed to open netns \"" + deeds.path() + "\": failed "
              + "to Statfs \"" + deeds.path() + "\": no such file or directory");
    }
    for (Conflist.Plugin plugin : list.plugins()) {
      CniPlugin.of(deeds, plugin).check(plugin);
    }
    return Command.Said.NOTHING;
  }
}
