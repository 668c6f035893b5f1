package org.hopscope.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hopscope.app.cli.codec.JsonText;
import org.hopscope.app.cli.codec.ReportJson;
import org.hopscope.model.codec.Report;
import org.hopscope.model.codec.Report.Verdict;
import org.hopscope.model.journal.Entry;
import org.hopscope.model.journal.Entry.Part;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.shell.Places;

/** {@code report FILE [--json]}: does again what a report tells; 0 when that went the same way, 1 when not. */
final class ReportCommand {
  private ReportCommand() {
  }

  static int run(Options options, Terminal terminal) throws BadInputException {
    options.allowOnly(Set.of("--json"), Set.of());
    if (options.words().size() != 1) {
      throw new BadInputException(Messages.of("report.one-file"));
    }
    Path file = InputFiles.path(options.words().getFirst());
    Report report = InputFiles.report(file);
    Report.Rerun rerun = report.rerun();
    if (options.has("--json")) {
      terminal.say(JsonText.oneLine(ReportJson.of(report, rerun)));
    } else {
      tell(report, rerun, terminal);
    }
    return rerun.verdict() instanceof Verdict.Identical ? 0 : 1;
  }

  private static void tell(Report report, Report.Rerun rerun, Terminal terminal) {
    LabState base = report.journal().base();
    terminal.say(Messages.of("report.head", report.journal().program(), base.basis().seed(), base.hosts().size(),
        base.netns().size(), base.devices().size()));
    report.system().forEach((name, value) -> terminal.say("  " + name + " " + value));
    List<Entry> entries = report.journal().entries();
    for (int i = 0; i < entries.size(); i++) {
      terminal.say((i < rerun.replay().done() ? "" : "not done: ") + (i + 1) + "  " + text(base, entries.get(i)));
    }
    terminal.say(switch (rerun.verdict()) {
      case Verdict.Identical() -> Messages.of("report.identical", entries.size());
      case Verdict.Differs(int entry) -> Messages.of("report.differs", entries.size(), entry);
      case Verdict.Stopped(int entry, String why) -> Messages.of("report.stopped", rerun.replay().done(),
          entries.size(), entry, why);
      case Verdict.Unmarked() -> Messages.of("report.unmarked", entries.size());
    });
  }

  private static String text(LabState base, Entry entry) {
    return switch (entry) {
      case Entry.Edited(List<Part> parts, var _) -> String.join("; ", parts.stream().map(ReportCommand::text).toList());
      case Entry.Sent(var probe) -> "probe " + Places.name(base, probe.from()) + " -> " + probe.to();
      case Entry.Undone() -> "undo";
      case Entry.Redone() -> "redo";
      case Entry.Replaced _ -> Messages.of("report.replaced");
    };
  }

  private static String text(Part part) {
    return switch (part) {
      case Part.Command(String line) -> line;
      case Part.Arranged(var item, var place) -> Messages.of("report.arranged", item.kind(), item.name(), place.x(),
          place.y());
      case Part.Disarranged() -> Messages.of("report.disarranged");
      case Part.Remarked(var remark) -> Messages.of("report.remarked", remark.id(), remark.text().lines().findFirst()
          .orElse(""));
      case Part.Erased(String id) -> Messages.of("report.erased", id);
      case Part.Restored(String point, var _) -> "# " + point;
      case Part.Saved(var probe) -> Messages.of("report.saved", probe.name());
      case Part.Forgotten(String name) -> Messages.of("report.forgotten", name);
    };
  }
}
