package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.KernelKeys;
import org.hopscope.model.lab.Sysctls;

/** {@code sysctl} (procps 4, sysctl(8)): {@code -w}, {@code -n}, {@code -q}, {@code -a} with
 * {@code --pattern}, {@code -e}, keys and {@code key=value}. */
final class SysctlProgram {
  private final Prompt prompt;
  private final List<String> out = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<Edit> edits = new ArrayList<>();
  private final SortedMap<String, String> values = new TreeMap<>();
  private boolean write;
  private boolean bare;
  private boolean quiet;
  private boolean all;
  /** {@code -e}: keys that nobody has are passed over. */
  private boolean tolerant;
  /** {@code --pattern}: which keys {@code -a} shows. */
  private Optional<Pattern> pattern = Optional.empty();

  private SysctlProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "Usage:", " sysctl [options] [variable[=value] ...]");
    }
    SysctlProgram sysctl = new SysctlProgram(prompt);
    List<String> words = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      if (word.equals("--pattern") || word.equals("-r")) {
        sysctl.pattern = Optional.of(GrepProgram.extended(args.isEmpty() ? "" : args.next()));
      } else if (word.startsWith("-")) {
        sysctl.option(word);
      } else {
        words.add(word);
      }
    }
    return sysctl.run(words);
  }

  private void option(String word) throws Stop {
    List<String> letters = switch (word) {
      case "--write" -> List.of("w");
      case "--values" -> List.of("n");
      case "--quiet" -> List.of("q");
      case "--all" -> List.of("a");
      case "--ignore" -> List.of("e");
      default -> word.startsWith("--") ? List.of(word) : List.of(word.substring(1).split(""));
    };
    for (String letter : letters) {
      switch (letter) {
        case "w" -> write = true;
        case "n" -> bare = true;
        case "q" -> quiet = true;
        case "e" -> tolerant = true;
        case "a", "A", "X" -> all = true;
        default -> throw Stop.unsupported(word);
      }
    }
  }

  private Command run(List<String> words) throws Stop {
    if (all) {
      for (String key : Sysctls.keys(prompt.lab(), prompt.at())) {
        if (pattern.filter(p -> !p.matcher(key).find()).isPresent()) {
          continue;
        }
        say(key, Sysctls.find(prompt.lab(), prompt.at(), key).orElseThrow());
      }
    } else if (words.isEmpty()) {
      throw Stop.exit(1, "sysctl: no variables specified", "Try `sysctl --help' for more information.");
    }
    for (String word : words) {
      one(word);
    }
    if (!complaints.isEmpty() && !edits.isEmpty()) {
      throw Stop.exit(1, complaints.toArray(String[]::new));
    }
    boolean silent = quiet && !edits.isEmpty();
    Answer answer = values.isEmpty() || silent ? new Answer.Nothing() : new Answer.Settings(values);
    Command.Said said = new Command.Said(complaints.isEmpty() ? 0 : 1, silent ? List.of() : out, complaints, answer);
    return switch (edits.size()) {
      case 0 -> said;
      case 1 -> new Command.Change(edits.getFirst(), 1, said);
      default -> new Command.Change(new Edit.Together(edits), 1, said);
    };
  }

  /** It goes on behind a mistake; but where anything was to be written nothing is (kd-13). */
  private void one(String word) throws Stop {
    int equals = word.indexOf('=');
    String key = dotted(equals < 0 ? word : word.substring(0, equals));
    String value = equals < 0 ? "" : word.substring(equals + 1);
    Optional<String> present = Sysctls.find(prompt.lab(), prompt.at(), key);
    if (equals < 0 && write || key.isEmpty()) {
      complaints.add("sysctl: command line(0): invalid syntax, continuing...");
      return;
    }
    if (present.isEmpty()) {
      missing(key);
    } else if (equals >= 0) {
      edits.add(new Edit.WriteSysctl(prompt.at(), key, value));
      say(key, value);
    } else {
      say(key, present.get());
    }
  }

  private void missing(String key) throws Stop {
    if (KernelKeys.has(key) && !isOfMissingDevice(prompt, key)) {
      throw Stop.unsupported(key);
    }
    if (!tolerant) {
      complaints.add("sysctl: cannot stat /proc/sys/" + key.replace('.', '/') + ": No such file or directory");
    }
  }

  /** A key of a device that is not there does not exist; any other unknown one is one that the model does not have. */
  static boolean isOfMissingDevice(Prompt prompt, String key) {
    String[] parts = key.split("\\.");
    boolean ofDevice = parts.length >= 5 && key.matches("net\\.ipv[46]\\.(conf|neigh)\\..*");
    String device = ofDevice ? String.join(".", List.of(parts).subList(3, parts.length - 1)) : "";
    return ofDevice && !device.equals("all") && !device.equals("default")
        && prompt.lab().find(prompt.ref(device)).filter(d -> !key.startsWith("net.ipv6.") || d.inet6().isRunning())
            .isEmpty();
  }

  /** Slashes part a key too, or stand for the dots of a device's name; the model's keys are written with dots. */
  private static String dotted(String key) {
    return key.replace('/', '.');
  }

  private void say(String key, String value) {
    out.add(bare ? value : key + " = " + value);
    if (!bare) {
      values.put(key, String.join(" ", value.strip().split("\\s+")));
    }
  }
}
