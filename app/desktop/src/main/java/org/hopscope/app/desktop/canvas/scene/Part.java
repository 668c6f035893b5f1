package org.hopscope.app.desktop.canvas.scene;

import java.util.Optional;
import org.hopscope.app.desktop.workbench.Selection;

/**
 * One thing of a lab with its place in the picture.
 *
 * @param thing what it is
 * @param kind how it is drawn
 * @param box where, in canvas units
 * @param holder what it lies in or on: a node's cluster, a namespace's host, a device's namespace, a port's bridge; empty for
 *     other hosts
 */
public record Part(Selection thing, Kind kind, Box box, Optional<Selection> holder) {
  /** The forms that things take, from the outermost to the innermost. */
  public enum Kind {
    /** A frame around machines: a Kubernetes cluster. */
    CLUSTER,
    /** A card: a machine with its root namespace. */
    HOST,
    /** A dashed frame. */
    NETNS,
    /** A patch bar. */
    BRIDGE,
    /** A device on the lower border of its namespace. */
    CHIP,
    /** A port in a slot of its bridge. */
    SLOT,
    /** The small chip of lo. */
    LO,
    /** A tag on a cluster's shelf: an object of its API server. */
    OBJECT,
    /** A frame that people put around things, with a title. */
    GROUP,
    /** A slip of paper with text on it. */
    NOTE
  }

  /** Whether devices can be in it. */
  public boolean holdsDevices() {
    return kind == Kind.HOST || kind == Kind.NETNS;
  }

  /** Whether it is drawn behind what it holds. */
  public boolean isFrame() {
    return holdsDevices() || kind == Kind.CLUSTER;
  }

  /** Whether it is for people only: no device, and nothing that holds any. */
  public boolean isRemark() {
    return kind == Kind.GROUP || kind == Kind.NOTE;
  }

  public Part moved(double dx, double dy) {
    return new Part(thing, kind, box.moved(dx, dy), holder);
  }
}
