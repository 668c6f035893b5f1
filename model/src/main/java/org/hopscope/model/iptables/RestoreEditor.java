package org.hopscope.model.iptables;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;

/** Loads sections of rules, each whole or not at all. */
public final class RestoreEditor {
  private RestoreEditor() {
  }

  /**
   * How far a file was loaded.
   *
   * @param filter the filter with the sections before the one that failed
   * @param done how many sections
   * @param stopped what is wrong with the next one; empty when all are done
   */
  public record Loaded(Filter filter, int done, Optional<RestoreFile.Stopped> stopped) {
  }

  /** Loads section after section, until one fails. */
  public static Loaded load(Filter before, IpFamily family, List<RestoreFile.Section> sections, boolean noflush,
      String program) {
    Filter filter = before;
    for (int i = 0; i < sections.size(); i++) {
      SectionLoad load = new SectionLoad(filter, family, sections.get(i), noflush);
      try {
        filter = load.run();
      } catch (Complaint complaint) {
        int at = load.line();
        boolean kernel = complaint.isKernels() || complaint.status() == 1;
        RestoreFile.Stopped stopped =
            RestoreReader.stopped(program, complaint, at, kernel ? at : sections.get(i).commit());
        List<String> said = Stream.concat(stopped.said().stream(), load.later().stream()).toList();
        return new Loaded(filter, i, Optional.of(new RestoreFile.Stopped(at, stopped.status(), said)));
      }
    }
    return new Loaded(filter, sections.size(), Optional.empty());
  }
}
