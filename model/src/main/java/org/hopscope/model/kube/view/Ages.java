package org.hopscope.model.kube.view;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.hopscope.model.kube.codec.ObjectText;
import org.hopscope.model.net.VirtualTime;

/** How old something is, in few letters (apimachinery pkg/util/duration HumanDuration). */
final class Ages {
  private Ages() {
  }

  /** {@code Thu, 01 Jan 2026 00:00:00 +0000}. */
  static String date(VirtualTime time) {
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC).format(
        ObjectText.instant(time));
  }

  /** {@code 2026-01-01 00:00:00 +0000 UTC}. */
  static String stamp(VirtualTime time) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC).format(ObjectText
        .instant(time)) + " UTC";
  }

  static String of(VirtualTime created, VirtualTime now) {
    long seconds = Math.max(0, (now.nanos() - created.nanos()) / 1_000_000_000L);
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return seconds + "s";
    }
    if (minutes < 10) {
      return minutes + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    if (hours < 8) {
      return hours + "h" + (minutes % 60 == 0 ? "" : minutes % 60 + "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    return days < 8 && hours % 24 != 0 ? days + "d" + hours % 24 + "h" : days + "d";
  }
}
