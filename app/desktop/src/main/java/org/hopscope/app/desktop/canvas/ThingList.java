package org.hopscope.app.desktop.canvas;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.hopscope.app.desktop.action.Action;
import org.hopscope.app.desktop.canvas.scene.DeviceState;
import org.hopscope.app.desktop.canvas.scene.ObjectWords;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.canvas.scene.Walk;
import org.hopscope.app.desktop.canvas.tools.Locks;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.kube.object.KubeObject;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;

/**
 * The same things as on the canvas, as a table for keyboards and screen readers: each below what holds it, with its kind,
 * state and addresses. What is chosen here is selected there, and the canvas's keys and menu work on it.
 */
final class ThingList extends BorderPane {
  private static final double INDENT = 18;

  private final CanvasDesk desk;
  private final CanvasTexts texts;
  private final ListView<Selection> list = new ListView<>();
  private boolean following;
  private boolean choosing;

  /** What the list asks of the pane it lies in. */
  interface Ways {
    /** Opens the menu of what is selected there, on the screen. */
    void menu(double x, double y);

    /** Goes back to the canvas. */
    void close();
  }

  ThingList(CanvasDesk desk, List<Action> actions, Ways ways) {
    this.desk = desk;
    texts = desk.texts();
    getStyleClass().add("thing-list");
    list.getStyleClass().add("plain-list");
    list.setId("thing-list");
    list.setAccessibleText(texts.get("list.name"));
    list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    list.setCellFactory(_ -> new Cell());
    HBox head = row("thing-head", texts.get("list.thing"), texts.get("list.kind"), texts.get("list.state"),
        texts.get("list.addresses"), 0);
    Button close = Kit.button(texts.get("list.close"), ways::close, "small-button");
    close.setMinWidth(Region.USE_PREF_SIZE);
    close.setId("thing-close");
    head.getChildren().addAll(Kit.spring(), close);
    setTop(head);
    setCenter(list);
    list.getSelectionModel().getSelectedItems().addListener((javafx.beans.Observable _) -> chosen());
    list.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
      Optional<Action> action = actions.stream().filter(a -> a.shortcut().map(k -> k.match(event)).orElse(false))
          .findFirst();
      boolean menu = event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.CONTEXT_MENU
          || event.getCode() == KeyCode.F10 && event.isShiftDown();
      action.ifPresent(Action::fire);
      if (menu) {
        Bounds here = list.localToScreen(list.getBoundsInLocal());
        ways.menu(here.getMinX() + 2 * INDENT, here.getMinY() + 2 * INDENT);
      } else if (event.getCode() == KeyCode.ESCAPE) {
        ways.close();
      }
      if (menu || action.isPresent() || event.getCode() == KeyCode.ESCAPE) {
        event.consume();
      }
    });
    list.setOnContextMenuRequested(event -> ways.menu(event.getScreenX(), event.getScreenY()));
  }

  /** Shows a picture's things, with those selected that are selected there. */
  void show(Picture picture, Set<Selection> selected) {
    if (choosing) {
      return;
    }
    following = true;
    List<Selection> things = Walk.order(picture);
    if (!things.equals(list.getItems())) {
      list.getItems().setAll(things);
    } else {
      list.refresh();
    }
    list.getSelectionModel().clearSelection();
    selected.forEach(list.getSelectionModel()::select);
    following = false;
  }

  void focus() {
    list.requestFocus();
    if (list.getSelectionModel().isEmpty()) {
      list.getSelectionModel().selectFirst();
    }
  }

  /** The list is in the middle of telling its selection, and must not be changed before it has. */
  private void chosen() {
    if (!following) {
      choosing = true;
      desk.select(list.getSelectionModel().getSelectedItems().stream().filter(Objects::nonNull)
          .collect(Collectors.toCollection(LinkedHashSet::new)));
      choosing = false;
    }
  }

  private static HBox row(String style, String thing, String kind, String state, String rest, double indent) {
    Label name = Kit.label(thing, "thing-name");
    HBox row = new HBox(12, name, fixed(kind, 96), fixed(state, 96), Kit.label(rest, "thing-rest"));
    name.setMinWidth(Math.max(60, 220 - indent));
    name.setMaxWidth(Math.max(60, 220 - indent));
    row.setAlignment(Pos.CENTER_LEFT);
    row.getStyleClass().add(style);
    row.setMinWidth(0);
    row.setTranslateX(indent);
    return row;
  }

  private static Label fixed(String text, double width) {
    Label label = Kit.label(text, "thing-word");
    label.setMinWidth(width);
    label.setMaxWidth(width);
    return label;
  }

  private final class Cell extends ListCell<Selection> {
    Cell() {
      setPrefWidth(0);
      setPrefHeight(26);
      setMinHeight(Region.USE_PREF_SIZE);
    }

    @Override
    protected void updateItem(Selection thing, boolean none) {
      super.updateItem(thing, none);
      LabState lab = desk.picture().lab();
      if (none || thing == null || !Things.exists(lab, thing)) {
        setGraphic(null);
        setAccessibleText("");
        return;
      }
      Optional<Device> device = Things.device(lab, thing);
      String lock = Locks.isLocked(desk.picture(), thing) ? texts.get("list.locked") : "";
      Optional<KubeObject> object = object(lab, thing);
      String kind = device.map(d -> d.kind().word()).or(() -> object.map(o -> o.kind().word()))
          .orElseGet(() -> texts.get(switch (thing) {
            case Selection.OfHost _ -> "list.host";
            case Selection.OfNetns(var id) -> Pods.at(lab, id).isPresent() ? "list.pod"
                : Sandbox.owner(lab, id).isPresent() ? "list.container" : "list.netns";
            case Selection.OfCluster _ -> "list.cluster";
            case Selection.OfObject _ -> "list.object";
            case Selection.OfRemark _ -> "list.remark";
            case Selection.OfDevice _ -> "list.device";
          }));
      String state = (device.map(d -> DeviceState.of(lab, d).word() + " ").orElse("") + lock).strip();
      String addresses = device.map(d -> d.addresses().stream().map(AssignedAddress::local).map(Object::toString)
          .collect(Collectors.joining("  "))).or(() -> object.map(o -> said(lab, thing, o))).orElse("");
      String name = Things.name(lab, thing);
      setGraphic(row("thing-row", name, kind, state, addresses, INDENT * depth(thing)));
      setAccessibleText(String.join(", ", List.of(name, kind, state, addresses)));
    }

    private static Optional<KubeObject> object(LabState lab, Selection thing) {
      return thing instanceof Selection.OfObject(String cluster, var key)
          ? Optional.ofNullable(lab.clusters().get(cluster)).flatMap(c -> c.find(key))
          : Optional.empty();
    }

    private static String said(LabState lab, Selection thing, KubeObject object) {
      return thing instanceof Selection.OfObject(String cluster, var _)
          ? ObjectWords.line(lab.clusters().get(cluster), object)
          : "";
    }

    private int depth(Selection thing) {
      return desk.picture().find(thing).flatMap(Part::holder).map(h -> 1 + depth(h)).orElse(0);
    }
  }
}
