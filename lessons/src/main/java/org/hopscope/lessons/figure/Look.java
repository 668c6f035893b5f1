package org.hopscope.lessons.figure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a shape looks, in the language of the canvas. The theme knows the colours. */
public enum Look {
  /** A machine. */
  HOST,
  /** A namespace. */
  NETNS,
  /** A device that works. */
  DEVICE,
  /** A device that is switched off or cut off. */
  DEVICE_DOWN,
  /** A bridge. */
  BRIDGE,
  /** A quiet box for whatever is neither. */
  CARD,
  /** A box that is looked at. */
  LIT,
  /** A box on which a terminal writes. */
  TERMINAL,
  /** A link header. */
  L2,
  /** A network header, a route. */
  L3,
  /** A transport header, a rule. */
  L4,
  /** An outer header, a tunnel. */
  OVERLAY,
  /** A cable that carries. */
  CABLE,
  /** A cable that does not. */
  CABLE_DOWN,
  /** The way of a packet. */
  WAY,
  /** The head of an arrow at the end of a way. */
  HEAD,
  /** Where a packet dies. */
  DEATH,
  /** A hairline. */
  HAIRLINE,
  /** Words that name something. */
  NAME,
  /** Words that say something. */
  SAY,
  /** Words beside the matter. */
  FAINT,
  /** What a machine prints or is told. */
  MONO,
  /** What a terminal prints. */
  PRINT,
  /** What a terminal prints, and is to be seen. */
  PRINT_LIT,
  /** Words on a coloured box. */
  ON,
  /** Words of success. */
  GOOD,
  /** Words of failure. */
  BAD;

  /** The word in a figure's {@code class}: {@code device-down}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The look of that word; empty for any other. */
  public static Optional<Look> of(String word) {
    return Arrays.stream(values()).filter(l -> l.word().equals(word)).findFirst();
  }
}
