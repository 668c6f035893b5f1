package org.hopscope.app.desktop.theme;

import java.util.Optional;

/** The colours that are others where more contrast is wanted: all texts keep 7:1 (WCAG 2.2, 1.4.6), all lines 3:1. */
record Contrast(String light, String dark) {
  /** What plays a role there; empty when it is the usual colour. */
  static Optional<Contrast> of(Role role) {
    return switch (role) {
      case BG, CANVAS, SURFACE, RAISED, HOST, NETNS -> both("FFFFFF", "000000");
      case TEXT, TERM_TEXT -> both(role == Role.TEXT ? "000000" : "FFFFFF", "FFFFFF");
      case MUTED -> both("1E2733", "E4EAF1");
      case FAINT -> both("2F3946", "CBD5E0");
      case LINE -> both("6B7785", "8794A3");
      case LINE2 -> both("3B4653", "B4BFCC");
      case GRID -> both("B8C1CC", "3A4552");
      case ACCENT -> both("1A3AA8", "B9C6FF");
      case L2 -> both("064A78", "8FD0FF");
      case L3 -> both("054A34", "7FE3C0");
      case L4 -> both("7A1648", "FFB0D8");
      case OVERLAY -> both("6E2F00", "FFC08A");
      case KUBE -> both("43269A", "D2C3FF");
      case OK -> both("0B5229", "86E6AC");
      case BAD -> both("8F1515", "FFB3AD");
      case WARN -> both("643A00", "FFD48A");
      case ON -> both("FFFFFF", "000000");
      case TERM -> both("000000", "000000");
      case ACCENT_BG, L2_BG, L3_BG, L4_BG, OVERLAY_BG, KUBE_BG, OK_BG, BAD_BG -> Optional.empty();
    };
  }

  private static Optional<Contrast> both(String light, String dark) {
    return Optional.of(new Contrast(light, dark));
  }
}
