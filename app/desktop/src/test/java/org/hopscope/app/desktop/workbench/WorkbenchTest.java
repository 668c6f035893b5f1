package org.hopscope.app.desktop.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.Notes;
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
  void an_edit_in_the_past_closes_the_trace_and_leaves_its_probe_to_be_sent_again() {
    workbench.goTo(3);
    workbench.apply(CHANGE, Hand.GESTURE);
    assertThat(workbench.traceProperty().get()).isEmpty();
    assertThat(workbench.overtakenProperty().get()).contains(trace);
    workbench.send(trace.probe());
    assertThat(workbench.overtakenProperty().get()).isEmpty();
  }

  @Test
  void an_edit_after_the_end_overtakes_nothing() {
    workbench.goTo(trace.steps().size());
    workbench.apply(CHANGE, Hand.GESTURE);
    assertThat(workbench.traceProperty().get()).isEmpty();
    assertThat(workbench.overtakenProperty().get()).isEmpty();
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
