package org.hopscope.model.kube.codec;

import java.util.Set;

/** Kinds of the API that are real and not modelled, as far as they look like a misspelt one that is. */
final class Skippable {
  static final Set<String> KINDS = Set.of("PodList", "Job", "CronJob", "Event", "Role", "Lease");

  private Skippable() {
  }
}
