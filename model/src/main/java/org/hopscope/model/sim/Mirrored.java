package org.hopscope.model.sim;

import java.util.Optional;

/** For whom a copy of a request is sent ({@code RequestMirror}): for nobody, so that no answer matters and nothing is tried again. */
record Mirrored(String label) implements Upstream.Client {
  @Override
  public void failed(Skb cause, Optional<NetDev> device, boolean inVain) {
    // It was a copy.
  }

  @Override
  public void again(Skb cause) {
    // It was a copy.
  }

  @Override
  public void answered(Skb cause, String text) {
    // Responses are ignored (HTTPRequestMirrorFilter).
  }

  @Override
  public void silent(Skb cause) {
    // It was a copy.
  }
}
