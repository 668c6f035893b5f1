package org.hopscope.app.desktop.inspector;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.application.Platform;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.FXCollections;
import javafx.collections.SetChangeListener;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.kit.Tabs;
import org.hopscope.app.desktop.workbench.Breakpoint;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.app.desktop.workbench.Player;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Stops;
import org.hopscope.app.desktop.workbench.Unrolling;
import org.hopscope.app.desktop.workbench.Winner;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.docker.Container;
import org.hopscope.model.docker.linux.Sandbox;
import org.hopscope.model.kube.linux.Pods;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.lab.Change;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.trace.Layer;
import org.hopscope.model.trace.RowRef;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/**
 * The inspector: the tables of what is selected, or of where the packet is, as of the step at which the open trace
 * stands. Whichever of the two changed last is shown.
 */
public final class InspectorPane extends BorderPane {
  static final int DEVICES = 0;
  static final int ROUTES = 1;
  static final int ARP = 2;
  static final int FDB = 3;
  static final int SETTINGS = 4;
  static final int LISTENERS = 5;
  static final int RULES = 6;
  static final int CONNTRACK = 7;
  static final int PEERS = 8;
  static final int KUBE = 9;
  static final int DOCKER = 10;
  static final int IPVS = 11;
  /** Of the height, at most so much belongs to the packet. */
  private static final double PACKET_MOST = 0.6;
  private static final List<String> TABS =
      List.of("devices", "routes", "arp", "fdb", "sysctl", "ss", "rules", "conntrack", "wg", "kube", "docker", "ipvs");

  private final Workbench workbench;
  private final Label kind = Kit.label("", "eyebrow");
  private final Label asOf = Kit.label("", "eyebrow");
  private final Label name = Kit.label("", "inspector-name");
  private final ListView<Row> list = new ListView<>();
  private final Label empty = Kit.paragraph("", "empty-note");
  private final VBox body = new VBox();
  private final Tabs tabs = new Tabs();
  private final DeviceForm form;
  private final PacketPanel packet = new PacketPanel();
  private Subject subject;
  private Optional<KubeTables.Page> page = Optional.empty();
  private boolean stale;
  private RowCell.Light light = RowCell.Light.NONE;

