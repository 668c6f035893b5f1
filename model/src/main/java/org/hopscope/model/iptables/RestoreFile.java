package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;

/**
 * What {@code iptables-restore} is given, read line by line; each section is done as a whole when its COMMIT comes.
 *
 * @param sections the tables in order
 * @param stopped what is wrong with the file, behind its last whole section
 * @param remarks what the program tells of lines that it takes
 */
public record RestoreFile(List<Section> sections, Optional<Stopped> stopped, List<String> remarks) {
  public RestoreFile {
    sections = List.copyOf(sections);
    remarks = List.copyOf(remarks);
  }

  /**
   * One table, from its star to its COMMIT.
   *
   * @param lines what stands between, in order
   * @param commit the number of the line with COMMIT
   */
  public record Section(TableName table, List<Line> lines, int commit) {
    public Section {
      lines = List.copyOf(lines);
    }

    /** The rules that its commands name. */
    public Stream<Rule> rules() {
      return lines.stream().flatMap(line -> switch (line) {
        case Line.Ordered(int _, IptablesCommand command) -> command.rules().stream();
        case Line.Declared _ -> Stream.empty();
      });
    }
  }

  /** A line of a section, with its number from 1. */
  public sealed interface Line {
    int number();

    /** {@code :CHAIN POLICY [PACKETS:BYTES]}; {@code -} is the policy of a user's chain. */
    record Declared(int number, String chain, String policy, Tally counted) implements Line {
    }

    /** A command, as behind {@code iptables}. */
    record Ordered(int number, IptablesCommand command) implements Line {
    }
  }

  /** Where reading stopped, and what the program says. */
  public record Stopped(int line, int status, List<String> said) {
  }

  /**
   * How a file is taken.
   *
   * @param noflush whether what is there stays
   * @param counters whether counters are taken over
   * @param test whether nothing is to be changed
   * @param only the name of one table alone; there need not be one of that name
   */
  public record Options(boolean noflush, boolean counters, boolean test, Optional<String> only) {
  }

  /** Reads the lines of a file. */
  public static RestoreFile read(IpFamily family, List<String> lines, Options options, String program) {
    RestoreReader reader = new RestoreReader(family, options, program);
    List<Section> sections = new ArrayList<>();
    for (String line : lines) {
      Optional<Stopped> stopped = reader.line(line, sections);
      if (stopped.isPresent()) {
        return new RestoreFile(sections, stopped, reader.remarks());
      }
    }
    return new RestoreFile(sections, reader.end(), reader.remarks());
  }
}
