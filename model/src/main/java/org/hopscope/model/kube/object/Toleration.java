package org.hopscope.model.kube.object;

import java.util.Optional;

/**
 * What a pod puts up with (Kubernetes core/v1 Toleration).
 *
 * @param key the taint's key; empty for any
 * @param value the taint's value, when {@code any} is not said
 * @param any whether the value does not matter: operator Exists
 * @param effect the taint's effect; empty for any
 */
public record Toleration(String key, String value, boolean any, Optional<Taint.Effect> effect) {
  boolean tolerates(Taint taint) {
    return (key.isEmpty() && any || key.equals(taint.key())) && (any || value.equals(taint.value()))
        && effect.map(e -> e == taint.effect()).orElse(true);
  }
}
