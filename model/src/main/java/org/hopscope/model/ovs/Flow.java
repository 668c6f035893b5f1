package org.hopscope.model.ovs;

import java.util.List;

/**
 * A row of a flow table (OpenFlow 1.0 5.3.3). Timeouts are not modelled: a flow stays until it is deleted.
 *
 * @param table which table, 0 to 253
 * @param priority among the rows that fit the greatest counts, 0 to 65535
 * @param cookie whatever its maker wanted to note
 * @param match what it is about
 * @param actions what it does, in this order; nothing drops the frame
 * @param born when it was made, in nanoseconds of the lab's clock
 */
public record Flow(int table, int priority, long cookie, FlowMatch match, List<FlowAction> actions, long born) {
  /** The priority of a flow for which none was said. */
  public static final int USUAL_PRIORITY = 32768;

  public Flow {
    actions = List.copyOf(actions);
  }

  /** Whether it takes the place of another, or is the very one that is meant: the same table, priority and match. */
  public boolean isSameRow(Flow other) {
    return table == other.table && priority == other.priority && match.equals(other.match);
  }

  public Flow withActions(List<FlowAction> others) {
    return new Flow(table, priority, cookie, match, others, born);
  }
}
