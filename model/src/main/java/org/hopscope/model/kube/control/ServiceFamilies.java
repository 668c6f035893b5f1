package org.hopscope.model.kube.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.Choices;
import org.hopscope.model.kube.object.Families;
import org.hopscope.model.kube.object.Families.Policy;
import org.hopscope.model.kube.object.KubeService;
import org.hopscope.model.kube.object.KubeService.Addressing;

/**
 * Which families a Service gets, or why it gets none (pkg/registry/core/service/storage/alloc.go initIPFamilyFields,
 * pkg/apis/core/validation ValidateServiceClusterIPsRelatedFields and ValidateServiceUpdate). What a manifest leaves open
 * stays as it was.
 */
final class ServiceFamilies {
  private static final String MULTIPLE = "must be 'RequireDualStack' or 'PreferDualStack' when multiple ";
  private static final String RELEASE = "must be 'SingleStack' to release the secondary ";

  private final Choices choices;
  private final Optional<Addressing> before;
  private final List<String> problems = new ArrayList<>();
  private Addressing addressing;

  /**
   * What comes of it.
   *
   * @param service the Service with its families; the addresses that it does not have yet are missing
   * @param problems why not, in the API server's words
   */
  record Decided(KubeService service, List<String> problems) {
    Decided {
      problems = List.copyOf(problems);
    }
  }

  private ServiceFamilies(Choices choices, Addressing addressing, Optional<Addressing> before) {
    this.choices = choices;
    this.addressing = addressing;
    this.before = before;
  }

  static Decided of(Choices choices, KubeService service, Optional<KubeService> old) {
    if (service.addressing().type() == KubeService.Type.EXTERNAL_NAME) {
      return new Decided(service, alias(service.addressing()));
    }
    Optional<Addressing> before = old.map(KubeService::addressing)
        .filter(a -> a.type() != KubeService.Type.EXTERNAL_NAME);
    ServiceFamilies families = new ServiceFamilies(choices, kept(service.addressing(), before), before);
    families.decide(service.selector().isPresent());
    return new Decided(service.withAddressing(families.addressing), families.problems);
  }

  /** A name for something else has no address of its own (ValidateService). */
  private static List<String> alias(Addressing addressing) {
    List<String> problems = new ArrayList<>();
    String why = ": Forbidden: may not be set for ExternalName services";
    if (!addressing.clusterIps().isEmpty() || addressing.headless()) {
      problems.add("spec.clusterIPs" + why);
    }
    if (!addressing.families().isEmpty()) {
      problems.add("spec.ipFamilies" + why);
    }
    if (addressing.wish().policy().isPresent()) {
      problems.add("spec.ipFamilyPolicy" + why);
    }
    return problems;
  }

  /** Of what is not said, what was before (patchAllocatedValues, normalizeClusterIPs). */
  private static Addressing kept(Addressing wanted, Optional<Addressing> before) {
    if (before.isEmpty() || wanted.headless() != before.get().headless()) {
      return wanted;
    }
    List<IpAddress> had = before.get().clusterIps();
    boolean unsaid = wanted.families().isEmpty() && wanted.wish().policy().isEmpty()
        && wanted.clusterIps().equals(had.stream().limit(1).toList());
    Addressing addressed = wanted.clusterIps().isEmpty() || unsaid ? wanted.withClusterIps(had) : wanted;
    return wanted.families().isEmpty()
        ? addressed.withWish(addressed.wish().withOrder(before.get().families()))
        : addressed;
  }

  private void decide(boolean selects) {
    if (isPreferredAsBefore()) {
      return;
    }
    boolean bare = addressing.headless() && !selects;
    policy(addressing.wish().policy().or(() -> before.flatMap(b -> b.wish().policy()))
        .orElse(bare ? Policy.REQUIRE_DUAL_STACK : Policy.SINGLE_STACK));
    addresses();
    if (!problems.isEmpty()) {
      return;
    }
    changes();
    infer();
    if (problems.isEmpty() && !bare) {
      configured();
    }
    if (problems.isEmpty()) {
      complete(bare);
    }
  }

  /** Who prefers both keeps what there was when the cluster had one. */
  private boolean isPreferredAsBefore() {
    return before.filter(b -> b.wish().equals(addressing.wish()) && b.wish().is(Policy.PREFER_DUAL_STACK) && b
        .clusterIps().equals(addressing.clusterIps())).isPresent();
  }

  private void policy(Policy policy) {
    addressing = addressing.withWish(addressing.wish().withPolicy(policy));
  }

  private void order(List<IpFamily> order) {
    addressing = addressing.withWish(addressing.wish().withOrder(order));
  }

  private boolean single() {
    return addressing.wish().is(Policy.SINGLE_STACK);
  }

