package org.hopscope.model.net;

import java.util.Optional;

/**
 * What a policy rule asks of a flow besides addresses, devices and marks (kernel fib_rules.c, fib4_rule_match,
 * ip-rule(8)). All programs of the model run as user 0 and send without a type of service.
 *
 * @param tos the type of service, 0 for any
 * @param users whose packets
 * @param protocol the protocol above IP by number, 0 for any
 * @param sourcePorts from which ports
 * @param ports to which ports
 */
public record FlowSelector(int tos, Optional<Range> users, int protocol, Optional<Range> sourcePorts,
    Optional<Range> ports) {
  /** All flows. */
  public static final FlowSelector ALL =
      new FlowSelector(0, Optional.empty(), 0, Optional.empty(), Optional.empty());

  /**
   * Numbers from one to another, both included.
   *
   * @param first the lowest, unsigned
   * @param last the highest, unsigned
   */
  public record Range(int first, int last) {
    boolean contains(int number) {
      return Integer.compareUnsigned(number, first) >= 0 && Integer.compareUnsigned(number, last) <= 0;
    }

    /** {@code 80}, or {@code 80-90}. */
    @Override
    public String toString() {
      return first == last ? Integer.toUnsignedString(first) : pair();
    }

    /** {@code 80-80}. */
    public String pair() {
      return Integer.toUnsignedString(first) + "-" + Integer.toUnsignedString(last);
    }
  }

  /** Whether a flow agrees. */
  public boolean matches(RouteKey.Upper flow) {
    return (tos == 0 || tos == flow.tos()) && users.map(u -> u.contains(0)).orElse(true)
        && (protocol == 0 || protocol == flow.protocol())
        && sourcePorts.map(p -> p.contains(flow.sourcePort())).orElse(true)
        && ports.map(p -> p.contains(flow.destinationPort())).orElse(true);
  }
}
