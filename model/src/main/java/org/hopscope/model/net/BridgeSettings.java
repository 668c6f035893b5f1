package org.hopscope.model.net;

/**
 * The settings of a bridge, with the kernel's defaults in {@link #DEFAULT}.
 *
 * @param stp whether the spanning tree protocol runs (the first slice refuses to switch it on)
 * @param ageingCentis how long a learned entry lives without being seen, in hundredths of a second (sem-B1)
 * @param forwardDelayCentis STP's forward delay in hundredths of a second
 * @param helloCentis STP's hello time in hundredths of a second
 * @param vlanFiltering whether ports filter by VLAN
 */
public record BridgeSettings(boolean stp, int ageingCentis, int forwardDelayCentis, int helloCentis,
    boolean vlanFiltering) {
  /** kernel net/bridge/br_device.c br_dev_setup: ageing 300 s, forward delay 15 s, hello 2 s, no STP, no VLANs. */
  public static final BridgeSettings DEFAULT = new BridgeSettings(false, 30000, 1500, 200, false);

  public BridgeSettings withAgeingCentis(int value) {
    return new BridgeSettings(stp, value, forwardDelayCentis, helloCentis, vlanFiltering);
  }
}
