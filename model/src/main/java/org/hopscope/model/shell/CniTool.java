package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.Conflist;
import org.hopscope.model.kube.cni.JsonValue;
import org.hopscope.model.kube.cni.NetConf;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;

/**
 * {@code cnitool add|del|check NETWORK NETNS} (containernetworking/cni cnitool): calls the plugins of a network, as a container
 * runtime would. Networks are read from {@code /etc/cni/net.d} on the host; what is known of containers lies below
 * {@code /var/lib/cni}. The result of ADD is printed; what the plugins do are ordinary commands ({@code hop expand}). What they
 * had done before one failed stays, as on a real host. {@code NETCONFPATH}, {@code CNI_PATH}, {@code CNI_ARGS}, {@code CNI_IFNAME}
 * and {@code CAP_ARGS} are read from the environment.
 */
final class CniTool {
  private static final String USAGE = "cnitool: Add, check, or remove network interfaces from a network namespace";
  private static final String FOLDER = "/etc/cni/net.d";

  private final CniDeeds deeds;
  private final Conflist list;
  private final JsonValue.Fields capabilities;

  private CniTool(CniDeeds deeds, Conflist list, JsonValue.Fields capabilities) {
    this.deeds = deeds;
    this.list = list;
    this.capabilities = capabilities;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    List<String> words = args.rest();
    if (words.size() != 3) {
      throw Stop.exit(1, USAGE, "  cnitool add   <net> <netns>", "  cnitool check <net> <netns>",
          "  cnitool del   <net> <netns>");
    }
    String typed = words.get(2);
    String netns = typed.startsWith("/") ? typed : "/var/run/netns/" + typed;
    String path =
        prompt.environment().getOrDefault("CNI_PATH", "").isEmpty() ? CniCall.FOLDERS.getFirst() : prompt.variable(
            "CNI_PATH");
    String device = prompt.variable("CNI_IFNAME").isEmpty() ? "eth0" : prompt.variable("CNI_IFNAME");
    CniDeeds deeds = new CniDeeds(prompt.lab(), prompt.at(), new CniCall(words.get(1), "cnitool-" + CniDeeds.hash(netns)
        .substring(0, 20), netns, device, prompt.variable("CNI_ARGS"), List.of(path.split(":"))));
    try {
      CniTool tool = new CniTool(deeds, network(deeds, prompt), capabilities(prompt));
      for (NetConf plugin : tool.list.plugins()) {
        CniPlugin.of(deeds, plugin.text("type").orElse(""));
      }
      return tool.run(prompt, words);
    } catch (CniException wrong) {
      throw Stop.exit(1, shown(wrong));
    }
  }

  private Command run(Prompt prompt, List<String> words) throws Stop, CniException {
    Command.Said said;
    try {
      switch (words.getFirst()) {
        case "add" -> {
          deeds.openSandbox();
          said = Command.Said.answered(add(), new Answer.Nothing());
        }
        case "del" -> {
          delete();
          said = Command.Said.NOTHING;
        }
        case "check" -> {
          check();
          return Command.Said.NOTHING;
        }
        default -> throw Stop.exit(1, USAGE);
      }
    } catch (CniException wrong) {
      said = Command.Said.failed(1, List.of(shown(wrong)));
    }
    return deeds.edits().isEmpty() ? said
        : new Command.Change(new Edit.Expanded(line(prompt, words), deeds.edits()), 1, said);
  }

  private static String line(Prompt prompt, List<String> words) {
    List<String> all = new ArrayList<>();
    NetnsId host = prompt.at();
    if (!prompt.lab().firstHost().name().equals(host.host())) {
      all.addAll(List.of("hop", "on", host.host()));
    }
    if (!host.isRoot()) {
      all.addAll(List.of("ip", "netns", "exec", host.name()));
    }
    List<String> variables = List.of("NETCONFPATH", "CNI_PATH", "CNI_ARGS", "CNI_IFNAME", "CAP_ARGS").stream()
        .filter(prompt.environment()::containsKey).map(n -> n + "=" + prompt.variable(n)).toList();
    if (!variables.isEmpty()) {
      all.add("env");
      all.addAll(variables);
    }
    all.add("cnitool");
    all.addAll(words);
    return Commands.line(all);
  }

