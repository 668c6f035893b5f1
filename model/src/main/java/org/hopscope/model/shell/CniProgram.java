package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.JsonValue;
import org.hopscope.model.kube.cni.NetConf;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;

/**
 * A plugin of CNI called by hand, as a runtime calls it: {@code CNI_COMMAND=ADD CNI_CONTAINERID=… CNI_NETNS=… CNI_IFNAME=…
 * CNI_PATH=… /opt/cni/bin/bridge < conf.json} (CNI specification 1.1.0, sections 2 and 5; containernetworking/cni pkg/skel).
 * Results and errors are JSON on standard output. What a plugin had done before it failed stays, as on a real host.
 */
final class CniProgram {
  private static final List<String> VARIABLES = List.of("CNI_COMMAND", "CNI_CONTAINERID", "CNI_NETNS", "CNI_IFNAME",
      "CNI_PATH");
  /** Which variables a command cannot do without. */
  private static final Map<String, List<String>> NEEDED = Map.of("ADD", VARIABLES, "CHECK", VARIABLES, "DEL", List.of(
      "CNI_CONTAINERID", "CNI_IFNAME", "CNI_PATH"), "GC", List.of("CNI_PATH"), "STATUS", List.of("CNI_PATH"));
  private static final List<String> SINCE_04 = List.of("0.4.0", "1.0.0", "1.1.0");

  private final Prompt prompt;
  private final String type;

  private CniProgram(Prompt prompt, String type) {
    this.prompt = prompt;
    this.type = type;
  }

  /** Whether a word names a program in one of the folders where plugins lie. */
  static boolean isCalled(String word) {
    int slash = word.lastIndexOf('/');
    return slash > 0 && CniCall.FOLDERS.contains(word.substring(0, slash));
  }

  static Command read(Prompt prompt, List<String> words) throws Stop {
    String name = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
    if (CniPlugin.OTHERS.contains(name)) {
      throw Stop.unsupported("cni plugin " + name);
    }
    if (!CniPlugin.ALL.containsKey(name)) {
      throw Stop.exit(127, words.getFirst() + ": No such file or directory");
    }
    return new CniProgram(prompt, name).call(words);
  }

  private List<String> versions() {
    return type.equals("firewall") ? SINCE_04 : CniPlugin.VERSIONS;
  }

  private Command call(List<String> words) throws Stop {
    String verb = prompt.variable("CNI_COMMAND");
    if (verb.isEmpty()) {
      return new Command.Said(0, List.of(), List.of("CNI " + type + " plugin version unknown",
          "CNI protocol versions supported: " + String.join(", ", versions())), new Answer.Nothing());
    }
    if (verb.equals("VERSION")) {
      return Command.Said.answered(List.of("{\"cniVersion\":\"" + versions().getLast() + "\",\"supportedVersions\":["
          + versions().stream().map(v -> "\"" + v + "\"").collect(Collectors.joining(",")) + "]}"),
          new Answer.Nothing());
    }
    try {
      return called(verb, words);
    } catch (CniException wrong) {
      return new Command.Said(1, error(wrong), List.of(), new Answer.Nothing());
    }
  }

  private static List<String> error(CniException wrong) {
    Map<String, JsonValue> all = new LinkedHashMap<>();
    all.put("code", new JsonValue.Number("" + wrong.code()));
    all.put("msg", new JsonValue.Text(wrong.getMessage()));
    wrong.details().ifPresent(d -> all.put("details", new JsonValue.Text(d)));
    return CniText.lines(new JsonValue.Fields(all));
  }

  /** skel.go pluginMain, in its order. */
  private Command called(String verb, List<String> words) throws Stop, CniException {
    List<String> missing =
        NEEDED.getOrDefault(verb, List.of()).stream().filter(v -> prompt.variable(v).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new CniException(CniException.ENVIRONMENT, "required env variables [" + String.join(",", missing)
          + "] missing");
    }
    NetConf conf = conf();
    if (List.of("ADD", "CHECK", "DEL").contains(verb)) {
      checkNames();
    }
    CniCall call = new CniCall(conf.text("name").orElseThrow(), prompt.variable("CNI_CONTAINERID"), prompt.variable(
        "CNI_NETNS"), prompt.variable("CNI_IFNAME"), prompt.variable("CNI_ARGS"),
        List.of(prompt.variable("CNI_PATH").split(":")));
    CniDeeds deeds = new CniDeeds(prompt.lab(), prompt.at(), call);
    if (deeds.sandbox().equals(deeds.host())) {
      throw Stop.unsupported("CNI_NETNS=" + call.netns() + " (the host's own)");
    }
    switch (verb) {
      case "ADD", "DEL" -> {
        checkVersion(conf);
        return change(deeds, conf, verb, words);
      }
      case "CHECK" -> {
        from(conf, verb, "0.4.0");
        checkVersion(conf);
        CniPlugin.ALL.get(type).apply(deeds).check(conf);
      }
      case "STATUS", "GC" -> {
        from(conf, verb, "1.1.0");
        checkVersion(conf);
      }
      default -> throw new CniException(CniException.ENVIRONMENT, "unknown CNI_COMMAND: " + verb);
    }
    return Command.Said.NOTHING;
  }

