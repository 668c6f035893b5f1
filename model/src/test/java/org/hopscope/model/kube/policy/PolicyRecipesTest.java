package org.hopscope.model.kube.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hopscope.model.kube.policy.PolicyWorld.both;
import static org.hopscope.model.kube.policy.PolicyWorld.namespaces;
import static org.hopscope.model.kube.policy.PolicyWorld.on;
import static org.hopscope.model.kube.policy.PolicyWorld.pods;
import static org.hopscope.model.kube.policy.PolicyWorld.port;
import static org.hopscope.model.kube.policy.PolicyWorld.rule;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the published recipes (ahmetb/kubernetes-network-policy-recipes) say of who gets through, recipe by recipe. */
@DisplayName("the published NetworkPolicy recipes")
class PolicyRecipesTest {
  private static final String OUTSIDE = "203.0.113.9";

  private static PolicyWorld shop() {
    return new PolicyWorld().pod("default/web", "app=web").pod("default/api", "app=bookstore,role=api")
        .pod("default/db", "app=bookstore,role=db").pod("default/search", "app=bookstore,role=search")
        .pod("default/catalog", "app=inventory,role=web").pod("default/frontend", "app=bookstore,role=frontend")
        .pod("default/test", "run=test").pod("default/mon", "type=monitoring").pod("default/foo", "app=foo")
        .pod("other/test", "run=test").pod("other/mon", "type=monitoring").pod("dev/test", "run=test")
        .namespace("other", "team=operations").namespace("dev", "purpose=testing");
  }

  private static void open(PolicyWorld world, String port, String... arrows) {
    for (String arrow : arrows) {
      assertThat(world.policies().allows(arrow(world, port, arrow))).as(arrow).isTrue();
    }
  }

  private static void shut(PolicyWorld world, String port, String... arrows) {
    for (String arrow : arrows) {
      assertThat(world.policies().allows(arrow(world, port, arrow))).as(arrow).isFalse();
    }
  }

  private static Connection arrow(PolicyWorld world, String port, String arrow) {
    String[] ends = arrow.split(" -> ");
    return world.connection(ends[0], ends[1], port);
  }

  @Test
  @DisplayName("01 deny all traffic to an application")
  void recipe01() {
    PolicyWorld world = shop().ingress("default/web-deny-all", "app=web");
    shut(world, "tcp/80", "default/test -> default/web", "other/test -> default/web", OUTSIDE + " -> default/web");
    open(world, "tcp/80", "default/web -> default/api");
  }

  @Test
  @DisplayName("02 limit traffic to an application, 02a allow all to it")
  void recipe02() {
    PolicyWorld world = shop().ingress("default/api-allow", "app=bookstore,role=api", rule(pods("app=bookstore")));
    shut(world, "tcp/80", "default/test -> default/api");
    open(world, "tcp/80", "default/frontend -> default/api");
    world.ingress("default/deny", "app=web").ingress("default/web-allow-all", "app=web", rule());
    open(world, "tcp/80", "other/test -> default/web", OUTSIDE + " -> default/web");
  }

  @Test
  @DisplayName("03 deny all traffic in a namespace, 04 from other namespaces")
  void recipe03() {
    PolicyWorld world = shop().ingress("default/default-deny-all", "");
    shut(world, "tcp/80", "default/test -> default/web", "other/test -> default/foo");
    open(world, "tcp/80", "default/test -> other/test");
    PolicyWorld own = shop().ingress("default/deny-from-other", "", rule(pods("")));
    shut(own, "tcp/80", "other/test -> default/web");
    open(own, "tcp/80", "default/test -> default/web");
  }

  @Test
  @DisplayName("05 from all namespaces, 06 from one namespace, 08 from outside")
  void recipe05() {
    PolicyWorld all = shop().ingress("default/web-allow-all-ns", "app=web", rule(namespaces("")));
    open(all, "tcp/80", "other/test -> default/web", "default/test -> default/web");
    shut(all, "tcp/80", OUTSIDE + " -> default/web");
    PolicyWorld one = shop().ingress("default/web-allow-testing", "app=web", rule(namespaces("purpose=testing")));
    open(one, "tcp/80", "dev/test -> default/web");
    shut(one, "tcp/80", "other/test -> default/web", "default/test -> default/web");
    open(shop().ingress("default/deny", "").ingress("default/web-allow-external", "app=web", rule()), "tcp/80",
        OUTSIDE + " -> default/web");
  }

  @Test
  @DisplayName("07 some pods of another namespace: both selectors in one peer, or as two")
  void recipe07() {
    PolicyWorld and = shop().ingress("default/web-mon", "app=web", rule(both("team=operations", "type=monitoring")));
    shut(and, "tcp/80", "default/test -> default/web", "default/mon -> default/web", "other/test -> default/web");
    open(and, "tcp/80", "other/mon -> default/web");
    PolicyWorld or = shop().ingress("default/web-mon", "app=web",
        rule(namespaces("team=operations"), pods("type=monitoring")));
    open(or, "tcp/80", "default/mon -> default/web", "other/test -> default/web", "other/mon -> default/web");
    shut(or, "tcp/80", "default/test -> default/web");
  }

  @Test
  @DisplayName("09 one port of an application: the pod's number, not the Service's")
  void recipe09() {
    PolicyWorld world = shop().ingress("default/api-allow-5000", "app=web", on(rule(pods("type=monitoring")),
        port("tcp/5000")));
    open(world, "tcp/5000", "default/mon -> default/web");
    shut(world, "tcp/8000", "default/mon -> default/web");
    shut(world, "tcp/5001", "default/mon -> default/web");
    shut(world, "tcp/5000", "default/test -> default/web");
  }

  @Test
  @DisplayName("10 several selectors")
  void recipe10() {
    PolicyWorld world = shop().ingress("default/redis-allow", "app=bookstore,role=db",
        rule(pods("app=bookstore,role=search"), pods("app=bookstore,role=api"), pods("app=inventory,role=web")));
    open(world, "tcp/6379", "default/catalog -> default/db", "default/search -> default/db");
    shut(world, "tcp/6379", "default/test -> default/db", "default/frontend -> default/db");
  }

  @Test
  @DisplayName("11 no egress, then DNS only (sem-P11); 12 none from a namespace")
  void recipe11() {
    PolicyWorld world = shop().egress("default/foo-deny-egress", "app=foo");
    shut(world, "tcp/80", "default/foo -> default/web");
    shut(world, "udp/53", "default/foo -> other/test");
    world.egress("default/foo-deny-egress", "app=foo", on(rule(), port("udp/53"), port("tcp/53")));
    shut(world, "tcp/80", "default/foo -> default/web", "default/foo -> " + OUTSIDE);
    open(world, "udp/53", "default/foo -> other/test");
    open(world, "tcp/53", "default/foo -> other/test");
    shut(shop().egress("default/default-deny", ""), "tcp/80", "default/test -> default/web", "default/test -> "
        + OUTSIDE);
  }

  @Test
  @DisplayName("14 no egress to outside")
  void recipe14() {
    PolicyWorld world = shop().egress("default/foo-deny-external", "app=foo",
        on(rule(), port("udp/53"), port("tcp/53")), rule(namespaces("")));
    open(world, "tcp/80", "default/foo -> default/web", "default/foo -> other/test");
    open(world, "udp/53", "default/foo -> " + OUTSIDE);
    shut(world, "tcp/80", "default/foo -> " + OUTSIDE);
  }
}
