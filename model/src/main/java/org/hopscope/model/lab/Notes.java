package org.hopscope.model.lab;

import org.hopscope.model.probe.SavedProbe;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What people attach to a lab that no packet ever sees.
 *
 * @param probes saved probes by name
 * @param places positions on the canvas, by {@link ItemKey}
 * @param remarks what is written on the canvas, by id
 */
public record Notes(PSortedMap<String, SavedProbe> probes, PSortedMap<ItemKey, Place> places,
    PSortedMap<String, Remark> remarks) {
  /** Nothing attached. */
  public static final Notes NONE = new Notes(TreePMap.empty(), TreePMap.empty(), TreePMap.empty());

  /**
   * Where the top left corner of something is, in canvas units (1 unit = 1 pixel at 100 %), relative to what holds it.
   *
   * @param x to the right
   * @param y downwards
   * @param locked whether hands leave the thing as it is; commands do not ask
   */
  public record Place(double x, double y, boolean locked) {
    /** One where hands may take it up. */
    public Place(double x, double y) {
      this(x, y, false);
    }

    public Place withLock(boolean value) {
      return new Place(x, y, value);
    }
  }

  public Notes withProbes(PSortedMap<String, SavedProbe> value) {
    return new Notes(value, places, remarks);
  }

  public Notes withPlaces(PSortedMap<ItemKey, Place> value) {
    return new Notes(probes, value, remarks);
  }

  public Notes withRemarks(PSortedMap<String, Remark> value) {
    return new Notes(probes, places, value);
  }
}
