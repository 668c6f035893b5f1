package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Session;
import org.junit.jupiter.api.BeforeEach;

/** A cluster with CoreDNS, a shop with Services of several kinds, and a pod that asks for names. */
abstract class ShopNames {
  final Session session = new Session(Editor.fresh(11));

  @BeforeEach
  void cluster() {
    ok("hop cluster create q --nodes 2 --dns coredns --service-cidr 10.40.0.0/16");
    ok("""
        kubectl apply -f - <<'EOF'
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: asker}
        spec: {nodeName: q-node1, containers: [{name: a, image: busybox}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: till-0, namespace: shop, labels: {app: till}}
        spec:
          nodeName: q-node2
          hostname: till-0
          subdomain: tills
          containers: [{name: t, image: till, ports: [{containerPort: 8080, name: pay}]}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: till, namespace: shop}
        spec: {clusterIP: 10.40.7.7, selector: {app: till}, ports: [{port: 80, targetPort: pay, name: web}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: tills, namespace: shop}
        spec: {clusterIP: None, selector: {app: till}, ports: [{port: 8080, name: pay}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: bank, namespace: shop}
        spec: {type: ExternalName, externalName: example.com}
        EOF
        """);
  }

  Reply run(String text) {
    return KubectlTest.run(session, text);
  }

  List<String> ok(String text) {
    return KubectlTest.ok(session, text);
  }

  List<String> inAsker(String command) {
    return ok("kubectl exec asker -- " + command);
  }

  Reply told(String plugins) {
    return run("kubectl apply -f - <<'EOF'\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: coredns, namespace: "
        + "kube-system}\ndata:\n  Corefile: |\n    .:53 {\n" + plugins.indent(8) + "    }\nEOF");
  }
}
