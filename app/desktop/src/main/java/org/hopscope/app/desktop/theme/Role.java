package org.hopscope.app.desktop.theme;

import java.util.Locale;

/** What a colour is for. Each has one value per theme (docs: the table in the design notes). */
public enum Role {
  /** Behind everything. */
  BG("EEF1F5", "0E1217"),
  /** Panes and chips. */
  SURFACE("FFFFFF", "161C24"),
  /** What floats: cards, menus. */
  RAISED("FFFFFF", "1D2530"),
  /** The drawing area and the dots on it. */
  CANVAS("F5F7FA", "11161D"), GRID("DCE2EA", "222B36"),
  /** Text, from loud to quiet; all keep 4.5:1 on surface. */
  TEXT("17202B", "E7ECF2"), MUTED("5A6675", "9BA8B7"), FAINT("66717F", "8A97A7"),
  /** Hairlines. */
  LINE("DCE1E8", "28313D"), LINE2("C6CED8", "394554"),
  /** The one accent, and its wash. */
  ACCENT("3557D6", "8FA6FF"), ACCENT_BG("E9EEFF", "222C4B"),
  /** Layer 2: MAC, FDB, ARP. */
  L2("0B72B5", "5BB4EC"), L2_BG("E6F3FC", "12304A"),
  /** Layer 3: addresses, routes. */
  L3("0A7352", "4CC79A"), L3_BG("DFF5EC", "103528"),
  /** Layer 4 and NAT. */
  L4("A8326E", "EC86B8"), L4_BG("FBE6F0", "40182C"),
  /** Overlays. */
  OVERLAY("A64A07", "F2A15F"), OVERLAY_BG("FDEBDC", "43260F"),
  /** Kubernetes objects. */
  KUBE("6A48C4", "B7A0F7"), KUBE_BG("EEE8FB", "2C2350"),
  /** Text on a filled token or button. */
  ON("FFFFFF", "0E1217"),
  /** It holds; it does not yet; careful. */
  OK("167A45", "56C788"), OK_BG("DFF5E7", "12351F"), BAD("C22B2B", "FF8078"), BAD_BG("FCE5E4", "43191A"),
  WARN("9A5B00", "E7B45A"),
  /** A host's and a namespace's ground. */
  HOST("FFFFFF", "161D26"), NETNS("F7FAFD", "1B2430"),
  /** The terminal, dark in both themes. */
  TERM("101720", "0B0F14"), TERM_TEXT("D7E0EA", "D7E0EA");

  private final String light;
  private final String dark;

  Role(String light, String dark) {
    this.light = light;
    this.dark = dark;
  }

  /** Six hex digits. */
  String hex(Theme theme) {
    return switch (theme) {
      case LIGHT -> light;
      case DARK -> dark;
      case LIGHT_CONTRAST -> Contrast.of(this).map(Contrast::light).orElse(light);
      case DARK_CONTRAST -> Contrast.of(this).map(Contrast::dark).orElse(dark);
    };
  }

  /** The name under which stylesheets look it up: {@code -hop-accent-bg}. */
  public String cssName() {
    return "-hop-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
