package org.hopscope.app.desktop.canvas.scene;

/**
 * Which part of the canvas is seen: a canvas point is drawn at {@code x * scale + left}, {@code y * scale + top}.
 *
 * @param scale 1 for 100 %, from {@link #LEAST} to {@link #MOST}
 * @param left in pixels
 * @param top in pixels
 */
public record Viewport(double scale, double left, double top) {
  public static final double LEAST = 0.05;
  public static final double MOST = 4;
  /** 100 %, with the canvas's beginning below and beside the palette. */
  public static final Viewport HOME = new Viewport(1, 112, 56);

  private static final double MARGIN = 32;

  public Point toCanvas(double x, double y) {
    return new Point((x - left) / scale, (y - top) / scale);
  }

  public Point toScreen(Point p) {
    return new Point(p.x() * scale + left, p.y() * scale + top);
  }

  public Box toScreen(Box box) {
    return new Box(box.x() * scale + left, box.y() * scale + top, box.width() * scale, box.height() * scale);
  }

  /** Moved by so many pixels. */
  public Viewport panned(double dx, double dy) {
    return new Viewport(scale, left + dx, top + dy);
  }

  /** Larger by a factor, with what is at the pixel {@code x, y} staying there. */
  public Viewport zoomed(double factor, double x, double y) {
    double wanted = Math.clamp(scale * factor, LEAST, MOST);
    double real = wanted / scale;
    return new Viewport(wanted, x - (x - left) * real, y - (y - top) * real);
  }

  /**
   * All of a box, in the middle of a window, at 100 % at most.
   *
   * @param insetLeft pixels at the left that are covered, by the palette
   * @param margin pixels to leave free on every side
   */
  public static Viewport fit(Box box, double width, double height, double insetLeft, double margin) {
    double roomX = Math.max(1, width - insetLeft - 2 * margin);
    double roomY = Math.max(1, height - 2 * margin);
    double scale = Math.clamp(Math.min(roomX / Math.max(1, box.width()), roomY / Math.max(1, box.height())), LEAST, 1);
    double left = insetLeft + margin + (roomX - box.width() * scale) / 2 - box.x() * scale;
    double top = margin + (roomY - box.height() * scale) / 2 - box.y() * scale;
    return new Viewport(scale, Math.round(left), Math.round(top));
  }

  /** The least shift that brings a box into view. */
  public Viewport showing(Box box, double width, double height) {
    Box seen = toScreen(box);
    double dx = seen.x() < MARGIN ? MARGIN - seen.x() : Math.min(0, width - MARGIN - seen.right());
    double dy = seen.y() < MARGIN ? MARGIN - seen.y() : Math.min(0, height - MARGIN - seen.bottom());
    return panned(Math.round(dx), Math.round(dy));
  }
}
