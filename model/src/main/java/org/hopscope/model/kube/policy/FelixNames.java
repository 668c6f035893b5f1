package org.hopscope.model.kube.policy;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Digest;
import org.hopscope.model.kube.object.NetworkPolicy;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.Selector;

/** The names that Calico gives to devices, chains and sets. */
public final class FelixNames {
  private static final int CHAIN = 28;
  private static final int SET = 31;

  private FelixNames() {
  }

  /** The node's end of a pod's pair (libcalico-go, VethNameForWorkload). */
  public static String device(ObjectKey pod) {
    return "cali" + HexFormat.of().formatHex(Digest.SHA_1.of(pod.namespace() + "." + pod.name())).substring(0, 11);
  }

  /** A prefix and a name, or the beginning of its digest when that is too long (felix/hashutils, GetLengthLimitedID). */
  static String chain(String prefix, String name) {
    return prefix.length() + name.length() <= CHAIN && !name.startsWith("_")
        ? prefix + name
        : (prefix + "_" + text(Digest.SHA_256.of(name))).substring(0, CHAIN);
  }

  /** What Calico calls a NetworkPolicy: {@code NAMESPACE/knp.default.NAME}. */
  static String policy(ObjectKey policy) {
    return policy.namespace() + "/knp.default." + policy.name();
  }

  /** {@code cali40s:…} for pods that are selected, {@code cali40n:…} for ports by name; the digits follow from the text. */
  static String set(IpFamily family, char kind, String text) {
    String name = "cali" + (family == IpFamily.INET ? "4" : "6") + "0" + kind + ":" + text(Digest.SHA_224.of(text));
    return name.substring(0, Math.min(SET, name.length()));
  }

  /** A peer in Calico's own language of selectors. */
  static String selector(NetworkPolicy.Peer.Pods peer, String namespace) {
    List<String> parts = new ArrayList<>();
    Optional<Selector> namespaces = peer.namespaces();
    if (namespaces.isEmpty()) {
      parts.add("projectcalico.org/namespace == \"" + namespace + "\"");
    } else if (namespaces.get().equals(Selector.ALL)) {
      parts.add("has(projectcalico.org/namespace)");
    } else {
      say(namespaces.get(), "pcns.", parts);
    }
    parts.add("projectcalico.org/orchestrator == \"k8s\"");
    peer.pods().ifPresent(s -> say(s, "", parts));
    return String.join(" && ", parts);
  }

  private static void say(Selector selector, String prefix, List<String> parts) {
    selector.labels().forEach((key, value) -> parts.add(prefix + key + " == \"" + value + "\""));
    for (Selector.Expression each : selector.expressions()) {
      String key = prefix + each.key();
      String set = each.values().stream().map(v -> "\"" + v + "\"").collect(Collectors.joining(", ", "{ ", " }"));
      parts.add(switch (each.operator()) {
        case IN -> key + " in " + set;
        case NOT_IN -> key + " not in " + set;
        case EXISTS -> "has(" + key + ")";
        case DOES_NOT_EXIST -> "! has(" + key + ")";
      });
    }
  }

  private static String text(byte[] digest) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
