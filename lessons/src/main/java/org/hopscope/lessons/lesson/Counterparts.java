package org.hopscope.lessons.lesson;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of Linux answers to what of Kubernetes, as the article's tables say it, and what is true of it.
 *
 * @param tables in the article's order, and one with what it leaves out
 */
public record Counterparts(List<Table> tables) {
  public Counterparts {
    tables = List.copyOf(tables);
  }

  /**
   * Rows that nobody answers for: no lesson shows them and none is said to come, or the lesson there is not, or has come.
   *
   * @param there the ids of the lessons there are
   */
  public List<String> gaps(Set<String> there) {
    return tables.stream().flatMap(t -> t.rows().stream())
        .filter(r -> r.lessons().isEmpty() && r.later().isEmpty() || !there.containsAll(r.lessons())
            || r.later().stream().anyMatch(there::contains))
        .map(Row::linux).toList();
  }

  /** A table of the article, by the heading it stands under. */
  public record Table(String heading, List<Row> rows) {
    public Table {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A row.
   *
   * @param linux what Linux has; an end of line between several
   * @param kubernetes what Kubernetes has
   * @param truth where the article's row wants correcting, or saying more exactly
   * @param lessons the lessons that show it
   * @param later the lessons still to come that will
   */
  public record Row(String linux, String kubernetes, Optional<String> truth, List<String> lessons,
      List<String> later) {
    public Row {
      lessons = List.copyOf(lessons);
      later = List.copyOf(later);
    }
  }
}
