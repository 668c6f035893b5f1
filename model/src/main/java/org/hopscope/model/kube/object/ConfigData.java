package org.hopscope.model.kube.object;

import org.pcollections.PSortedMap;

/**
 * A ConfigMap or a Secret: named texts.
 *
 * @param kind which of the two
 * @param type a secret's type, {@code Opaque} unless said; empty for a config map
 * @param data the texts by key; of a secret as they are written: in base64
 */
public record ConfigData(Kind kind, Meta meta, String type, PSortedMap<String, String> data) implements KubeObject {
  @Override
  public ConfigData withMeta(Meta value) {
    return new ConfigData(kind, value, type, data);
  }
}
