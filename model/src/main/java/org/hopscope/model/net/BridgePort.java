package org.hopscope.model.net;

/**
 * What being enslaved to a bridge adds to a device (kernel struct net_bridge_port). Whether the port forwards follows
 * from the link states and is not kept here: see {@code lab.Links}.
 *
 * @param bridge the bridge it is a port of
 * @param number the port number on that bridge, from 1: the lowest free one when it was enslaved
 * @param flags the switches of {@code bridge link set}
 */
public record BridgePort(DeviceId bridge, int number, Flags flags) {
  /**
   * The switches of a port; names as in bridge(8).
   *
   * @param hairpin whether a frame may leave by the port it came in on (sem-B11)
   * @param learning whether source addresses are learned
   * @param flood whether unknown unicast is flooded to it
   * @param mcastFlood whether unknown multicast is flooded to it
   * @param bcastFlood whether broadcast is flooded to it
   * @param isolated whether it talks to ports that are not isolated only (sem-B13)
   */
  public record Flags(boolean hairpin, boolean learning, boolean flood, boolean mcastFlood, boolean bcastFlood,
      boolean isolated) {
    /** kernel net/bridge/br_if.c new_nbp: learning and all three kinds of flooding. */
    public static final Flags DEFAULT = new Flags(false, true, true, true, true, false);
  }

  public BridgePort withFlags(Flags changed) {
    return new BridgePort(bridge, number, changed);
  }
}
