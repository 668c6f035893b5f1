package org.hopscope.app.desktop.canvas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.hopscope.app.desktop.canvas.packet.Flight;
import org.hopscope.app.desktop.canvas.packet.Spot;
import org.hopscope.app.desktop.canvas.scene.Cable;
import org.hopscope.app.desktop.canvas.scene.Layout;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.shell.Interpreter;
import org.hopscope.model.sim.Simulator;
import org.hopscope.model.trace.Layer;
import org.hopscope.model.trace.Trace;

/**
 * Measures how the canvas moves, in turns with bare JavaFX layers of the same size that do the like:
 * {@code CanvasFrames SECONDS TURNS [CASE...]}. Prints lines {@code R case params metric value unit}, parted by tabs.
 */
public final class CanvasFrames extends Application {
  private static final double WIDTH = 1400;
  private static final double HEIGHT = 900;
  private static final double WARM = 1.0;

  private final StackPane root = new StackPane();
  private final List<Run> queue = new ArrayList<>();
  private double seconds;

  /** The door: it is no Application, so that it starts from the class path. */
  public static final class Start {
    private Start() {}

    public static void main(String[] args) {
      Application.launch(CanvasFrames.class, args);
    }
  }

  /** Something that shows itself, and moves on with every frame. */
  private interface Act {
    Node node();

    /** Where it is {@code t} seconds after its beginning. */
    void frame(double t);

    default void end() {
    }
  }

  /** One measurement. */
  private record Run(String name, String side, int turn, java.util.function.Supplier<Act> act) {
  }

  @Override
  public void start(Stage stage) {
    Appearance.loadFonts();
    List<String> args = getParameters().getRaw();
    seconds = Double.parseDouble(args.get(0));
    int turns = Integer.parseInt(args.get(1));
    List<String> only = args.subList(2, args.size());
    LabState some = SampleLabs.named("many");
    LabState thousand = SampleLabs.many(1000);
    LabState fives = fives();
    for (int turn = 1; turn <= turns; turn++) {
      add(only, "pan-300", turn, () -> new Pan(some, 300), () -> new BarePan(300));
      add(only, "drag-300", turn, () -> new Drag(some), () -> new BareDrag(300));
      add(only, "animate-300", turn, () -> new Fly(some, 300), () -> new BareFly(300, 300));
      add(only, "crowd-1000", turn, () -> new Fly(thousand, 1000), () -> new BareFly(1000, 1000));
      add(only, "fit-1000x5", turn, () -> new Fly(fives, 1000), () -> new BareFly(5000, 1000));
      add(only, "pan-1000x5", turn, () -> new Pan(fives, 60), () -> new BarePan(5000));
    }
    stage.setScene(new Scene(root, WIDTH, HEIGHT));
    stage.setX(0);
    stage.setY(0);
    stage.show();
    next();
  }

  private void add(List<String> only, String name, int turn, java.util.function.Supplier<Act> ours,
      java.util.function.Supplier<Act> bare) {
    if (only.isEmpty() || only.contains(name)) {
      queue.add(new Run(name, "ours", turn, ours));
      queue.add(new Run(name, "bare", turn, bare));
    }
  }