  /** cni pkg/types/types.go Error. */
  private static String shown(CniException wrong) {
    return wrong.getMessage() + wrong.details().map(d -> "; " + d).orElse("");
  }

  private static JsonValue.Fields capabilities(Prompt prompt) throws CniException {
    String text = prompt.variable("CAP_ARGS");
    return text.isEmpty() ? new JsonValue.Fields(Map.of()) : NetConf.read(text).fields();
  }

  /** The first file, by name, with a network of the name. */
  private static Conflist network(CniDeeds deeds, Prompt prompt) throws CniException {
    String folder = prompt.variable("NETCONFPATH").isEmpty() ? FOLDER : prompt.variable("NETCONFPATH");
    Map<String, String> files = deeds.files(folder);
    if (files.isEmpty()) {
      throw new CniException("no net configurations found in " + folder);
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (file.getKey().matches(".*\\.(conflist|conf|json)")) {
        Conflist list;
        try {
          list = Conflist.read(file.getValue());
        } catch (CniException wrong) {
          throw wrong.getMessage().startsWith("error parsing") ? wrong
              : wrong.behind("error parsing configuration list: " + folder + "/" + file.getKey());
        }
        if (list.name().equals(deeds.call().network())) {
          return list;
        }
      }
    }
    throw new CniException("no net configuration with name \"" + deeds.call().network() + "\" in " + folder);
  }

  private String cache() {
    return "/var/lib/cni/results/" + list.name() + "-" + deeds.call().container() + "-" + deeds.device();
  }

  /** What a plugin is told: with those of the runtime's wishes that it says it can fulfil (libcni injectRuntimeConfig). */
  private NetConf told(NetConf plugin, Optional<JsonValue.Fields> before) throws CniException {
    NetConf told = list.told(plugin);
    Map<String, JsonValue> wishes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> each : capabilities.members().entrySet()) {
      if (plugin.object("capabilities").is(each.getKey())) {
        wishes.put(each.getKey(), each.getValue());
      }
    }
    told = wishes.isEmpty() ? told : told.with("runtimeConfig", new JsonValue.Fields(wishes));
    return before.isPresent() ? told.with("prevResult", before.get()) : told;
  }

  private List<String> add() throws Stop, CniException {
    Optional<JsonValue.Fields> before = Optional.empty();
    for (NetConf plugin : list.plugins()) {
      String type = plugin.text("type").orElse("");
      try {
        NetConf told = told(plugin, before);
        CniPlugin called = CniPlugin.of(deeds, type);
        before = Optional.of(called.told(called.add(told), told));
      } catch (CniException wrong) {
        throw new CniException("plugin type=\"" + type + "\" failed (add): " + shown(wrong));
      }
    }
    List<String> lines = CniText.lines(before.orElseThrow());
    deeds.write(cache(), lines);
    return lines;
  }

  private Optional<JsonValue.Fields> cached() throws CniException {
    Optional<String> text = deeds.file(cache());
    return text.isPresent() ? Optional.of(NetConf.read(text.get()).fields()) : Optional.empty();
  }

  /** In the opposite order; what is gone already is no error (CNI specification 1.1.0, "DEL"). */
  private void delete() throws Stop, CniException {
    Optional<JsonValue.Fields> before = cached();
    for (NetConf plugin : list.plugins().reversed()) {
      String type = plugin.text("type").orElse("");
      try {
        CniPlugin.of(deeds, type).delete(told(plugin, before));
      } catch (CniException wrong) {
        throw new CniException("plugin type=\"" + type + "\" failed (delete): " + shown(wrong));
      }
    }
    deeds.remove(cache());
  }

  private void check() throws Stop, CniException {
    Optional<JsonValue.Fields> before = cached();
    for (NetConf plugin : list.plugins()) {
      CniPlugin.of(deeds, plugin.text("type").orElse("")).check(told(plugin, before));
    }
  }
}
