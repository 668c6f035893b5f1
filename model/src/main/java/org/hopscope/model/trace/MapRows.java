package org.hopscope.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.cilium.CiliumMaps;
import org.hopscope.model.lab.LabState;

/** What an eBPF program of Cilium had in hand when it asked a map. */
final class MapRows {
  private MapRows() {
  }

  static List<Considered> consider(Lookup.MapLookup lookup, LabState at) {
    List<Considered> rows = new ArrayList<>();
    for (CiliumMaps.Row row : at.clusterOf(lookup.netns().host()).flatMap(CiliumMaps::of)
        .map(m -> m.rows(lookup.netns().host(), lookup.map())).orElse(List.of())) {
      if (!row.key().equals(lookup.key())) {
        rows.add(new Considered(row.key() + " → " + row.value(), false, Sentences.say("map.lose"), Optional.empty()));
      }
    }
    rows.add(new Considered(lookup.key() + lookup.found().map(v -> " → " + v).orElse(""), true,
        Sentences.say(lookup.found().isPresent() ? "map.win" : "map.miss"), Optional.empty()));
    return rows;
  }
}
