package org.hopscope.model.codec;

/** A document that cannot be read: where and why. Never leaves this package. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Place place;

  MalformedException(Place place, String reason) {
    super(reason);
    this.place = place;
  }

  Place place() {
    return place;
  }
}
