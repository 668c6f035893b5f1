package org.hopscope.model.nft;

import java.util.Optional;

/** The devices of a namespace: {@code iif} and {@code oif} mean them by number. */
public interface Devices {
  /** No device is there. */
  Devices NONE = new Devices() {
    @Override
    public Optional<Integer> index(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> name(int index) {
      return Optional.empty();
    }
  };

  /** The number of a device that is there. */
  Optional<Integer> index(String name);

  /** The name of a device that is there. */
  Optional<String> name(int index);
}
