package org.hopscope.app.desktop.workbench;

import java.util.Locale;
import org.hopscope.model.net.VirtualTime;

/** How the window writes virtual time. */
public final class Clock {
  private static final long MICRO = 1_000;

  private Clock() {}

  /** Hours, minutes, seconds and milliseconds since the lab began. */
  public static String read(VirtualTime now) {
    long millis = now.nanos() / VirtualTime.MILLI;
    return String.format(Locale.ROOT, "%02d:%02d:%02d.%03d", millis / 3_600_000, millis / 60_000 % 60,
        millis / 1_000 % 60, millis % 1_000);
  }

  /** A span, in the unit that suits it. */
  public static String since(VirtualTime start, VirtualTime now) {
    long nanos = now.since(start);
    if (nanos < VirtualTime.MILLI) {
      return nanos / MICRO + " µs";
    }
    return nanos < VirtualTime.SECOND
        ? String.format(Locale.ROOT, "%.1f ms", nanos / (double) VirtualTime.MILLI)
        : String.format(Locale.ROOT, "%.2f s", nanos / (double) VirtualTime.SECOND);
  }
}
