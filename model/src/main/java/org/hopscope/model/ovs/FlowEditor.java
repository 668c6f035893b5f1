package org.hopscope.model.ovs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Carries out the commands of {@code ovs-ofctl} that change flows (ovs-ofctl(8)). */
public final class FlowEditor {
  private FlowEditor() {
  }

  /**
   * Does what the words behind {@code ovs-ofctl} say: {@code add-flow}, {@code add-flows} with lines, {@code mod-flows},
   * {@code del-flows}.
   *
   * @param lines the lines that {@code add-flows BRIDGE -} reads
   * @param now the instant in nanoseconds of the lab's clock
   */
  public static OpenVswitch apply(OpenVswitch ovs, List<String> words, List<String> lines, long now)
      throws OvsComplaint {
    List<String> left = new ArrayList<>(words);
    boolean strict = left.removeIf(w -> w.equals("--strict"));
    String command = left.isEmpty() ? "" : left.removeFirst();
    OvsBridge bridge = bridge(ovs, command, left);
    String text = left.size() > 1 ? String.join(",", left.subList(1, left.size())) : "";
    return ovs.with(switch (command) {
      case "add-flow" -> added(bridge, FlowParser.flow(bridge, text, now));
      case "add-flows" -> {
        OvsBridge next = bridge;
        for (String line : lines) {
          String flow = line.replaceFirst("#.*", "").strip();
          next = flow.isEmpty() ? next : added(next, FlowParser.flow(next, flow, now));
        }
        yield next;
      }
      case "mod-flows" -> modified(bridge, FlowParser.flow(bridge, text, now), strict, text.contains("table="));
      case "del-flows" -> {
        FlowParser.Said said = FlowParser.which(bridge, text);
        yield bridge.withFlows(bridge.flows().stream().filter(which(said, strict).negate()).toList());
      }
      default -> throw OvsComplaint.of("ovs-ofctl: unknown command '" + command + "'; use --help for help");
    });
  }

  /** The bridge that a command names. */
  public static OvsBridge bridge(OpenVswitch ovs, String command, List<String> words) throws OvsComplaint {
    if (words.isEmpty()) {
      throw OvsComplaint.of("ovs-ofctl: '" + command + "' command requires at least 1 arguments");
    }
    return ovs.bridge(words.getFirst())
        .orElseThrow(() -> OvsComplaint.of("ovs-ofctl: " + words.getFirst() + " is not a bridge or a socket"));
  }

  /** Which flows are meant: the very one, or all that are about nothing else than what is said. */
  public static Predicate<Flow> which(FlowParser.Said said, boolean strict) {
    return f -> strict ? f.isSameRow(said.flow())
        : (!said.tableSaid() || f.table() == said.flow().table()) && f.match().isWithin(said.flow().match());
  }

  private static OvsBridge added(OvsBridge bridge, Flow flow) {
    return bridge.withFlows(
        Stream.concat(bridge.flows().stream().filter(f -> !f.isSameRow(flow)), Stream.of(flow)).toList());
  }

  private static OvsBridge modified(OvsBridge bridge, Flow flow, boolean strict, boolean tableSaid) {
    Predicate<Flow> meant = which(new FlowParser.Said(flow, tableSaid), strict);
    return bridge.flows().stream().noneMatch(meant) ? added(bridge, flow)
        : bridge
            .withFlows(bridge.flows().stream().map(f -> meant.test(f) ? f.withActions(flow.actions()) : f).toList());
  }
}
