package org.hopscope.model.ovs;

import java.util.OptionalInt;

/**
 * What a flow does with a frame (ovs-actions(7)). Left out: learning, groups, connection tracking, meters, sending to a
 * controller, moving between fields.
 */
public sealed interface FlowAction {
  /** The frame leaves by a port; never by the one that it came in by. */
  record Output(int port) implements FlowAction {
  }

  /** The frame leaves by ports that have no number of their own. */
  enum Special implements FlowAction {
    /** As an ordinary switch with VLANs would send it. */
    NORMAL,
    /** By all ports but the one that it came in by. */
    FLOOD,
    /** By all ports but the one that it came in by. */
    ALL,
    /** By the one that it came in by. */
    IN_PORT,
    /** By the bridge's own one. */
    LOCAL
  }

  /**
   * Another table is asked, or the same one for another port; what follows in the list is done afterwards.
   *
   * @param port in the place of the one that the frame came in by
   * @param table the table; the present one unless said
   */
  record Resubmit(OptionalInt port, OptionalInt table) implements FlowAction {
  }

  /** The tag's VLAN is set; a frame without a tag gets one. */
  record SetVlan(int id) implements FlowAction {
  }

  /** The tag's priority is set; a frame without a tag gets one. */
  record SetPriority(int priority) implements FlowAction {
  }

  /** The outer tag goes. */
  record StripVlan() implements FlowAction {
  }

  /** One more tag, of VLAN 0, outside. */
  record PushVlan(int type) implements FlowAction {
  }

  /** One router more was crossed; a frame whose TTL is used up goes no further. */
  record DecTtl() implements FlowAction {
  }

  /**
   * A field is set.
   *
   * @param field which one
   * @param value to what
   * @param loaded whether it is printed as {@code load}, where there is a shorter word for the field too
   */
  record Set(FlowField field, long value, boolean loaded) implements FlowAction {
  }
}
