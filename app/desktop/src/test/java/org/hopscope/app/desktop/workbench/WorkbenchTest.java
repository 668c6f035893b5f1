package org.hopscope.app.desktop.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.trace.Trace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an edit does to the trace that is open. */
class WorkbenchTest {
  private static final Edit CHANGE = new Edit.AddNetns(new NetnsId("host", "another"));
  private static final Edit MOVE = new Edit.Arrange(new ItemKey("netns", "host/web"), new Notes.Place(40, 80));

  private Workbench workbench;
  private Trace trace;

  @BeforeEach
  void send() {
    workbench = new Workbench(new Session(SampleLabs.named("bridge")));
    trace = workbench.send(SampleLabs.probe(workbench.labProperty().get()).orElseThrow());
  }

  @Test
  void a_probe_that_lies_ready_teaches_the_lab_nothing_before_its_first_step() {
    Workbench fresh = new Workbench(new Session(SampleLabs.named("bridge")));
    LabState before = fresh.labProperty().get();
    fresh.layReady(trace.probe());
    assertThat(fresh.traceProperty().get()).isPresent();
    assertThat(fresh.labProperty().get()).isEqualTo(before);
    fresh.goTo(1);
    assertThat(fresh.labProperty().get().learned()).isNotEqualTo(before.learned());
    assertThat(fresh.stepProperty().get()).isEqualTo(1);
  }

  @Test
  void an_edit_in_the_past_closes_the_trace_and_leaves_its_probe_to_be_sent_again() {
    workbench.goTo(3);
    workbench.apply(CHANGE, Hand.GESTURE);
    assertThat(workbench.traceProperty().get()).isEmpty();
    assertThat(workbench.kept().overtakenProperty().get()).contains(new KeptTrace(trace, OptionalInt.of(3)));
    workbench.send(trace.probe());
    assertThat(workbench.kept().overtakenProperty().get()).isEmpty();
  }

  @Test
  void an_edit_in_the_past_goes_on_from_there_and_keeps_what_would_have_come() {
    LabState end = workbench.labProperty().get();
    workbench.goTo(5);
    LabState past = workbench.shownProperty().get();
    assertThat(past.learned()).isNotEqualTo(end.learned());
    workbench.apply(CHANGE, Hand.GESTURE);
    LabState forked = workbench.labProperty().get();
    assertThat(forked.learned()).isEqualTo(past.learned());
    assertThat(forked.now()).isEqualTo(past.now());
    assertThat(workbench.kept().all()).containsExactly(new KeptTrace(trace, OptionalInt.of(5)));
    workbench.undo();
    assertThat(workbench.labProperty().get()).isEqualTo(past);
    workbench.undo();
    assertThat(workbench.labProperty().get()).isEqualTo(end);
    workbench.redo();
    workbench.redo();
    assertThat(workbench.labProperty().get()).isEqualTo(forked);
  }

  @Test
  void what_is_refused_in_the_past_leaves_everything_as_it_is() {
    LabState end = workbench.labProperty().get();
    workbench.goTo(5);
    assertThat(workbench.apply(new Edit.DeleteNetns(new NetnsId("host", "nobody")), Hand.GESTURE))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(workbench.labProperty().get()).isEqualTo(end);
    assertThat(workbench.stepProperty().get()).isEqualTo(5);
  }

  private Ran run(List<String> out, String line) {
    return workbench.run(trace.probe().from(), line, reply -> {
      out.addAll(reply.out());
      out.addAll(reply.err());
    });
  }

  @Test
  void the_terminal_answers_as_of_the_step_and_keeps_its_variables() {
    NetnsId from = trace.probe().from();
    String neighbours = "ip neigh";
    List<String> before = new ArrayList<>();
    assertThat(run(before, "x=7; " + neighbours)).isEqualTo(new Ran(0, OptionalInt.of(0), false));
    assertThat(before).isEmpty();
    int asks =
        IntStream.range(0, trace.steps().size()).filter(k -> !trace.learnedAt(k).neighbours(from).rows().isEmpty())
            .findFirst().orElseThrow();
    workbench.goTo(asks);
    List<String> during = new ArrayList<>();
    run(during, neighbours + "; echo $x");
    assertThat(during).hasSize(2).first().asString().contains("INCOMPLETE");
    assertThat(during).last().isEqualTo("7");
    assertThat(workbench.traceProperty().get()).as("asking leaves the trace open").contains(trace);
    workbench.goTo(trace.steps().size());
    List<String> after = new ArrayList<>();
    assertThat(run(after, neighbours).asOf()).isEmpty();
    assertThat(after).first().asString().contains("FAILED");
  }

  @Test
  void tcpdump_in_the_past_has_seen_what_came_up_to_the_step_and_no_more() {
    List<Integer> seen = new ArrayList<>();
    for (int k : new int[] {0, 4, trace.steps().size() / 2, trace.steps().size()}) {
      workbench.goTo(k);
      List<String> out = new ArrayList<>();
      run(out, "tcpdump -n -i any");
      assertThat(run(new ArrayList<>(), "true").exit()).isZero();
      seen.add(out.size());
    }
    assertThat(seen).isSorted();
    assertThat(seen.getFirst()).as("only what it says of itself").isEqualTo(3);
    assertThat(seen.getLast()).isGreaterThan(seen.getFirst());
  }

  @Test
  void a_command_that_changes_the_past_forks_and_one_that_sends_is_sent_now() {
    LabState end = workbench.labProperty().get();
    workbench.goTo(5);
    LabState past = workbench.shownProperty().get();
    Ran ran = run(new ArrayList<>(), "ip netns add another");
    assertThat(ran).isEqualTo(new Ran(0, OptionalInt.of(5), true));
    assertThat(workbench.labProperty().get().learned()).isEqualTo(past.learned());
    assertThat(workbench.commands()).extracting(CommandEntry::line).first().isEqualTo("# back to step 5 of the trace");
    workbench.undo();
    workbench.undo();
    workbench.open(trace, 5);
    Ran sent = run(new ArrayList<>(), "ping -c 1 " + trace.probe().to());
    assertThat(sent).isEqualTo(new Ran(1, OptionalInt.empty(), false));
    assertThat(workbench.traceProperty().get().orElseThrow().start().learned()).isEqualTo(end.learned());
  }

  @Test
  void an_edit_after_the_end_overtakes_nothing() {
    workbench.goTo(trace.steps().size());
    workbench.apply(CHANGE, Hand.GESTURE);
    assertThat(workbench.traceProperty().get()).isEmpty();
    assertThat(workbench.kept().overtakenProperty().get()).isEmpty();
  }

  @Test
  void what_is_only_moved_on_the_canvas_leaves_the_trace_open_and_is_seen_there() {
    workbench.goTo(3);
    workbench.apply(MOVE, Hand.GESTURE);
    assertThat(workbench.traceProperty().get()).contains(trace);
    assertThat(workbench.stepProperty().get()).isEqualTo(3);
    assertThat(workbench.shownProperty().get()).isEqualTo(
        trace.stateAt(3).withNotes(workbench.labProperty().get().notes()));
    workbench.undo();
    assertThat(workbench.traceProperty().get()).contains(trace);
    assertThat(workbench.shownProperty().get()).isEqualTo(trace.stateAt(3));
  }
}
