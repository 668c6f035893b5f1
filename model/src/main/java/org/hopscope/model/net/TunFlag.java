package org.hopscope.model.net;

import java.util.Locale;

/**
 * How a tun or tap device was asked for, in the order in which {@code ip tuntap} tells it (kernel
 * include/uapi/linux/if_tun.h IFF_*). What they change for a program is left out: the model's programs open devices
 * without any.
 */
public enum TunFlag {
  /** Four bytes stand in front of each packet. */
  PI,
  /** Nothing any more. */
  ONE_QUEUE,
  /** Several programs may open it, and only those that ask for it. */
  MULTI_QUEUE,
  /** A header of virtio stands in front of each packet. */
  VNET_HDR;

  /** The word of ip-tuntap(8). */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
