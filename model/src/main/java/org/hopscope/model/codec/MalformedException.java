package org.hopscope.model.codec;

/** A document that cannot be read: where and why. Never leaves the codecs. */
public class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Place place;

  /** What is wrong at a place. */
  public MalformedException(Place place, String reason) {
    super(reason);
    this.place = place;
  }

  /** Where in the file. */
  public Place place() {
    return place;
  }
}