  public InspectorPane(Workbench workbench, Player player) {
    this.workbench = workbench;
    form = new DeviceForm(workbench);
    subject = new Subject(workbench.labProperty().get().firstHost().root(), Optional.empty());
    getStyleClass().add("inspector");
    HBox eyebrow = new HBox(kind, Kit.spring(), asOf);
    VBox head = new VBox(eyebrow, name);
    head.getStyleClass().add("inspector-head");
    list.getStyleClass().add("plain-list");
    list.setCellFactory(
        _ -> new RowCell(() -> light, row -> player.breakpoints().contains(new Breakpoint.AtRow(row))));
    list.setAccessibleText(Messages.text("inspector.name"));
    list.setOnMouseClicked(event -> {
      if (event.getClickCount() == 2) {
        enterRow();
      }
    });
    list.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
      if (event.getCode() == KeyCode.ENTER) {
        enterRow();
        event.consume();
      } else if (event.getCode() == KeyCode.B && !event.isShortcutDown()) {
        stopAtRow(player);
        event.consume();
      }
    });
    list.setOnContextMenuRequested(event -> {
      MenuItem stop = new MenuItem(Messages.text("inspector.stop"));
      stop.setOnAction(_ -> stopAtRow(player));
      new ContextMenu(stop).show(list, event.getScreenX(), event.getScreenY());
    });
    player.breakpoints().addListener((SetChangeListener<Breakpoint>) _ -> list.refresh());
    VBox.setVgrow(list, Priority.ALWAYS);
    body.getChildren().addAll(form, list, empty);
    for (String tab : TABS) {
      tabs.add(new SimpleStringProperty(Messages.text("inspector." + tab)), () -> body);
    }
    tabs.onChoice(this::refresh);
    setTop(head);
    setCenter(tabs);
    setBottom(packet);
    packet.maxHeightProperty().bind(heightProperty().multiply(PACKET_MOST));
    workbench.selectionProperty().addListener((_, _, now) -> select(now));
    workbench.shownProperty().addListener((_, _, _) -> refresh());
    workbench.stepProperty().addListener((_, _, _) -> follow());
    workbench.traceProperty().addListener((_, _, _) -> follow());
    workbench.scrubbingProperty().addListener((_, _, _) -> follow());
    workbench.predictions().askingProperty().addListener((_, _, _) -> refresh());
    workbench.unrolling().atProperty().addListener((_, _, _) -> follow());
    workbench.session().listen(change -> {
      if (change.cause() instanceof Change.Cause.Replaced) {
        tabs.choose(DEVICES);
      }
    });
    follow();
    fill();
  }

  /** Puts the focus on the chosen tab. */
  public void focus() {
    tabs.focus();
  }

  private void stopAtRow(Player player) {
    list.getSelectionModel().getSelectedItems().stream().flatMap(row -> row.ref().stream()).findFirst()
        .ifPresent(ref -> player.toggle(new Breakpoint.AtRow(ref)));
  }

  private void enterRow() {
    list.getSelectionModel().getSelectedItems().stream().flatMap(row -> row.target().stream()).findFirst()
        .ifPresent(target -> workbench.select(Set.of(target)));
  }

  private void select(Set<Selection> selection) {
    Subject.of(workbench.shownProperty().get(), selection).ifPresent(chosen -> {
      subject = chosen;
      if (chosen.device().isPresent()) {
        tabs.choose(DEVICES);
      } else if (chosen.object().isPresent()) {
        tabs.choose(KUBE);
      }
    });
    refresh();
  }

  /** Goes where the packet is, to the table it is held against. */
  private void follow() {
    if (workbench.scrubbingProperty().get()) {
      return;
    }
    workbench.currentStep().ifPresent(step -> {
      subject = new Subject(step.where(), Optional.empty());
      Lit.tab(step).or(() -> deciding(step).flatMap(Lit::tab)).ifPresent(tabs::choose);
    });
    if (workbench.traceProperty().get().isEmpty()) {
      Staged.of(workbench.unrolling(), workbench.shownProperty().get()).ifPresent(staged -> {
        subject = staged.subject();
        tabs.offer(staged.tab(), true);
        tabs.choose(staged.tab());
      });
    }
    if (workbench.currentStep().isEmpty()) {
      workbench.traceProperty().get().ifPresent(t -> subject = new Subject(t.probe().from(), Optional.empty()));
    }
    refresh();
  }

  /** Fills the pane anew once what is under way is done: one step moves lab, place and question in turn. */
  private void refresh() {
    if (!stale && !workbench.scrubbingProperty().get()) {
      stale = true;
      Platform.runLater(this::fill);
    }
  }

  private void fill() {
    stale = false;
    LabState lab = workbench.shownProperty().get();
    if (!subject.isIn(lab)) {
      subject = Subject.of(lab, workbench.selectionProperty().get())
          .orElseGet(() -> new Subject(lab.firstHost().root(), Optional.empty()));
    }
    Optional<Step> step = workbench.currentStep();
    light = step.filter(_ -> !workbench.predictions().isOpen())
        .map(s -> light(lab, s)).or(() -> staged(lab))
        .orElse(RowCell.Light.NONE);
    showHead(lab);
    offer(lab);
    Tables tables = new Tables(lab, subject.netns());
    FilterTables filter = new FilterTables(lab, subject.netns());
    List<Row> rows = switch (tabs.chosen()) {
      case ROUTES -> tables.routes();
      case ARP -> tables.neighbours();
      case FDB -> tables.fdb();
      case SETTINGS -> tables.settings();
      case LISTENERS -> tables.listeners();
      case RULES -> filter.rules();
      case CONNTRACK -> filter.connections();
      case PEERS -> filter.peers();
      case KUBE -> kube(lab);
      case IPVS -> IpvsTables.of(lab, subject.netns());
      case DOCKER -> DockerTables.of(lab, subject.netns());
      default -> tables.devices();
    };
    list.setItems(FXCollections.observableList(rows));
    Kit.show(list, !rows.isEmpty());
    Kit.show(empty, rows.isEmpty());
    empty.setText(Messages.text("inspector.empty." + TABS.get(tabs.chosen())));
    light.winner().or(() -> light.written().stream().findFirst()).map(won -> find(rows, won)).filter(at -> at >= 0)
        .ifPresent(at -> list.scrollTo(Math.max(0, at - 2)));
    Optional<Device> device = tabs.chosen() == DEVICES ? subject.device(lab) : Optional.empty();
    form.show(lab, device);
    packet.show(lab, workbench.traceProperty().get(), step);
  }

  private RowCell.Light light(LabState lab, Step step) {
    Step telling = deciding(step).orElse(step);
    return new RowCell.Light(Winner.of(lab, telling), Lit.written(step), Layer.of(telling));
  }

  /** For the step at which a packet dies, the lookup that it died by. */
  private Optional<Step> deciding(Step step) {
    return workbench.traceProperty().get().flatMap(trace -> Stops.deciding(trace, step));
  }

  private Optional<RowCell.Light> staged(LabState lab) {
    return workbench.traceProperty().get().isPresent()
        ? Optional.empty()
        : Staged.of(workbench.unrolling(), lab).map(Staged::light);
  }

  /** Tables of what the lab does not have are not offered. */
  private void offer(LabState lab) {
    tabs.offer(PEERS, lab.devices().values().stream().anyMatch(d -> d.kind() instanceof DeviceKind.WireGuard));
    tabs.offer(KUBE, !lab.clusters().isEmpty());
    tabs.offer(IPVS, lab.find(subject.netns()).filter(n -> !n.ipvs().services().isEmpty()).isPresent());
    tabs.offer(DOCKER, lab.engine(subject.netns().host()).isStarted());
  }

  private List<Row> kube(LabState lab) {
    page = page.filter(p -> p.isGood(lab, subject)).or(() -> Optional.of(KubeTables.Page.of(lab, subject)));
    return page.get().rows();
  }

  private static int find(List<Row> rows, RowRef wanted) {
    return rows instanceof RuleList rules
        ? rules.find(wanted)
        : rows.stream().map(Row::ref).toList().indexOf(Optional.of(wanted));
  }

  private static String word(Selection thing) {
    return thing instanceof Selection.OfObject(var _, var key) ? word(key) : Messages.text("inspector.kind.cluster");
  }

  private static String word(ObjectKey key) {
    return key.kind().word() + (key.namespace().isEmpty() ? "" : " · " + key.namespace());
  }

  private void showHead(LabState lab) {
    Optional<Trace> trace = workbench.traceProperty().get();
    int at = workbench.stepProperty().get();
    asOf.setText(Kit.capitals(
        trace.filter(t -> at < t.steps().size()).map(_ -> Messages.text("inspector.asof", at))
            .or(() -> Optional.of(workbench.unrolling()).filter(Unrolling::isPast)
                .map(u -> Messages.text("inspector.stage", u.atProperty().get())))
            .orElse("")));
    Optional<ObjectKey> pod = Pods.at(lab, subject.netns()).map(p -> p.pod().key());
    Optional<Container> container = Sandbox.owner(lab, subject.netns());
    kind.setText(Kit.capitals(subject.object().map(InspectorPane::word).or(() -> subject.device(lab)
        .map(d -> Messages.text("inspector.kind.device", d.kind().word(), PlaceNames.of(lab, d.netns()))))
        .or(() -> pod.map(InspectorPane::word))
        .or(() -> container.map(_ -> Messages.text("inspector.kind.container")))
        .orElseGet(() -> Messages.text(subject.netns().isRoot() ? "inspector.kind.host" : "inspector.kind.netns"))));
    name.setText(subject.object().map(o -> Things.name(lab, o)).or(() -> subject.device(lab).map(Device::name))
        .or(() -> pod.map(ObjectKey::name)).or(() -> container.map(Container::name))
        .orElseGet(() -> PlaceNames.of(lab, subject.netns())));
  }
}