  private NetConf conf() throws CniException {
    NetConf conf;
    try {
      conf = NetConf.read(String.join("\n", prompt.input()));
    } catch (CniException wrong) {
      throw new CniException(CniException.DECODING, "error unmarshall network config: " + wrong.getMessage());
    }
    String name = conf.text("name").orElse("");
    if (name.isEmpty()) {
      throw new CniException(CniException.CONFIG, "missing network name");
    }
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.\\-]*")) {
      throw new CniException(CniException.CONFIG, "invalid characters found in network name", name);
    }
    return conf;
  }

  /** cni pkg/utils/utils.go ValidateContainerID, ValidateInterfaceName. */
  private void checkNames() throws CniException {
    String container = prompt.variable("CNI_CONTAINERID");
    if (!container.matches("[a-zA-Z0-9][a-zA-Z0-9_.\\-]*")) {
      throw new CniException(CniException.ENVIRONMENT, "invalid characters in containerID", container);
    }
    String device = prompt.variable("CNI_IFNAME");
    if (device.length() > 15) {
      throw new CniException(CniException.ENVIRONMENT, "interface name is too long",
          "interface name should be less than 16 characters");
    }
    if (List.of(".", "..").contains(device)) {
      throw new CniException(CniException.ENVIRONMENT, "interface name is . or ..");
    }
    if (device.matches("(?s).*[/:\\s].*")) {
      throw new CniException(CniException.ENVIRONMENT,
          "interface name contains / or : or whitespace characters");
    }
  }

  private void checkVersion(NetConf conf) throws CniException {
    if (!versions().contains(conf.version())) {
      throw new CniException(CniException.VERSION, "incompatible CNI versions", "config is \"" + conf.version()
          + "\", plugin supports [" + versions().stream().map(v -> "\"" + v + "\"").collect(Collectors.joining(" "))
          + "]");
    }
  }

  private static void from(NetConf conf, String verb, String version) throws CniException {
    if (!conf.isFrom(version)) {
      throw new CniException(CniException.VERSION, "config version does not allow " + verb);
    }
  }

  private Command change(CniDeeds deeds, NetConf conf, String verb, List<String> words) throws Stop {
    CniPlugin plugin = CniPlugin.ALL.get(type).apply(deeds);
    Command.Said said;
    try {
      if (verb.equals("ADD")) {
        CniResult result = plugin.add(conf);
        said = Command.Said.answered(CniText.lines(plugin.told(result, conf)), new Answer.Nothing());
      } else {
        plugin.delete(conf);
        said = Command.Said.NOTHING;
      }
    } catch (CniException wrong) {
      said = new Command.Said(1, error(wrong), List.of(), new Answer.Nothing());
    }
    return deeds.edits().isEmpty() ? said
        : new Command.Change(new Edit.Expanded(line(deeds.host(), words), deeds.edits()), 1, said);
  }

  /** The call as it can be typed again: with its environment, and with what it read. */
  private String line(NetnsId host, List<String> words) {
    List<String> all = new ArrayList<>();
    if (!prompt.lab().firstHost().name().equals(host.host())) {
      all.addAll(List.of("hop", "on", host.host()));
    }
    if (!host.isRoot()) {
      all.addAll(List.of("ip", "netns", "exec", host.name()));
    }
    all.add("env");
    new TreeMap<>(prompt.environment()).forEach((name, value) -> {
      if (name.startsWith("CNI_")) {
        all.add(name + "=" + value);
      }
    });
    all.addAll(words);
    return Commands.hereDocument(Commands.line(all), prompt.input());
  }
}
