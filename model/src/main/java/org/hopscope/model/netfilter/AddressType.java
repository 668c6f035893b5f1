package org.hopscope.model.netfilter;

/** What an address is to a namespace, as its routing tables say (kernel include/uapi/linux/rtnetlink.h RTN_*). */
public enum AddressType {
  UNSPEC, UNICAST, LOCAL, BROADCAST, ANYCAST, MULTICAST, BLACKHOLE, UNREACHABLE, PROHIBIT, THROW, NAT, XRESOLVE
}
