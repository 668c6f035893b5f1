package org.hopscope.app.desktop.reach;

import java.util.stream.Collectors;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.policy.PolicyPreview;

/** What a command would change of the pods' reach, in a sentence. */
public final class PreviewWords {
  private static final int MOST = 3;

  private PreviewWords() {
  }

  /** How many pairs would be cut and opened, the first of them by name, and whether anybody enforces it. */
  public static String of(PolicyPreview preview) {
    String counts = Messages.text("reach.foreseen", preview.count(false), preview.count(true));
    String pairs = preview.changes().stream().limit(MOST)
        .map(c -> Messages.text(c.allowed() ? "reach.foreseen.opens" : "reach.foreseen.cuts", name(c.from()),
            name(c.to())))
        .collect(Collectors.joining(", "));
    String more = preview.changes().size() > MOST ? ", …" : ".";
    String end = preview.enforced() ? "" : " " + Messages.text("reach.foreseen.unenforced", preview.cluster());
    return counts + (pairs.isEmpty() ? "" : " " + pairs + more) + end;
  }

  /** A pod as briefly as can be: its Kubernetes namespace only if it is not default. */
  static String name(ObjectKey pod) {
    return pod.namespace().equals("default") ? pod.name() : pod.namespace() + "/" + pod.name();
  }
}