  private static LabState fives() {
    Session session = new Session(Editor.fresh(1));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      lines.append("ip netns add n").append(i).append('\n');
      lines.append("ip link add eth0 netns n").append(i).append(" type veth peer name eth1 netns n").append(i)
          .append('\n');
      lines.append("ip -n n").append(i).append(" link add d0 type dummy\nip -n n").append(i)
          .append(" link add d1 type dummy\n");
    }
    new Interpreter(session).run(session.state().firstHost().root(), lines.toString(), _ -> {
    });
    return session.state();
  }

  private void next() {
    if (queue.isEmpty()) {
      Platform.exit();
      return;
    }
    Run run = queue.removeFirst();
    Act act = run.act().get();
    root.getChildren().setAll(act.node());
    new AnimationTimer() {
      private long begun;
      private long last;
      private int count;
      private final double[] gaps = new double[100_000];

      @Override
      public void handle(long now) {
        begun = begun == 0 ? now : begun;
        double t = (now - begun) / 1e9;
        act.frame(t);
        if (t >= WARM && last > 0) {
          gaps[count++] = (now - last) / 1e6;
        }
        last = now;
        if (t > WARM + seconds) {
          stop();
          act.end();
          print(run, Arrays.copyOf(gaps, count));
          Platform.runLater(CanvasFrames.this::next);
        }
      }
    }.start();
  }

  private static void print(Run run, double[] gaps) {
    Arrays.sort(gaps);
    double sum = Arrays.stream(gaps).sum();
    String params = "side=" + run.side() + ",turn=" + run.turn();
    line(run.name(), params, "frames_per_s", 1000 * gaps.length / sum, "1/s");
    line(run.name(), params, "frame_median_ms", gaps[gaps.length / 2], "ms");
    line(run.name(), params, "frame_p95_ms", gaps[(int) (gaps.length * 0.95)], "ms");
    line(run.name(), params, "frame_worst_ms", gaps[gaps.length - 1], "ms");
  }

  private static void line(String name, String params, String metric, double value, String unit) {
    System.out.printf(Locale.ROOT, "R\tcanvas-%s\t%s\t%s\t%.4g\t%s%n", name, params, metric, value, unit);
  }

  /** A canvas with a lab on it, shown whole. */
  private abstract static class Ours implements Act {
    final Workbench workbench;
    final CanvasPane canvas;

    Ours(LabState lab) {
      workbench = new Workbench(new Session(lab));
      canvas = new CanvasPane(workbench, new Appearance(Theme.LIGHT), new CanvasTexts(Locale.ENGLISH));
      canvas.setStyle(Theme.LIGHT.rootStyle());
      canvas.complete();
    }

    @Override
    public Node node() {
      return canvas;
    }

    void mouse(EventType<MouseEvent> type, double x, double y) {
      boolean down = type != MouseEvent.MOUSE_RELEASED;
      Event.fireEvent(canvas, new MouseEvent(type, x, y, x, y, MouseButton.PRIMARY, 1, false, false, false, false, down,
          false, false, false, false, true, null));
    }
  }

  /** Scrolled to and fro. */
  private static final class Pan extends Ours {
    private final double far;
    private double at;

    Pan(LabState lab, double far) {
      super(lab);
      this.far = far;
    }

    @Override
    public void frame(double t) {
      double wanted = Math.round(far * Math.sin(2 * t));
      double by = wanted - at;
      at = wanted;
      Event.fireEvent(canvas, new ScrollEvent(ScrollEvent.SCROLL, 700, 450, 700, 450, false, false, false, false, true,
          false, by, 0, by, 0, ScrollEvent.HorizontalTextScrollUnits.NONE, 0,
          ScrollEvent.VerticalTextScrollUnits.NONE, 0, 0, null));
    }
  }

  /** A namespace carried about. */
  private static final class Drag extends Ours {
    private boolean held;
    private double x;
    private double y;

    Drag(LabState lab) {
      super(lab);
    }

    @Override
    public void frame(double t) {
      if (!held) {
        Selection thing = workbench.labProperty().get().netns().keySet().stream().filter(n -> !n.isRoot())
            .map(Selection.OfNetns::new).findFirst().orElseThrow();
        canvas.over(thing).ifPresent(box -> {
          held = true;
          x = box.x() + box.width() / 2;
          y = box.y() + 3;
          mouse(MouseEvent.MOUSE_PRESSED, x, y);
        });
      } else {
        mouse(MouseEvent.MOUSE_DRAGGED, x + 200 + 150 * Math.sin(2 * t), y + 150 + 100 * Math.cos(2 * t));
      }
    }

    @Override
    public void end() {
      mouse(MouseEvent.MOUSE_RELEASED, x, y);
    }
  }

  /** Packets on cables, each of which moves. */
  private static final class Fly extends Ours {
    private final PacketLayer packets = new PacketLayer(new CanvasTexts(Locale.ENGLISH));
    private final StackPane both = new StackPane();
    private final Picture picture;
    private final List<Flight> flights;
    private int shown = -1;

    Fly(LabState lab, int count) {
      super(lab);
      picture = Layout.of(lab);
      both.getChildren().addAll(canvas, packets.node());
      Trace trace = Simulator.run(lab, Probe.ping(lab.firstHost().root(),
          org.hopscope.model.addr.IpAddress.of("127.0.0.1")));
      List<Cable> cables = picture.cables();
      List<Flight.Token> here = new ArrayList<>();
      List<Flight.Token> there = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Cable cable = cables.get(i % cables.size());
        DeviceId from = i % 2 == 0 ? cable.one() : cable.other();
        DeviceId to = i % 2 == 0 ? cable.other() : cable.one();
        here.add(new Flight.Token(i, List.of(new Flight.Shell("echo 1", Layer.L3)), new Spot.AtDevice(from)));
        there.add(new Flight.Token(i, List.of(new Flight.Shell("echo 1", Layer.L3)), new Spot.OnCable(from, to)));
      }
      flights = List.of(new Flight(here, List.of(), Set.of(), Optional.of(trace.steps().get(0))),
          new Flight(there, List.of(), Set.of(), Optional.of(trace.steps().get(1))));
    }

    @Override
    public Node node() {
      return both;
    }

    @Override
    public void frame(double t) {
      int wanted = (int) (t / 0.4);
      if (wanted != shown) {
        shown = wanted;
        packets.show(flights.get(wanted % 2), picture, canvas.viewport(), Theme.LIGHT,
            new PacketLayer.Manner(0.5, false));
      }
    }
  }

  /** Boxes on a canvas that was drawn once. */
  private abstract static class Bare implements Act {
    final Pane pane = new Pane();
    final int boxes;
    final Canvas still;

    Bare(int boxes) {
      this.boxes = boxes;
      still = new Canvas(WIDTH + 320, HEIGHT + 320);
      GraphicsContext g = still.getGraphicsContext2D();
      g.setFill(Color.WHITE);
      g.fillRect(0, 0, still.getWidth(), still.getHeight());
      for (int i = 0; i < boxes; i++) {
        g.setStroke(Color.GRAY);
        g.strokeLine(x(i), y(i), x((i * 7 + 3) % boxes), y((i * 7 + 3) % boxes));
        g.setFill(Color.STEELBLUE);
        g.fillRoundRect(x(i) - 14, y(i) - 10, 28, 20, 6, 6);
        g.setFill(Color.BLACK);
        g.fillText("pod-" + i, x(i) - 14, y(i) + 22);
      }
      pane.getChildren().add(still);
    }

    double x(int i) {
      int columns = (int) Math.ceil(Math.sqrt(boxes * 1.5));
      return 40 + i % columns * (WIDTH - 80) / Math.max(1, columns - 1);
    }

    double y(int i) {
      int columns = (int) Math.ceil(Math.sqrt(boxes * 1.5));
      int rows = (boxes + columns - 1) / columns;
      return 40 + i / columns * (HEIGHT - 80) / Math.max(1, rows - 1);
    }

    @Override
    public Node node() {
      return pane;
    }
  }

  /** The canvas shifted. */
  private static final class BarePan extends Bare {
    BarePan(int boxes) {
      super(boxes);
    }

    @Override
    public void frame(double t) {
      still.setTranslateX(Math.round(-160 + 150 * Math.sin(2 * t)));
    }
  }

  /** A small canvas moved over it. */
  private static final class BareDrag extends Bare {
    private final Canvas carried = new Canvas(170, 120);

    BareDrag(int boxes) {
      super(boxes);
      carried.getGraphicsContext2D().setFill(Color.STEELBLUE);
      carried.getGraphicsContext2D().fillRoundRect(0, 0, 170, 120, 20, 20);
      pane.getChildren().add(carried);
    }

    @Override
    public void frame(double t) {
      carried.setTranslateX(300 + 150 * Math.sin(2 * t));
      carried.setTranslateY(300 + 100 * Math.cos(2 * t));
    }
  }

  /** A second canvas above it, cleared and drawn for each frame. */
  private static final class BareFly extends Bare {
    private final Canvas top = new Canvas(WIDTH, HEIGHT);
    private final int packets;

    BareFly(int boxes, int packets) {
      super(boxes);
      this.packets = packets;
      pane.getChildren().add(top);
    }

    @Override
    public void frame(double t) {
      GraphicsContext g = top.getGraphicsContext2D();
      g.clearRect(0, 0, WIDTH, HEIGHT);
      g.setFill(Color.CRIMSON);
      double part = t % 1;
      for (int i = 0; i < packets; i++) {
        int j = (i * 7 + 3) % boxes;
        g.fillOval(x(i) + (x(j) - x(i)) * part - 3, y(i) + (y(j) - y(i)) * part - 3, 6, 6);
      }
    }
  }
}
