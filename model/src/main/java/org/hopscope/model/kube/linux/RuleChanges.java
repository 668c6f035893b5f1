package org.hopscope.model.kube.linux;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.AlikeRestore;
import org.hopscope.model.iptables.RestoreFile;

/** What has to be written to get from some rules to others, worked out once for all nodes that have the same. */
final class RuleChanges {
  private final IpFamily family;
  private final RuleWriter writer;
  private final Map<Way, Optional<Change>> known = new HashMap<>();

  RuleChanges(IpFamily family) {
    this.family = family;
    writer = new RuleWriter(family);
  }

  IpFamily family() {
    return family;
  }

  /** From where to where, by identity. */
  private record Way(NodeRules from, NodeRules to, boolean whole) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Way(NodeRules start, NodeRules end, boolean anew) && start == from && end == to
          && anew == whole;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(from) * 31 + System.identityHashCode(to);
    }
  }

  /** One restore. */
  record Change(List<RestoreFile.Section> sections, AlikeRestore restore) {
  }

  /** What is to be restored; nothing when both are the same. */
  Optional<Change> of(NodeRules from, NodeRules to, boolean whole) {
    return known.computeIfAbsent(new Way(from, to, whole), _ -> {
      List<RestoreFile.Section> sections = writer.sections(from, to, whole);
      return sections.isEmpty() ? Optional.empty()
          : Optional.of(new Change(sections, new AlikeRestore(family, sections)));
    });
  }
}
