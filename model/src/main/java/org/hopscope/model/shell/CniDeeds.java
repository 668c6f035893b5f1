package org.hopscope.model.shell;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Refusal;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.TableName;

/** What plugins of CNI do on a host, command by command, each on what the one before it left. */
final class CniDeeds {
  private final List<Edit> edits = new ArrayList<>();
  private final NetnsId host;
  private final NetnsId sandbox;
  private final String network;
  private LabState lab;

  CniDeeds(LabState lab, NetnsId sandbox, String network) {
    this.lab = lab;
    this.sandbox = sandbox;
    this.network = network;
    host = NetnsId.root(sandbox.host());
  }

  LabState lab() {
    return lab;
  }

  List<Edit> edits() {
    return edits;
  }

  NetnsId sandbox() {
    return sandbox;
  }

  String network() {
    return network;
  }

  /** The file that stands for the namespace. */
  String path() {
    return "/var/run/netns/" + sandbox.name();
  }

  /** {@code cnitool-} and the first ten bytes of a hash of the path (cni cnitool/cnitool.go). */
  String container() {
    return "cnitool-" + hash(path()).substring(0, 20);
  }

  /** The hash by which plugins name chains (plugins pkg/utils/utils.go). */
  String chain(String prefix) {
    return prefix + hash(network + container()).substring(0, 28 - prefix.length());
  }

  static String hash(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(text.getBytes(
          StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** The end of a pair on the host. */
  String hostEnd(String prefix, int digits) {
    return prefix + hash(container() + "/" + network).substring(0, digits);
  }

  /** A command on the host; what the kernel refuses ends it all. */
  void host(String... words) throws Stop {
    run(host, List.of(words));
  }

  /** A command in the container's namespace. */
  void inside(String... words) throws Stop {
    run(sandbox, List.of(words));
  }

  private void run(NetnsId at, List<String> words) throws Stop {
    Optional<String> wrong = done(at, words);
    if (wrong.isPresent()) {
      throw Stop.exit(1, wrong.get());
    }
  }

  /** A command that may have nothing to do. */
  void tryHost(String... words) throws Stop {
    done(host, List.of(words));
  }

  /** A command in the container's namespace that may have nothing to do. */
  void tryInside(String... words) throws Stop {
    done(sandbox, List.of(words));
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
    return Optional.ofNullable(all().get(path));
  }

  /** All files: those that were written stand in the place of those that follow from a cluster. */
  private Map<String, String> all() {
    Map<String, String> all = new TreeMap<>(CniFiles.of(lab, host.host()));
    all.putAll(lab.hosts().get(host.host()).files());
    return all;
  }

  /** The files directly below a folder, by their own names. */
  Map<String, String> files(String folder) {
    Map<String, String> found = new TreeMap<>();
    all().forEach((path, text) -> {
      if (path.startsWith(folder + "/") && path.indexOf('/', folder.length() + 1) < 0) {
        found.put(path.substring(folder.length() + 1), text);
      }
    });
    return found;
  }

  /** Whether the host has a chain of iptables. */
  boolean has(String table, String chain) {
    return lab.find(host).flatMap(n -> n.rulesets().of(IpFamily.INET).table(TableName.named(table).orElseThrow()))
        .flatMap(t -> t.chain(chain)).isPresent();
  }

  Optional<Device> onHost(String name) {
    return lab.find(new DeviceRef(host, name));
  }

  Optional<Device> within(String name) {
    return lab.find(new DeviceRef(sandbox, name));
  }
}
