package org.hopscope.app.cli.fuzz;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.app.cli.facts.Agreement;

/**
 * How a model's results stand to the kernel's, up to the first line from which on the two labs are not the same any more.
 *
 * @param lines how many lines were compared
 * @param first the first line that differs without an explanation
 * @param explained ids of known differences that were met
 * @param unsupported words that the model refused by name where the kernel took them or refused them otherwise
 */
record Verdict(int lines, Optional<Difference> first, List<String> explained, List<String> unsupported) {
  /**
   * A line that the two answer differently.
   *
   * @param line its number in the script, from 1
   * @param command the line
   * @param what what differs, both sides
   * @param kernel the kernel's result
   * @param model the model's result
   * @param before the commands before it
   */
  record Difference(int line, String command, List<String> what, JsonObject kernel, JsonObject model,
      List<String> before) {
    /** What kind of difference it is: programs and key words of the line without names and numbers, and what differs. */
    String kind() {
      String words = command.replaceFirst("^(ip netns exec \\S+ )+", "").replaceFirst("^(ip|bridge) -n \\S+ ", "$1 ")
          .replaceAll("\\S*[0-9@]\\S*", "_");
      String[] parts = words.split(" ");
      String classes = kernel.get("class").getAsString() + " / " + model.get("class").getAsString();
      List<String> aspects = what.stream().map(Difference::aspect).toList();
      return String.join(" ", List.of(parts).subList(0, Math.min(4, parts.length))) + " | " + classes + " | "
          + String.join(" ", aspects);
    }

    /** {@code rc}, {@code class}, or the facts that differ: the last names of their paths. */
    private static String aspect(String what) {
      if (!what.startsWith("facts")) {
        return what.replaceFirst("(?s):.*", "");
      }
      return what.lines().map(l -> l.replaceFirst("^facts", "").strip().replaceFirst("^: ", "").replaceFirst(": .*", "")
          .replaceFirst(".*\\.", "")).distinct().sorted().collect(Collectors.joining("+", "facts ", ""));
    }
  }

  /** Compares two runs of the same script. */
  static Verdict of(JsonArray kernel, JsonArray model) {
    List<String> explained = new ArrayList<>();
    List<String> unsupported = new ArrayList<>();
    List<String> before = new ArrayList<>();
    int lines = 0;
    for (int i = 0; i < kernel.size(); i++) {
      JsonObject theirs = kernel.get(i).getAsJsonObject();
      JsonObject ours = model.get(i).getAsJsonObject();
      lines++;
      List<String> what = Agreement.differences(theirs, ours);
      before.add(theirs.get("cmd").getAsString());
      if (what.isEmpty() && Known.isHalfDone(theirs)) {
        explained.add(Known.HALF_DONE);
        break;
      }
      if (what.isEmpty()) {
        continue;
      }
      Difference difference =
          new Difference(theirs.get("line").getAsInt(), theirs.get("cmd").getAsString(), what, theirs, ours,
              List.copyOf(before));
      if (ours.get("class").getAsString().equals("unsupported")) {
        unsupported.add(ours.get("err").toString().replaceFirst(".*not supported: ([^\"\\\\]*).*", "$1"));
        if (leavesTraces(difference)) {
          break;
        }
        continue;
      }
      Optional<Known> known = Known.of(difference);
      if (known.isEmpty()) {
        return new Verdict(lines, Optional.of(difference), explained, unsupported);
      }
      explained.add(known.get().id());
      if (known.get().parts()) {
        break;
      }
    }
    return new Verdict(lines, Optional.empty(), explained, unsupported);
  }

  /** Whether a command may have left something behind on the kernel: of those that only show, the lab goes on. */
  private static boolean leavesTraces(Difference difference) {
    String command = difference.command();
    boolean sends = command.matches(".*\\b(ping|ping6|arping|traceroute|nc)\\b.*");
    boolean shows = command.matches(".*\\b(show|list|lst|get|dump|help)\\b.*|.*\\bsysctl net\\S*$");
    return sends || !shows && difference.kernel().get("rc").getAsInt() == 0;
  }
}
