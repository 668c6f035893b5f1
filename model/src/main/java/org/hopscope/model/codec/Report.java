package org.hopscope.model.codec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hopscope.model.journal.Journal;
import org.hopscope.model.journal.Replay;
import org.hopscope.model.lab.LabState;

/**
 * What someone sends who has met with a problem: everything that was done, and a mark of each lab it led to, so that who
 * does it again can tell whether it went the same way.
 *
 * @param journal what was done
 * @param marks a mark of the lab after each entry; the last is that of the lab which was on the screen. None in reports
 *     of the first format
 * @param system what of the machine can matter
 */
public record Report(Journal journal, List<String> marks, SortedMap<String, String> system) {
  private static final int MARK = 16;
  private static final List<String> MATTERS = List.of("java.version", "java.vendor", "java.vm.name", "os.name",
      "os.version", "os.arch", "file.encoding", "javafx.version", "prism.order", "glass.platform");

  public Report {
    marks = List.copyOf(marks);
    system = Collections.unmodifiableSortedMap(new TreeMap<>(system));
  }

  /**
   * A report on what was done.
   *
   * @param shown the lab that it led to
   * @param properties the system properties; only those that matter are taken: none names a person or a folder
   */
  public static Report of(Journal journal, LabState shown, Map<String, String> properties) {
    List<String> marks = new ArrayList<>();
    Replay.of(journal, lab -> marks.add(mark(lab)));
    if (!marks.isEmpty()) {
      marks.set(marks.size() - 1, mark(shown));
    }
    SortedMap<String, String> system = new TreeMap<>();
    MATTERS.stream().filter(properties::containsKey).forEach(name -> system.put(name, properties.get(name)));
    return new Report(journal, marks, system);
  }

  /**
   * What came of doing everything of a report again.
   *
   * @param replay the session it led to
   * @param verdict whether it went as it is written
   */
  public record Rerun(Replay replay, Verdict verdict) {
  }

  /** Whether a run went as its report says. */
  public sealed interface Verdict {
    /** Each lab is the one that was. */
    record Identical() implements Verdict {
    }

    /**
     * Everything was done, but led elsewhere.
     *
     * @param entry the first entry after which the lab is another, counted from 1
     */
    record Differs(int entry) implements Verdict {
    }

    /**
     * An entry could not be done.
     *
     * @param entry which, counted from 1
     * @param why the refusal
     */
    record Stopped(int entry, String why) implements Verdict {
    }

    /** Everything was done; the report has no marks to compare with. */
    record Unmarked() implements Verdict {
    }
  }

  /** Does everything again. */
  public Rerun rerun() {
    List<String> again = new ArrayList<>();
    Replay replay = Replay.of(journal, lab -> again.add(mark(lab)));
    return new Rerun(replay, verdict(replay, again));
  }

  private Verdict verdict(Replay replay, List<String> again) {
    if (replay.problem().isPresent()) {
      return new Verdict.Stopped(replay.done() + 1, replay.problem().get());
    }
    if (marks.isEmpty() && !journal.entries().isEmpty()) {
      return new Verdict.Unmarked();
    }
    for (int i = 0; i < again.size(); i++) {
      if (i >= marks.size() || !again.get(i).equals(marks.get(i))) {
        return new Verdict.Differs(i + 1);
      }
    }
    return new Verdict.Identical();
  }

  /** The first half of the SHA-256 of the lab's document. */
  private static String mark(LabState lab) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(LabCodec.encode(lab).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, MARK);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
