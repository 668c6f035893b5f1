package org.hopscope.app.desktop.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.app.desktop.terminal.Transcript.Line;
import org.hopscope.app.desktop.terminal.Transcript.Run;
import org.hopscope.app.desktop.terminal.Transcript.Tone;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;

/**
 * Colours what a command printed as {@code ip -c} does (iproute2 lib/color.c: interfaces cyan, hardware addresses yellow,
 * IPv4 magenta, IPv6 blue, up green, down red), and finds the names of things of the lab in it, which lead to the canvas.
 */
final class Tint {
  private static final Pattern WORDS = Pattern.compile("(?<mac>\\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\\b)"
      + "|(?<inet>\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2})?\\b)"
      + "|(?<inet6>(?<![\\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:/\\d{1,3})?(?![\\w:]))"
      + "|(?<name>[A-Za-z_][A-Za-z0-9_.-]*)");
  /** Longer lines are no tables. */
  private static final int LONGEST = 2000;

  private final LabState lab;
  private final NetnsId at;
  private final Set<String> mentioned;

  /**
   * For the answer of a command.
   *
   * @param at where it was typed
   * @param typed the command: a namespace it names is where names are looked for first
   */
  Tint(LabState lab, NetnsId at, String typed) {
    this.lab = lab;
    this.at = at;
    mentioned = Set.copyOf(List.of(typed.split("\\s+")));
  }

  /** A line of the answer. */
  Line of(String text) {
    if (text.length() > LONGEST) {
      return Line.of(text, Tone.OUT);
    }
    List<Run> runs = new ArrayList<>();
    Matcher words = WORDS.matcher(text);
    int done = 0;
    while (words.find()) {
      Optional<Run> run = run(words);
      if (run.isPresent()) {
        plain(runs, text.substring(done, words.start()));
        runs.add(run.get());
        done = words.end();
      }
    }
    plain(runs, text.substring(done));
    return runs.isEmpty() ? Line.of(text, Tone.OUT) : new Line(runs);
  }

  private static void plain(List<Run> runs, String text) {
    if (!text.isEmpty()) {
      runs.add(new Run(text, Tone.OUT));
    }
  }

  private Optional<Run> run(Matcher words) {
    String word = words.group();
    if (words.group("mac") != null) {
      return Optional.of(new Run(word, Tone.MAC));
    }
    if (words.group("inet") != null) {
      return Optional.of(new Run(word, Tone.INET));
    }
    if (words.group("inet6") != null) {
      return word.contains("::") || word.chars().filter(c -> c == ':').count() == 7
          ? Optional.of(new Run(word, Tone.INET6))
          : Optional.empty();
    }
    return switch (word) {
      case "UP" -> Optional.of(new Run(word, Tone.UP));
      case "DOWN", "NO-CARRIER" -> Optional.of(new Run(word, Tone.DOWN));
      default -> thing(word).map(thing -> new Run(word, Tone.IFNAME, Optional.of(thing)));
    };
  }

  /** The device or namespace of this name, if there is no doubt which. */
  private Optional<Selection> thing(String name) {
    List<Device> devices = lab.devices().values().stream().filter(d -> d.name().equals(name)).toList();
    Optional<Device> here = devices.stream().filter(d -> mentioned.contains(d.netns().name()) && !d.netns().isRoot())
        .findFirst().or(() -> devices.stream().filter(d -> d.netns().equals(at)).findFirst());
    Optional<Device> only = devices.size() == 1 ? Optional.of(devices.getFirst()) : Optional.empty();
    return here.or(() -> only).<Selection>map(d -> new Selection.OfDevice(d.id())).or(() -> netns(name));
  }

  private Optional<Selection> netns(String name) {
    NetnsId id = new NetnsId(at.host(), name);
    return lab.netns().containsKey(id) && !id.isRoot() ? Optional.of(new Selection.OfNetns(id)) : Optional.empty();
  }
}
