package org.hopscope.model.docker;

import java.util.Optional;
import java.util.stream.Stream;

/** In which chains Docker writes its rules (moby integration/network/bridge/iptablesdoc). */
public enum Chains {
  /** Docker 29: DOCKER-INTERNAL, and one DROP for each bridge keeps networks apart (sem-D3). */
  TODAY("29"),
  /** Docker 28.5: DOCKER-ISOLATION-STAGE-1 and -2 keep networks apart. */
  ISOLATION("28");

  private final String word;

  Chains(String word) {
    this.word = word;
  }

  /** The Docker release that writes them. */
  public String word() {
    return word;
  }

  public static Optional<Chains> of(String word) {
    return Stream.of(values()).filter(c -> c.word.equals(word)).findFirst();
  }
}
