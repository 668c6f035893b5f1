package org.hopscope.model.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.ipset.SetComplaint;
import org.hopscope.model.ipset.SetEditor;
import org.hopscope.model.netfilter.Chain;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.NetfilterState;
import org.hopscope.model.netfilter.Rulesets;
import org.hopscope.model.netfilter.TableName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Holds single rules against what the real iptables said to each; see {@code src/test/oracle/rules/record.py}. */
@DisplayName("A rule is taken or refused as iptables does, and saved as it saves it (sem-N17)")
class RuleLinesTest {
  private static final Path TRUTH = Path.of("src/test/oracle/rules/truth.tsv");

  /** Lines with words that the model refuses by name: all of SYNPROXY. */
  private static final int UNSUPPORTED = 15;

  /** What the program says where no resolver answers: a lab has none that fails for now. */
  private static final String NO_RESOLVER = "Temporary failure in name resolution";

  /** As {@code record.py} makes them. */
  private static final PSortedMap<String, IpSet> SETS = sets("blue hash:ip", "green hash:net timeout 60",
      "red hash:ip,port", "blue6 hash:ip family inet6");

  private static PSortedMap<String, IpSet> sets(String... made) {
    PSortedMap<String, IpSet> sets = TreePMap.empty();
    for (String words : made) {
      try {
        sets = SetEditor.apply(sets, List.of(("create " + words).split(" ")), Set.of(), 0).sets();
      } catch (SetComplaint complaint) {
        throw new AssertionError(complaint);
      }
    }
    return sets;
  }

  private record Place(IpFamily family, TableName table, String chain) {
    static Place of(String line) {
      String[] words = line.substring(1).split(" ");
      return new Place(words[0].equals("4") ? IpFamily.INET : IpFamily.INET6, TableName.named(words[1]).orElseThrow(),
          words[2]);
    }
  }

  private static Filter with(Filter before, Place place, List<String> words) throws Complaint {
    return with(before, place, words, new ArrayList<>());
  }

  private static Filter with(Filter before, Place place, List<String> words, List<String> remarks) throws Complaint {
    return RuleEditor.apply(before, place.family(), CommandReader.read(place.family(), words, remarks));
  }

  /** The exit status, the rules as saved, and the first line that is said. */
  private static String answer(Place place, String line) {
    List<String> words =
        new ArrayList<>(List.of("-t", place.table().word(), "-A", place.chain()));
    words.addAll(RestoreReader.split(line));
    List<String> said = new ArrayList<>();
    try {
      Filter empty = with(new Filter(Rulesets.NONE.withSets(SETS), NetfilterState.EMPTY), place,
          List.of("-t", place.table().word(), "-N", "user"));
      Filter after = with(empty, place, words, said);
      Optional<Chain> chain =
          after.rules().of(place.family()).table(place.table()).flatMap(t -> t.chain(place.chain()));
      return "0\t" + String.join(" ;; ", chain.orElseThrow().rules().stream().map(SaveText::of).toList())
          + "\t" + String.join("", said);
    } catch (Complaint complaint) {
      said.addAll(complaint.lines(CommandText.program(place.family())));
      return complaint.status() + "\t\t" + said.getFirst().strip();
    }
  }

  @Test
  @DisplayName("every recorded line")
  void agrees() throws IOException {
    List<String> different = new ArrayList<>();
    List<String> unsupported = new ArrayList<>();
    List<String> otherwise = new ArrayList<>();
    Optional<Place> place = Optional.empty();
    int lines = 0;
    for (String each : Files.readAllLines(TRUTH)) {
      if (each.startsWith(":")) {
        place = Optional.of(Place.of(each));
        continue;
      }
      String[] parts = each.split("\t", -1);
      String said = answer(place.orElseThrow(), parts[1]);
      lines++;
      boolean refused = !parts[0].equals("0");
      boolean agrees = refused
          ? !said.startsWith("0\t") : said.equals("0\t" + parts[2] + "\t" + parts[3]);
      if (agrees && refused && !said.equals(parts[0] + "\t\t" + parts[3].strip()) && !said.startsWith("127\t")
          && !parts[3].contains(NO_RESOLVER)) {
        otherwise.add(parts[1] + "\n    iptables: " + parts[0] + " " + parts[3] + "\n    model:    " + said);
      }
      if (!agrees) {
        (said.startsWith("127\t") ? unsupported : different)
            .add(place.get() + " " + parts[1] + "\n    iptables: " + parts[0] + " " + parts[2] + " " + parts[3]
                + "\n    model:    " + said);
      }
    }
    assertThat(lines).isGreaterThan(1850);
    assertThat(different).isEmpty();
    assertThat(unsupported).hasSizeLessThanOrEqualTo(UNSUPPORTED);
    assertThat(otherwise).isEmpty();
  }
}
