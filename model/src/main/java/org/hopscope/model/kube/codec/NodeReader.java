package org.hopscope.model.kube.codec;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.object.KubeNode;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.kube.object.Taint;
import org.hopscope.model.kube.object.Toleration;

/** Reads nodes, and what pods put up with on them. */
final class NodeReader {
  private NodeReader() {
  }

  static KubeNode node(View fields, Meta meta) throws ManifestException {
    KubeNode bare = fields.object("spec", f -> {
      f.leave("podCIDR", "providerID");
      return new KubeNode(meta, List.of(), f.parsedList("podCIDRs", "a block of addresses", IpPrefix::parse), false,
          new KubeNode.Scheduling(f.flag("unschedulable").orElse(false), f.list("taints", NodeReader::taint)));
    }).orElse(new KubeNode(meta, List.of(), List.of(), false));
    return fields.object("status", f -> {
      List<Optional<IpAddress>> addresses = f.list("addresses", a -> a.required("type").equals("InternalIP")
          ? a.parsed("address", "an address", IpAddress::parse)
          : Optional.empty());
      boolean ready = f.list("conditions", c -> c.required("type").equals("Ready") && c.required("status").equals(
          "True")).contains(true);
      return new KubeNode(meta, addresses.stream().flatMap(Optional::stream).toList(), bare.podCidrs(), ready,
          bare.scheduling());
    }).orElse(bare);
  }

  private static Taint taint(View fields) throws ManifestException {
    fields.leave("timeAdded");
    fields.required("effect");
    return new Taint(fields.required("key"), fields.text("value").orElse(""), effect(fields));
  }

  private static Taint.Effect effect(View fields) throws ManifestException {
    return fields.word("effect", List.of(Taint.Effect.values()), Taint.Effect::word);
  }

  /** The {@code tolerations} of a pod; how long NoExecute is put up with is left out. */
  static List<Toleration> tolerations(View pod) throws ManifestException {
    return pod.list("tolerations", f -> {
      f.leave("tolerationSeconds");
      String operator = f.text("operator").orElse("Equal");
      String key = f.text("key").orElse("");
      if (!List.of("Equal", "Exists").contains(operator)) {
        throw f.wrong("operator", "\"" + operator + "\" is none of [Equal, Exists]");
      }
      if (key.isEmpty() && operator.equals("Equal")) {
        throw f.wrong("operator", "must be Exists when `key` is empty, which means \"match all values and all keys\"");
      }
      Optional<Taint.Effect> effect = f.text("effect").filter(e -> !e.isEmpty()).isPresent()
          ? Optional.of(effect(f))
          : Optional.empty();
      return new Toleration(key, f.text("value").orElse(""), operator.equals("Exists"), effect);
    });
  }
}
