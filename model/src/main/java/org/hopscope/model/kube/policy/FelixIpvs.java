package org.hopscope.model.kube.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.kube.object.Kind;
import org.hopscope.model.kube.object.KubePod;
import org.hopscope.model.kube.object.ObjectKey;

/**
 * What Felix writes besides when it finds kube-ipvs0 on its node (KubeIPVSSupportEnabled; felix/rules/static.go, dispatch.go
 * EndpointMarkDispatchChains, epmark.go). A packet that IPVS leads on goes by INPUT and OUTPUT instead of FORWARD, and OUTPUT
 * does not know the device it came from: so INPUT marks it with a number of that device, and OUTPUT asks the policies of
 * both ends by that mark.
 *
 * @param node the node's name
 * @param family of whose packets they are
 * @param own all addresses of the node but those of kube-ipvs0 and of pods' devices: what goes elsewhere goes to a Service
 */
public record FelixIpvs(String node, IpFamily family, List<IpAddress> own) {
  /** The bits of the mark that say which device a packet came from: what Felix's other marks leave of 0xffff0000. */
  private static final String MASK = "0xfff00000";
  private static final int SHIFT = 20;
  private static final int POSITIONS = 1 << 12;
  /** The number of all devices that are no pod's. */
  private static final int OTHERS = 1;
  private static final int FNV_PRIME = 0x01000193;
  private static final int FNV_START = 0x811c9dc5;
  /** The ports that Felix takes for node ports ({@code KubeNodePortRanges}). */
  private static final String NODE_PORTS = "30000:32767";
  private static final String MARKED = "-m mark ! --mark 0x0/" + MASK;
  private static final String CLEAR = "-j MARK --set-xmark 0x0/" + MASK;

  public FelixIpvs {
    own = own.stream().filter(a -> a.family() == family).distinct().toList();
  }

  /** What is asked in {@code cali-INPUT} before all else: what IPVS will lead on is let through for now. */
  static final List<String> INPUT = List.of(CLEAR, "-j cali-forward-check", MARKED + " -j RETURN");
  /** What is asked in {@code cali-OUTPUT} behind what was accepted before. */
  static final String OUTPUT = MARKED + " -g cali-forward-endpoint-mark";

  /** The set of the node's addresses. */
  NodeRows.AddressSet hosts() {
    return NodeRows.AddressSet.ofFelix((family == IpFamily.INET ? "cali40" : "cali60") + "this-host", "hash:ip", family,
        own.stream().map(IpAddress::toString).toList(), new ObjectKey(Kind.NODE, "", node));
  }

  /** Its own chains, for the pods of the node in the order of their devices. */
  List<NodeRows.PolicyChain> chains(List<KubePod> pods) {
    List<Integer> numbers = numbers(pods.stream().map(p -> FelixNames.device(p.key())).toList());
    List<NodeRows.PolicyChain> chains = new ArrayList<>(List.of(forwardCheck(), forwardEndpointMark()));
    List<NodeRows.Row> set = new ArrayList<>();
    List<NodeRows.Row> from = new ArrayList<>();
    for (int i = 0; i < pods.size(); i++) {
      Optional<ObjectKey> pod = Optional.of(pods.get(i).key());
      String device = FelixNames.device(pods.get(i).key());
      String chain = FelixNames.chain("cali-sm-", device);
      chains.add(new NodeRows.PolicyChain(chain, List.of(new NodeRows.Row("-j MARK --set-xmark " + mark(numbers.get(i)),
          pod))));
      set.add(new NodeRows.Row("-i " + device + " -g " + chain, pod));
      from.add(
          new NodeRows.Row("-m mark --mark " + mark(numbers.get(i)) + " -g " + FelixNames.chain("cali-fw-", device),
              pod));
    }
    set.add(frame("-i cali+ " + comment("Unknown endpoint") + "-j DROP"));
    set.add(frame(comment("Non-Cali endpoint mark") + "-j MARK --set-xmark " + mark(OTHERS)));
    from.add(frame(comment("Unknown interface") + "-j DROP"));
    chains.add(new NodeRows.PolicyChain("cali-set-endpoint-mark", set));
    chains.add(new NodeRows.PolicyChain("cali-from-endpoint-mark", from));
    return chains;
  }

  /** Whether a packet in INPUT is one that IPVS will lead on: a new one to a node port, or to an address of no device. */
  private NodeRows.PolicyChain forwardCheck() {
    String here = "--match-set " + hosts().name() + " dst ";
    List<NodeRows.Row> rows = new ArrayList<>(List.of(frame("-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN")));
    for (String protocol : List.of("tcp", "udp")) {
      rows.add(frame("-p " + protocol + " " + comment("To kubernetes NodePort service") + "-m multiport --dports "
          + NODE_PORTS + " -m set " + here + "-g cali-set-endpoint-mark"));
    }
    rows.add(frame(comment("To kubernetes service") + "-m set ! " + here + "-j cali-set-endpoint-mark"));
    return new NodeRows.PolicyChain("cali-forward-check", rows);
  }

  /** What FORWARD would ask, in OUTPUT. */
  private static NodeRows.PolicyChain forwardEndpointMark() {
    return new NodeRows.PolicyChain("cali-forward-endpoint-mark", List.of(
        frame("-m mark ! --mark " + mark(OTHERS) + " -j cali-from-endpoint-mark"),
        frame("-o cali+ -j cali-to-wl-dispatch"), frame("-j cali-to-hep-forward"), frame(CLEAR),
        frame(comment("Policy explicitly accepted packet.") + FelixPolicy.IS_ACCEPTED + " -j ACCEPT")));
  }

  private static NodeRows.Row frame(String rule) {
    return new NodeRows.Row(rule, Optional.empty());
  }

  private static String comment(String text) {
    return "-m comment --comment \"" + text + "\" ";
  }

  private static String mark(int number) {
    return "0x" + Integer.toHexString(number << SHIFT) + "/" + MASK;
  }

  /**
   * A number for each device: its name's digest, or the next that is free. Felix gives them in the order in which it hears of
   * pods; here it is that of their devices, which only tells where two digests are the same.
   */
  private static List<Integer> numbers(List<String> devices) {
    Set<Integer> taken = new HashSet<>(Set.of(0, OTHERS));
    List<Integer> numbers = new ArrayList<>();
    for (String device : devices) {
      int number = Integer.remainderUnsigned(digest(device), POSITIONS);
      while (!taken.add(number)) {
        number = (number + 1) % POSITIONS;
      }
      numbers.add(number);
    }
    return numbers;
  }

  /** FNV-1 of 32 bits (Go's hash/fnv New32). */
  private static int digest(String text) {
    int hash = FNV_START;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = hash * FNV_PRIME ^ each & 0xff;
    }
    return hash;
  }
}
