package org.hopscope.model.netfilter;

/** Which side of a packet is translated (kernel enum nf_nat_manip_type). */
public enum Manip {
  SOURCE, DESTINATION;

  public Manip opposite() {
    return this == SOURCE ? DESTINATION : SOURCE;
  }

  /** Destinations before the way is chosen, sources behind (kernel HOOK2MANIP). */
  public static Manip at(Hook hook) {
    return hook == Hook.POSTROUTING || hook == Hook.INPUT ? SOURCE : DESTINATION;
  }
}
