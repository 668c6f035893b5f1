package org.hopscope.app.desktop.frame;

import java.util.Map;
import java.util.function.Consumer;
import org.hopscope.app.desktop.canvas.tools.Palette;
import org.hopscope.app.desktop.welcome.Template;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.trace.Lookup;

/** Kubernetes and Docker: an overview, objects in the inspector, how they came about, a packet on its way through a Service. */
final class ClusterScreens {
  private final Map<String, Consumer<Studio>> all;

  private ClusterScreens(Map<String, Consumer<Studio>> all) {
    this.all = all;
  }

  static void add(Map<String, Consumer<Studio>> all) {
    ClusterScreens screens = new ClusterScreens(all);
    screens.clusters();
    screens.rollouts();
  }

  /** Kubernetes: an overview, its objects in the inspector, a packet on its way through a Service. */
  private void clusters() {
    all.put("cluster", s -> {
      s.commands(Scripts.CLUSTER);
      s.act("canvas.fit");
    });
    all.put("cluster-service", s -> {
      s.commands(Scripts.CLUSTER);
      s.act("canvas.fit");
      s.object(Kind.SERVICE, "web");
    });
    all.put("locked", s -> {
      s.template(Template.BRIDGE);
      s.select("pc1", "eth0");
      s.act("canvas.lock");
      s.host();
      s.act("canvas.lock");
      s.act("canvas.fit");
    });
    all.put("cluster-order", s -> {
      s.commands(Scripts.CLUSTER);
      s.act("canvas.fit");
      s.order(Palette.POLICY);
    });
    all.put("cluster-pod", s -> {
      s.commands(Scripts.CLUSTER);
      s.pod("client");
      s.act("canvas.fit.selection");
    });
    all.put("cluster-packet", s -> {
      s.commands(Scripts.CLUSTER);
      s.act("canvas.fit");
      s.probe("pod:default/client -> 10.96.1.0:80/tcp",
          Studio.asks(Lookup.RuleWalk.class, l -> l.table().name().word().equals("nat")));
    });
  }

  /** What a command of Kubernetes or Docker comes to, and what a policy would do. */
  private void rollouts() {
    all.put("rollout", s -> {
      s.commands(Scripts.CLUSTER);
      s.type("kubectl expose deployment web --name=shop --port=81 --target-port=80");
      s.dock(340);
      s.tab("dock.rollout");
      s.workbench().unrolling().goTo(3);
    });
    all.put("rollout-pod", s -> {
      s.commands(Scripts.CLUSTER);
      s.type("kubectl run other --image=busybox");
      s.dock(340);
      s.tab("dock.rollout");
      s.workbench().unrolling().goTo(9);
    });
    all.put("policy-preview", s -> {
      s.commands(Scripts.CLUSTER);
      s.dock(380);
      s.tab("dock.reach");
      s.workbench().foresee("kubectl delete networkpolicy api-from-web");
      s.await(".reach-mark", 8);
    });
    all.put("docker", s -> {
      s.template(Template.DOCKER);
      s.place("container:web");
      s.tab("inspector.docker");
    });
  }
}
