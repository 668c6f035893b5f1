package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.lab.Session;

/** A lab's cluster as tests talk to it: manifests are applied, and fields of objects are asked for. */
record Manifests(Session session) {
  List<String> ok(String text) {
    return KubectlTest.ok(session, text);
  }

  void apply(String manifests) {
    ok("kubectl apply -f - <<'EOF'\n" + manifests + "\nEOF");
  }

  /** What stands at a path of an object, as {@code -o jsonpath} tells it. */
  String asked(String what, String path) {
    return String.join("\n", ok("kubectl get " + what + " -o jsonpath='{" + path + "}'"));
  }
}
