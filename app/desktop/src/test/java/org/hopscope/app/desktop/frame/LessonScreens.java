package org.hopscope.app.desktop.frame;

import java.util.Map;
import java.util.function.Consumer;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;

/** Lessons, as a learner meets them and under way; pages to look things up in; the window for other eyes. */
final class LessonScreens {
  private final Map<String, Consumer<Studio>> all;

  private LessonScreens(Map<String, Consumer<Studio>> all) {
    this.all = all;
  }

  static void add(Map<String, Consumer<Studio>> all) {
    LessonScreens screens = new LessonScreens(all);
    screens.lessons();
    screens.syllabus();
    screens.pages();
    screens.eyes();
  }

  private void lessons() {
    all.put("window", s -> {
      s.lesson("C3");
      s.type("iptables -t nat -A POSTROUTING -s 10.244.1.0/24 ! -d 10.244.0.0/16 -j MASQUERADE");
      s.probe("pod1 -> 203.0.113.9:80", Steps.rewrites(Event.Rewriting.SOURCE_NAT));
    });
    all.put("lesson", s -> s.lesson("A2"));
    all.put("lesson-failed", s -> {
      s.lesson("A2");
      s.probe("netns1 -> 10.1.1.2", _ -> false);
      s.tab("dock.events");
    });
    all.put("lessons", s -> s.act("lessons"));
    all.put("quiz", s -> {
      s.lesson("A6");
      s.showLesson("program", "below", "joined");
      s.answer("hands-to", "veth=peer", "lo=self", "tun=program", "tap=below", "bridge=ports");
    });
    all.put("quiz-right", s -> {
      s.lesson("B2");
      s.showLesson("none");
    });
  }

  /** Lessons under way. */
  private void syllabus() {
    all.put("lesson-a5", s -> {
      s.lesson("A5");
      s.showLesson(s.tasks(1));
    });
    all.put("lesson-a10", s -> {
      s.lesson("A10");
      s.showLesson(s.tasks(1));
      s.probe("a -> 10.0.0.2", step -> step.event() instanceof Event.Forked);
    });
    all.put("lesson-a11", s -> {
      s.lesson("A11");
      s.showLesson(s.tasks(2));
      s.workbench().closeTrace();
    });
    all.put("lesson-b1", s -> {
      s.lesson("B1");
      s.showLesson(s.tasks(3));
    });
    all.put("lesson-c3", s -> {
      s.lesson("C3");
      s.showLesson(s.tasks(2));
      s.probe("pod1 -> 203.0.113.9:80", Steps.rewrites(Event.Rewriting.SOURCE_NAT));
    });
    all.put("lesson-d3", s -> {
      s.lesson("D3");
      s.showLesson(s.tasks(2));
      s.probe("pod1 -> 10.244.2.2", Steps.rewrites(Event.Rewriting.ENCAPSULATION));
    });
    all.put("lesson-d6", s -> {
      s.lesson("D6");
      s.showLesson(s.tasks(1));
      s.probe("client -> 10.0.0.2", Studio.asks(Lookup.FlowLookup.class, _ -> true));
    });
  }

  /** Pages to look things up in. */
  private void pages() {
    all.put("glossary", s -> s.act("glossary"));
    all.put("counterparts", s -> s.act("counterparts"));
    all.put("article", s -> s.act("article"));
    all.put("review", s -> {
      s.lesson("A3");
      s.predictWrong();
      s.lesson("D3");
      s.showLesson(s.tasks(3));
      s.lesson("C1");
      s.showLesson(s.tasks(3));
      s.act("review");
      s.await(".reference-page .section-title", 3);
    });
    all.put("term", s -> {
      s.lesson("A10");
      s.explain("bridge");
    });
  }

  /** For eyes that want it larger or clearer. */
  private void eyes() {
    all.put("large-text", s -> {
      s.lesson("C3");
      s.frame().actions().get("text.usual").fire();
      for (int i = 0; i < 5; i++) {
        s.act("text.larger");
      }
      s.probe("pod1 -> 203.0.113.9:80", Studio.asks(Lookup.RouteLookup.class, _ -> true));
    });
    all.put("contrast", s -> {
      s.lesson("C3");
      s.act("contrast");
      s.probe("pod1 -> 203.0.113.9:80", Studio.asks(Lookup.RouteLookup.class, l -> l.netns().isRoot()));
    });
  }
}
