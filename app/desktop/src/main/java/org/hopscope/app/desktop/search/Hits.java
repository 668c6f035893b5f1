package org.hopscope.app.desktop.search;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hopscope.app.desktop.action.Actions;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.lessons.Syllabus;
import org.hopscope.model.lab.LabState;

/** Everything that can be found: what is in the lab, the lessons, the actions. */
public final class Hits {
  private Hits() {}

  public static List<Hit> of(Workbench workbench, Syllabus syllabus, Consumer<String> openLesson, Actions actions) {
    return Stream.of(things(workbench), lessons(syllabus, openLesson), actions(actions)).flatMap(s -> s).toList();
  }

  private static Stream<Hit> actions(Actions actions) {
    return actions.all().stream().filter(a -> a.enabled().get())
        .map(a -> new Hit(Messages.text("search.action"), a.label(), a.keys(), a::fire));
  }

  private static Stream<Hit> lessons(Syllabus syllabus, Consumer<String> open) {
    return syllabus.entries().stream().map(e -> e.card()).map(card -> new Hit(Messages.text("search.lesson"),
        card.id() + " " + card.title(), card.chapter(), () -> open.accept(card.id())));
  }

  private static Stream<Hit> things(Workbench workbench) {
    LabState lab = workbench.labProperty().get();
    Stream<Hit> places = PlaceNames.all(lab).stream()
        .map(id -> new Hit(Messages.text(id.isRoot() ? "search.host" : "search.netns"), PlaceNames.of(lab, id), "",
            () -> workbench.select(
                Set.of(id.isRoot() ? new Selection.OfHost(id.host()) : new Selection.OfNetns(id)))));
    Stream<Hit> devices = lab.devices().values().stream().filter(d -> !d.isLoopback())
        .map(d -> new Hit(Messages.text("search.device"), d.name(), PlaceNames.of(lab, d.netns()),
            () -> workbench.select(Set.of(new Selection.OfDevice(d.id())))));
    return Stream.concat(places, devices);
  }
}
