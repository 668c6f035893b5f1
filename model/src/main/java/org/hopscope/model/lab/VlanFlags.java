package org.hopscope.model.lab;

/** How a device is in a VLAN, by the words of bridge(8). */
public record VlanFlags(boolean pvid, boolean untagged) {
}
