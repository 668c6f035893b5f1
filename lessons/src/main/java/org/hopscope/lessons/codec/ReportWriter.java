package org.hopscope.lessons.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import org.hopscope.lessons.check.Finding;
import org.hopscope.lessons.lesson.Lesson;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.TaskState;

/** Writes what a check found as JSON. */
public final class ReportWriter {
  private ReportWriter() {
  }

  /** One document on one line: {@code lesson, title, passed, tasks [id, title, holds, findings], refused}. */
  public static String json(Lesson lesson, List<TaskState> tasks, List<Rehearsal.Refused> refused) {
    JsonObject report = new JsonObject();
    report.addProperty("lesson", lesson.id());
    report.addProperty("title", lesson.card().title());
    report.addProperty("passed", tasks.stream().allMatch(TaskState::holds));
    JsonArray states = new JsonArray();
    tasks.forEach(state -> states.add(task(state)));
    report.add("tasks", states);
    JsonArray commands = new JsonArray();
    refused.forEach(command -> commands.add(refused(command)));
    report.add("refused", commands);
    return report.toString();
  }

  private static JsonObject task(TaskState state) {
    JsonObject task = new JsonObject();
    task.addProperty("id", state.task().id());
    task.addProperty("title", state.task().title());
    task.addProperty("holds", state.holds());
    JsonArray findings = new JsonArray();
    state.findings().forEach(finding -> findings.add(finding(finding)));
    task.add("findings", findings);
    return task;
  }

  private static JsonObject finding(Finding finding) {
    JsonObject object = new JsonObject();
    object.addProperty("holds", finding.holds());
    object.addProperty("band", finding.band().name().toLowerCase(Locale.ROOT));
    object.addProperty("demand", finding.demand());
    finding.tried().ifPresent(tried -> object.addProperty("tried", tried));
    object.addProperty("seen", finding.seen());
    finding.about().ifPresent(about -> object.addProperty("about", about.toString()));
    return object;
  }

  private static JsonObject refused(Rehearsal.Refused command) {
    JsonObject object = new JsonObject();
    object.addProperty("line", command.number());
    object.addProperty("command", command.command());
    object.addProperty("exit", command.exit());
    object.addProperty("said", command.said());
    return object;
  }
}
