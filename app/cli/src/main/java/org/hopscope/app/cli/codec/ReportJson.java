package org.hopscope.app.cli.codec;

import com.google.gson.JsonObject;
import org.hopscope.model.codec.Report;
import org.hopscope.model.codec.Report.Verdict;

/** What came of a report, as JSON. */
public final class ReportJson {
  private ReportJson() {
  }

  /** The document: {@code identical} is left out where the report has nothing to compare with. */
  public static JsonObject of(Report report, Report.Rerun rerun) {
    JsonObject document = new JsonObject();
    document.addProperty("program", report.journal().program());
    JsonObject system = new JsonObject();
    report.system().forEach(system::addProperty);
    document.add("system", system);
    document.addProperty("seed", report.journal().base().basis().seed());
    document.addProperty("entries", report.journal().entries().size());
    document.addProperty("replayed", rerun.replay().done());
    switch (rerun.verdict()) {
      case Verdict.Identical() -> document.addProperty("identical", true);
      case Verdict.Differs(int entry) -> {
        document.addProperty("identical", false);
        document.addProperty("differs_at", entry);
      }
      case Verdict.Stopped(int entry, String why) -> {
        document.addProperty("identical", false);
        document.addProperty("stopped_at", entry);
        document.addProperty("reason", why);
      }
      case Verdict.Unmarked() -> {
      }
    }
    return document;
  }
}
