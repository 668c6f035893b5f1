package org.hopscope.model.shell;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.kube.object.ConfigData;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.kube.object.Meta;
import org.hopscope.model.tls.Certificate;
import org.pcollections.TreePMap;

/** {@code kubectl create secret tls NAME --cert=FILE --key=FILE}: a certificate with its key, both in base64. */
final class KubectlSecret {
  private KubectlSecret() {
  }

  static KubeObject read(KubectlProgram.Context where, Args args) throws Stop {
    KubectlOptions options = KubectlOptions.of("create secret", args, Set.of("cert", "key"), Set.of());
    if (options.words().isEmpty() || !options.words().getFirst().equals("tls")) {
      throw Stop.unsupported("kubectl create secret " + (options.words().isEmpty() ? "" : options.words().getFirst()));
    }
    if (options.words().size() != 2) {
      throw Stop.exit(1, "error: exactly one NAME is required, got " + (options.words().size() - 1));
    }
    Optional<String> cert = options.value("cert");
    Optional<String> key = options.value("key");
    if (cert.isEmpty() || key.isEmpty()) {
      throw Stop.exit(1, "error: required flag(s) " + (cert.isEmpty() ? "\"cert\"" : "") + (cert.isEmpty() && key
          .isEmpty() ? ", " : "") + (key.isEmpty() ? "\"key\"" : "") + " not set");
    }
    List<String> shown = KubectlApply.open(where, cert.get());
    if (Certificate.parse(String.join("\n", shown)).isEmpty()) {
      throw Stop.exit(1, "error: tls: failed to find any PEM data in certificate input");
    }
    return new ConfigData(Kind.SECRET, Meta.of(where.namespace(), options.words().get(1)), "kubernetes.io/tls",
        TreePMap.<String, String>empty().plus("tls.crt", coded(shown)).plus("tls.key", coded(KubectlApply.open(where,
            key.get()))));
  }

  private static String coded(List<String> lines) {
    String text = String.join("", lines.stream().map(l -> l + "\n").toList());
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
