package org.hopscope.assets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The one way to whatever is not code: fonts ({@link Face}), icons and notices. */
public final class Assets {
  private static final List<Integer> ICON_SIZES = List.of(16, 24, 32, 48, 64, 128, 256, 512);

  private Assets() {}

  /** The program's icon as PNG files, the smallest first. */
  public static List<URL> icons() {
    return ICON_SIZES.stream().map(size -> url("icons/hopscope-" + size + ".png")).toList();
  }

  /** The same icon as a drawing, in SVG. */
  public static URL scalableIcon() {
    return url("icons/hopscope.svg");
  }

  /** What the program is made of, each part with its licence, as Markdown. */
  public static String thirdParty() {
    return text("THIRD-PARTY.md");
  }

  /** The licence texts of the bundled fonts, one after the other. */
  public static String fontLicences() {
    return text("licences/Inter-OFL.txt") + "\n\n" + text("licences/JetBrainsMono-OFL.txt");
  }

  static URL url(String path) {
    var url = Assets.class.getResource(path);
    if (url == null) {
      throw new IllegalArgumentException("no such asset: " + path);
    }
    return url;
  }

  private static String text(String path) {
    try (InputStream in = url(path).openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("asset cannot be read: " + path, e);
    }
  }
}
