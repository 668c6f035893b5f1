package org.hopscope.model.net;

import java.util.Optional;

/**
 * A program that holds a tun or tap device open, known by how it found the device: a rename or a move later does not
 * close it.
 *
 * @param netns where it opened the device
 * @param name the device's name there and then
 * @param relay what it does with packets; empty for one that only reads them
 */
public record TunProgram(NetnsId netns, String name, Optional<UdpRelay> relay) {
  /** Whether it is the one that opened the device of this name there. */
  public boolean opened(NetnsId there, String as) {
    return netns.equals(there) && name.equals(as);
  }

  public TunProgram withRelay(UdpRelay value) {
    return new TunProgram(netns, name, Optional.of(value));
  }
}
