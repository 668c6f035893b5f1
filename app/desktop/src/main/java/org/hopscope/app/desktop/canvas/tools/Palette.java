package org.hopscope.app.desktop.canvas.tools;

/** The tools a hand can take up. */
public enum Palette {
  SELECT, HOST, NETNS, BRIDGE, VETH, CABLE, MACVLAN, DUMMY, NOTE, GROUP;

  /** Whether it lies open on the palette; the others lie one step further, behind "more". */
  public boolean isCommon() {
    return switch (this) {
      case SELECT, HOST, NETNS, BRIDGE, VETH, CABLE -> true;
      case MACVLAN, DUMMY, NOTE, GROUP -> false;
    };
  }

  /** The phase that holding it begins with. */
  public Phase taken() {
    return switch (this) {
      case SELECT -> Idle.START;
      case HOST, NETNS, BRIDGE, MACVLAN, DUMMY -> Placing.begin(this);
      case NOTE, GROUP -> Writing.begin(this);
      case VETH, CABLE -> Wiring.begin(this);
    };
  }
}
