package org.hopscope.model.shell;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.lab.Refusal;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Target;

/** What plugins of CNI do on a host, command by command, each on what the one before it left. */
final class CniDeeds {
  private final List<Edit> edits = new ArrayList<>();
  private final NetnsId host;
  private final CniCall call;
  private LabState lab;

  CniDeeds(LabState lab, NetnsId host, CniCall call) {
    this.lab = lab;
    this.host = host;
    this.call = call;
  }

  LabState lab() {
    return lab;
  }

  List<Edit> edits() {
    return List.copyOf(edits);
  }

  CniCall call() {
    return call;
  }

  /** The device that the container gets. */
  String device() {
    return call.device();
  }

  /**
   * What {@code CNI_ARGS} says for a name; of others it may say something only with {@code IgnoreUnknown} (cni pkg/types/args.go
   * LoadArgs).
   */
  Optional<String> argument(String name) throws CniException {
    Map<String, String> known = new TreeMap<>();
    List<String> unknown = new ArrayList<>();
    for (String pair : call.arguments().isEmpty() ? new String[0] : call.arguments().split(";", -1)) {
      String[] parts = pair.split("=", -1);
      if (parts.length != 2) {
        throw new CniException("ARGS: invalid pair \"" + pair + "\"");
      }
      if (parts[0].equals(name) || parts[0].equals("IgnoreUnknown")) {
        known.put(parts[0], parts[1]);
      } else {
        unknown.add("\"" + pair + "\"");
      }
    }
    if (!unknown.isEmpty() && !known.getOrDefault("IgnoreUnknown", "0").matches("(?i)1|true")) {
      throw new CniException("ARGS: unknown args [" + String.join(" ", unknown) + "]");
    }
    return Optional.ofNullable(known.get(name)).filter(v -> !v.isEmpty());
  }

  /** Where the plugins run. */
  NetnsId host() {
    return host;
  }

  /** The container's namespace; one that nobody can have where the file does not stand for any. */
  NetnsId sandbox() {
    return NetnsFiles.open(lab, host, call.netns()).orElseGet(() -> new NetnsId(host.host(), "/"));
  }

  /** Whether the container's namespace is there. */
  boolean hasSandbox() {
    return lab.find(sandbox()).isPresent();
  }

  /** Refuses where it is not (plugins pkg/ns/ns_linux.go). */
  void openSandbox() throws CniException {
    if (!hasSandbox()) {
      throw new CniException("failed to open netns \"" + call.netns() + "\": failed to Statfs \"" + call.netns()
          + "\": no such file or directory");
    }
  }

  /** The hash by which plugins name chains (plugins pkg/utils/utils.go). */
  String chain(String prefix) {
    return prefix + hash(call.network() + call.container()).substring(0, 28 - prefix.length());
  }

  static String hash(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(text.getBytes(
          StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** The end of a pair on the host, by a name that is free; a real one is drawn at random. */
  String hostEnd(String prefix, int digits) {
    String seed = call.container() + "/" + call.network() + (call.device().equals("eth0") ? "" : "/" + call.device());
    String name = prefix + hash(seed).substring(0, digits);
    for (int i = 1; onHost(name).isPresent(); i++) {
      name = prefix + hash(seed + "/" + i).substring(0, digits);
    }
    return name;
  }

  /** A command on the host; what the kernel refuses ends it all. */
  void host(String... words) throws Stop, CniException {
    run(host, List.of(words));
  }

  /** A command in the container's namespace. */
  void inside(String... words) throws Stop, CniException {
    run(sandbox(), List.of(words));
  }

  private void run(NetnsId at, List<String> words) throws Stop, CniException {
    Optional<String> wrong = done(at, words);
    if (wrong.isPresent()) {
      throw new CniException(errno(wrong.get()));
    }
  }

  /** An error as Go prints it: by its own words alone, in small letters. */
  private static String errno(String text) {
    return text.replaceFirst("^RTNETLINK answers: ", "").toLowerCase(Locale.ROOT);
  }

  /** A command that may have nothing to do. */
  void tryHost(String... words) throws Stop {
    done(host, List.of(words));
  }

  /** A command in the container's namespace that may have nothing to do. */
  void tryInside(String... words) throws Stop {
    done(sandbox(), List.of(words));
  }

  /** Whether a question, such as {@code iptables -C}, is answered with yes; nothing changes by it. */
  boolean holds(String... words) throws Stop {
    return Programs.readReal(new Prompt(lab, host, List.of(), List.of()), List.of(words)) instanceof Command.Said said
        && said.exit() == 0;
  }

  private Optional<String> done(NetnsId at, List<String> words) throws Stop {
    Command command = Programs.readReal(new Prompt(lab, at, List.of(), List.of()), words);
    return command instanceof Command.Change(Edit edit, var _, var _, var _) ? done(edit)
        : command instanceof Command.Said said && said.exit() != 0 ? Optional.of(String.join("\n", said.err()))
        : Optional.empty();
  }

  private Optional<String> done(Edit edit) {
    return switch (Editor.apply(lab, edit)) {
      case Editor.Result.Done(LabState after) -> {
        lab = after;
        edits.add(edit);
        yield Optional.empty();
      }
      case Editor.Result.Refused(Refusal why) -> Optional.of(why.text());
    };
  }

  void write(String path, List<String> lines) {
    done(new Edit.WriteFile(host.host(), path, lines, false));
  }

  void remove(String path) {
    if (file(path).isPresent()) {
      done(new Edit.RemoveFile(host.host(), path));
    }
  }

  Optional<String> file(String path) {
    return Optional.ofNullable(CniFiles.all(lab, host.host()).get(path));
  }

  /** The files directly below a folder, by their own names. */
  Map<String, String> files(String folder) {
    Map<String, String> found = new TreeMap<>();
    CniFiles.all(lab, host.host()).forEach((path, text) -> {
      if (path.startsWith(folder + "/") && path.indexOf('/', folder.length() + 1) < 0) {
        found.put(path.substring(folder.length() + 1), text);
      }
    });
    return found;
  }

  /** Whether the host has a chain of iptables. */
  boolean has(IpFamily family, String table, String chain) {
    return lab.find(host).flatMap(n -> n.rulesets().of(family).table(TableName.named(table).orElseThrow()))
        .flatMap(t -> t.chain(chain)).isPresent();
  }

  /** Which rules of a chain jump to another one: their numbers, the last first. */
  List<Integer> jumps(IpFamily family, String table, String chain, String target) {
    List<Rule> rules = lab.find(host).flatMap(n -> n.rulesets().of(family).table(TableName.named(table).orElseThrow()))
        .flatMap(t -> t.chain(chain)).map(Chain::rules).orElse(List.of());
    List<Integer> numbers = new ArrayList<>();
    for (int i = rules.size(); i >= 1; i--) {
      if (rules.get(i - 1).target() instanceof Target.Jump(String to) && to.equals(target)) {
        numbers.add(i);
      }
    }
    return numbers;
  }

  Optional<Device> onHost(String name) {
    return lab.find(new DeviceRef(host, name));
  }

  Optional<Device> within(String name) {
    return lab.find(new DeviceRef(sandbox(), name));
  }

  /** The hardware address of a device, as it wears it now. */
  String mac(Device device) {
    return Links.macOf(lab, device).toString();
  }
}
