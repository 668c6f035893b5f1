package org.hopscope.lessons.check;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;

/** Judges what a command shows. It is run on a lab of its own, so that nothing it does is kept. */
final class Reading {
  private Reading() {
  }

  static Optional<Cause> problem(LabState lab, NetnsId at, Check.Shows check) {
    Reply reply = Shell.run(new Session(lab), at, check.command());
    long found = reply.out().stream().filter(line -> has(line, check.words())).count();
    if (found >= check.atLeast()) {
      return Optional.empty();
    }
    ThingName place = new ThingName.OfNetns(check.in());
    return Optional.of(reply.exit() != 0
        ? Cause.of(Band.POLICY, place, "shows.failed", check.command(), check.in(), complaint(reply))
        : Cause.of(Band.POLICY, place, found == 0 ? "shows.not" : "shows.few", check.command(), check.in(),
            String.join(" ", check.words()), found, check.atLeast()));
  }

  /** What a command says that failed; some programs say it where answers stand. */
  private static String complaint(Reply reply) {
    List<String> said = reply.err().isEmpty() ? reply.out().stream().filter(l -> !l.isBlank()).toList() : reply.err();
    return reply.err().isEmpty() && !said.isEmpty() ? said.getLast() : String.join("; ", said);
  }

  private static boolean has(String line, List<String> words) {
    String plain = plain(line);
    return words.stream().allMatch(word -> plain.contains(plain(word)));
  }

  private static String plain(String text) {
    return " " + String.join(" ", text.strip().split("\\s+")) + " ";
  }
}
