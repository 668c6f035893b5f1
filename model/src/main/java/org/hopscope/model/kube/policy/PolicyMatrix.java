package org.hopscope.model.kube.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.PortProtocol;

/**
 * Which pods may connect to which over one port: what is shown before a policy is applied.
 *
 * @param pods the pods, in the order of rows and columns
 * @param rows for each pod the indices of those that it may connect to
 */
public record PolicyMatrix(List<ObjectKey> pods, List<BitSet> rows) {
  public PolicyMatrix {
    pods = List.copyOf(pods);
    rows = List.copyOf(rows);
  }

  /** All pairs; pods without an address are left out. */
  public static PolicyMatrix of(Policies policies, List<KubePod> all, PortProtocol protocol, int port) {
    List<KubePod> pods = all.stream().filter(p -> !p.status().addresses().isEmpty()).toList();
    List<Party> parties = pods.stream().map(p -> Party.of(p).orElseThrow()).toList();
    int[] indices = pods.stream().mapToInt(p -> policies.index(p).orElse(-1)).toArray();
    List<BitSet> in = Arrays.stream(indices)
        .mapToObj(i -> i < 0 ? new BitSet() : policies.others(Direction.INGRESS, i, protocol, port)).toList();
    List<BitSet> rows = new ArrayList<>();
    for (int from = 0; from < indices.length; from++) {
      BitSet row = new BitSet(indices.length);
      BitSet out = indices[from] < 0
          ? new BitSet()
          : policies.others(Direction.EGRESS, indices[from], protocol, port);
      for (int to = 0; to < indices.length; to++) {
        row.set(to, indices[from] < 0 || indices[to] < 0
            ? policies.allows(new Connection(parties.get(from), parties.get(to), protocol, port))
            : out.get(indices[to]) && in.get(to).get(indices[from]));
      }
      rows.add(row);
    }
    return new PolicyMatrix(pods.stream().map(KubePod::key).toList(), rows);
  }

  /** Whether one pod may connect to another, by their places. */
  public boolean allows(int from, int to) {
    return rows.get(from).get(to);
  }

  /**
   * A pair for which something changes.
   *
   * @param allowed how it is afterwards
   */
  public record Change(ObjectKey from, ObjectKey to, boolean allowed) {
  }

  /** What is different afterwards, for pods that are in both, by row. */
  public List<Change> changes(PolicyMatrix after) {
    List<Change> changes = new ArrayList<>();
    Map<ObjectKey, Integer> places = new HashMap<>();
    after.pods().forEach(p -> places.put(p, places.size()));
    int[] there = pods.stream().mapToInt(p -> places.getOrDefault(p, -1)).toArray();
    for (int from = 0; from < there.length; from++) {
      for (int to = 0; to < there.length; to++) {
        if (there[from] >= 0 && there[to] >= 0 && allows(from, to) != after.allows(there[from], there[to])) {
          changes.add(new Change(pods.get(from), pods.get(to), !allows(from, to)));
        }
      }
    }
    return List.copyOf(changes);
  }
}
