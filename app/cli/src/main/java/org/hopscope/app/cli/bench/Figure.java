package org.hopscope.app.cli.bench;

import java.util.Locale;

/**
 * One measured figure.
 *
 * @param kase what was measured
 * @param params with what
 * @param metric which figure of it
 * @param value how much
 * @param unit of what
 */
public record Figure(String kase, String params, String metric, double value, String unit) {
  /** The line that the shared scripts read, parted by tabs. */
  public String line() {
    return String.join("\t", "R", kase, params, metric, String.format(Locale.ROOT, "%.6g", value), unit);
  }
}