  private void addresses() {
    List<IpFamily> families = addressing.families();
    if (families.size() > 1 && families.get(0) == families.get(1)) {
      problems.add("spec.ipFamilies[1]: Duplicate value: \"" + Families.word(families.get(1)) + "\"");
    }
    List<IpAddress> ips = addressing.clusterIps();
    String field = "spec.clusterIPs: Invalid value: " + quoted(ips) + ": ";
    if (ips.size() > 2) {
      problems.add(field + "may only hold up to 2 values");
    }
    if (ips.size() > 1 && ips.stream().map(IpAddress::family).distinct().count() < ips.size()) {
      problems.add(field + "may specify no more than one IP for each IP family");
    }
    for (int i = 0; i < Math.min(ips.size(), families.size()); i++) {
      if (ips.get(i).family() != families.get(i)) {
        problems.add("spec.clusterIPs[" + i + "]: Invalid value: \"" + ips.get(i) + "\": expected an " + Families.word(
            families.get(i)) + " value as indicated by `ipFamilies[" + i + "]`");
      }
    }
  }

  static String quoted(List<IpAddress> addresses) {
    return "[" + String.join(",", addresses.stream().map(a -> "\"" + a + "\"").toList()) + "]";
  }

  private String policyField() {
    return "spec.ipFamilyPolicy: Invalid value: \"" + addressing.wish().policy().map(Policy::word).orElse("") + "\": ";
  }

  /** To say SingleStack is enough to give the second address back; with less addresses it must be said. */
  private void changes() {
    if (before.isPresent()) {
      List<IpAddress> ips = before.get().clusterIps();
      List<IpFamily> families = before.get().families();
      if (single()) {
        if (addressing.clusterIps().equals(ips)) {
          addressing = addressing.withClusterIps(ips.stream().limit(1).toList());
        }
        if (addressing.families().equals(families)) {
          order(families.stream().limit(1).toList());
        }
      } else {
        if (ips.size() > addressing.clusterIps().size() && !addressing.headless()) {
          problems.add(policyField() + RELEASE + "cluster IP");
        }
        if (families.size() > addressing.families().size()) {
          problems.add(policyField() + RELEASE + "IP family");
        }
      }
    }
    if (single() && addressing.clusterIps().size() == 2) {
      problems.add(policyField() + MULTIPLE + "cluster IPs are specified");
    }
    if (single() && addressing.families().size() == 2) {
      problems.add(policyField() + MULTIPLE + "IP families are specified");
    }
  }

  private boolean has(IpFamily family) {
    return choices.blocks(family).isPresent();
  }

  private void infer() {
    List<IpAddress> ips = addressing.clusterIps();
    List<IpFamily> order = new ArrayList<>(addressing.families());
    for (int i = order.size(); i < ips.size(); i++) {
      IpFamily family = ips.get(i).family();
      if (has(family)) {
        order.add(family);
      } else {
        problems.add("spec.clusterIPs[" + i + "]: Invalid value: " + quoted(ips) + ": " + Families.word(family)
            + " is not configured on this cluster");
      }
    }
    order(order);
  }

  private void configured() {
    if (addressing.wish().is(Policy.REQUIRE_DUAL_STACK) && choices.stacks().size() < 2) {
      problems.add(policyField() + "this cluster is not configured for dual-stack services");
    }
    for (int i = 0; i < addressing.families().size(); i++) {
      IpFamily family = addressing.families().get(i);
      if (!has(family)) {
        problems.add("spec.ipFamilies[" + i + "]: Invalid value: \"" + Families.word(family)
            + "\": not configured on this cluster");
      }
    }
  }

  /** The cluster's main family when none is said; the other one too unless one is enough. */
  private void complete(boolean bare) {
    List<IpFamily> order = addressing.families().isEmpty() ? choices.families().subList(0, 1) : addressing.families();
    boolean more = !single() && order.size() == 1 && (bare || choices.stacks().size() == 2);
    order(more ? Stream.concat(order.stream(), Stream.of(Families.other(order.getFirst()))).toList() : order);
  }

  /** What a change may not do to addresses and families (validateUpgradeDowngradeClusterIPs, …IPFamilies). */
  static List<String> frozen(KubeService service, KubeService old) {
    List<String> problems = new ArrayList<>();
    Addressing now = service.addressing();
    Addressing was = old.addressing();
    boolean alias = now.type() == KubeService.Type.EXTERNAL_NAME || was.type() == KubeService.Type.EXTERNAL_NAME;
    if (alias || now.headless() && was.headless()) {
      return problems;
    }
    String ips = now.headless() ? "[\"None\"]" : quoted(now.clusterIps());
    boolean turned = now.headless() != was.headless();
    for (int i = 0; i < Math.min(now.clusterIps().size(), was.clusterIps().size()); i++) {
      if (!now.clusterIps().get(i).equals(was.clusterIps().get(i))) {
        problems.add("spec.clusterIPs[" + i + "]: Invalid value: " + ips + ": may not change once set");
      }
    }
    if (turned) {
      problems.add("spec.clusterIPs[0]: Invalid value: " + ips + ": may not change once set");
      return problems;
    }
    List<IpFamily> families = now.families();
    for (int i = 0; i < Math.min(families.size(), was.families().size()); i++) {
      if (families.get(i) != was.families().get(i)) {
        problems
            .add("spec.ipFamilies[0]: Invalid value: [" + String.join(",", families.stream().map(f -> "\"" + Families
                .word(f) + "\"").toList()) + "]: may not change once set");
      }
    }
    return problems;
  }
}
