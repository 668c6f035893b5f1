package org.hopscope.model.lab;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.WireGuardKey;
import org.hopscope.model.net.Host;

/**
 * Text files of hosts, and the random numbers that their programs draw. There are files alone: directories are there
 * as soon as somebody writes into them, and nobody is refused.
 */
public final class FileEdits {
  /** How many characters the files of a host may hold together. */
  private static final int ROOM = 1_000_000;

  private FileEdits() {
  }

  /** What the next program draws that asks a host for 32 random bytes. */
  public static WireGuardKey next(LabState lab, String host) {
    return WireGuardKey.drawn("key " + lab.basis().seed() + " " + host + " " + Find.host(lab, host).draws());
  }

  static LabState draw(LabState lab, String name) {
    Host host = Find.host(lab, name);
    return with(lab, host.withDraws(host.draws() + 1));
  }

  static LabState write(LabState lab, String name, String path, List<String> lines, boolean append) {
    Host host = Find.host(lab, name);
    String old = append ? Optional.ofNullable(host.files().get(path)).orElse("") : "";
    Host written = host.withFiles(host.files().plus(path, old + String.join("", lines.stream().map(l -> l + "\n")
        .toList())));
    int room = written.files().values().stream().mapToInt(String::length).sum();
    if (room > ROOM || !path.startsWith("/") || path.endsWith("/")) {
      throw RefusedException.tool(Errno.EINVAL, path + ": " + (room > ROOM ? "No space left on device"
          : Errno.EINVAL.text()));
    }
    return with(lab, written);
  }

  static LabState remove(LabState lab, String name, String path) {
    Host host = Find.host(lab, name);
    if (!host.files().containsKey(path)) {
      throw RefusedException.tool(Errno.ENOENT, "rm: cannot remove '" + path + "': " + Errno.ENOENT.text());
    }
    return with(lab, host.withFiles(host.files().minus(path)));
  }

  private static LabState with(LabState lab, Host host) {
    return lab.withHosts(lab.hosts().plus(host.name(), host));
  }
}
