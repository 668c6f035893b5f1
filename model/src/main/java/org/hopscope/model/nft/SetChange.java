package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts elements into a set and takes them out, with the kernel's and nft's objections. */
final class SetChange {
  private final NftSet set;
  private final Map<List<Span>, NftSet.Element> elements = new LinkedHashMap<>();
  /** Where those stand that this change put in. */
  private final Map<List<Span>, Token> added = new HashMap<>();

  SetChange(NftSet set) {
    this.set = set;
    set.elements().forEach(e -> elements.put(e.key(), e));
  }

  void add(ElementReader.Placed placed, boolean create) throws NftComplaint {
    NftSet.Element fresh = placed.element();
    NftSet.Element old = elements.get(fresh.key());
    if (old != null) {
      if (create || !old.data().equals(fresh.data())) {
        throw NftComplaint.kernel(placed.place(), "File exists");
      }
      return;
    }
    if (set.spec().is(NftSet.Flag.INTERVAL) && set.spec().keys().size() == 1 && !set.spec().options().autoMerge()) {
      for (List<Span> key : elements.keySet()) {
        if (key.getFirst().meets(fresh.key().getFirst())) {
          Optional<Token> beside = Optional.ofNullable(added.get(key));
          throw beside.isPresent()
              ? NftComplaint.between(placed.place(), beside.get(), "conflicting intervals specified")
              : NftComplaint.at(placed.place(), "interval overlaps with an existing one");
        }
      }
    }
    if (set.spec().options().size().filter(s -> elements.size() >= s).isPresent()) {
      throw NftComplaint.kernel(placed.place(), "Too many open files in system");
    }
    elements.put(fresh.key(), fresh);
    added.put(fresh.key(), placed.place());
  }

  void remove(ElementReader.Placed placed, long now) throws NftComplaint {
    NftSet.Element old = elements.get(placed.element().key());
    if (old == null || !old.livesAt(now)) {
      boolean interval = set.spec().is(NftSet.Flag.INTERVAL) && set.spec().keys().size() == 1;
      throw interval ? NftComplaint.at(placed.place(), "element does not exist")
          : NftComplaint.kernel(placed.place(), "No such file or directory");
    }
    elements.remove(placed.element().key());
  }

  NftSet result() {
    List<NftSet.Element> all = new ArrayList<>(elements.values());
    boolean merges = set.spec().options().autoMerge() && set.spec().keys().size() == 1 && !set.spec().isMap();
    return set.with(merges ? ElementReader.merged(all) : all);
  }
}
