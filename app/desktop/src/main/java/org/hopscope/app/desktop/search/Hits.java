package org.hopscope.app.desktop.search;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.app.desktop.action.Actions;
import org.hopscope.app.desktop.canvas.scene.ClusterLayout;
import org.hopscope.app.desktop.canvas.scene.ObjectWords;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.lesson.LessonDesk;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.lessons.Syllabus;
import org.hopscope.lessons.lesson.Glossary;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.shell.Help;

/** Everything that can be found: what is in the lab, the lessons, the actions, the words of the trade, the commands. */
public final class Hits {
  private Hits() {}

  /** Where what was found leads to. */
  public interface Ways {
    /** Opens a lesson. */
    void lesson(String id);

    /** Opens the glossary at a term. */
    void term(String id);

    /** Puts a program's name on the prompt. */
    void command(String program);
  }

  public static List<Hit> of(Workbench workbench, LessonDesk lessons, Actions actions, Ways ways) {
    return Stream.of(things(workbench), lessons(lessons.syllabus(), ways), actions(actions),
        terms(lessons.glossary(), ways), commands(ways)).flatMap(s -> s).toList();
  }

  private static Stream<Hit> terms(Glossary glossary, Ways ways) {
    return glossary.terms().stream().map(t -> new Hit(Messages.text("search.term"), t.name(), t.lesson(),
        String.join(" ", t.words()), () -> ways.term(t.id())));
  }

  private static Stream<Hit> commands(Ways ways) {
    return Help.programs().stream()
        .map(p -> new Hit(Messages.text("search.command"), p, "", () -> ways.command(p)));
  }

  private static Stream<Hit> actions(Actions actions) {
    return actions.all().stream().filter(a -> a.enabled().get())
        .map(a -> new Hit(Messages.text("search.action"), a.label(), a.keys(), a.also(), a::fire));
  }

  private static Stream<Hit> lessons(Syllabus syllabus, Ways ways) {
    return syllabus.entries().stream().map(e -> e.card()).map(card -> new Hit(Messages.text("search.lesson"),
        card.id() + " " + card.title(), card.chapter(), card.question(),
        () -> ways.lesson(card.id())));
  }

  private static Stream<Hit> things(Workbench workbench) {
    LabState lab = workbench.labProperty().get();
    Stream<Hit> places = PlaceNames.all(lab).stream()
        .map(id -> new Hit(
            Messages.text(id.isRoot() ? "search.host" : Pods.at(lab, id).isPresent() ? "search.pod"
                : Sandbox.owner(lab, id).isPresent() ? "search.container" : "search.netns"),
            PlaceNames.of(lab, id), "",
            () -> workbench.select(
                Set.of(id.isRoot() ? new Selection.OfHost(id.host()) : new Selection.OfNetns(id)))));
    Stream<Hit> devices = lab.devices().values().stream().filter(d -> !d.isLoopback())
        .map(d -> new Hit(Messages.text("search.device"), d.name(), PlaceNames.of(lab, d.netns()),
            () -> workbench.select(Set.of(new Selection.OfDevice(d.id())))));
    Stream<Hit> clusters = lab.clusters().values().stream().flatMap(cluster -> Stream.concat(
        Stream.of(new Hit(Messages.text("search.cluster"), cluster.name(), "",
            () -> workbench.select(Set.of(new Selection.OfCluster(cluster.name()))))),
        ClusterLayout.shelf(cluster).map(o -> new Hit(o.kind().word(), ObjectWords.name(o), cluster.name(),
            () -> workbench.select(Set.of(new Selection.OfObject(cluster.name(), o.key())))))));
    return Stream.of(places, devices, clusters).flatMap(s -> s);
  }
}
