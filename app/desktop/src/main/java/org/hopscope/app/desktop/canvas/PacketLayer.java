package org.hopscope.app.desktop.canvas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.animation.Interpolator;
import javafx.animation.Transition;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.util.Duration;
import org.hopscope.app.desktop.canvas.draw.Look;
import org.hopscope.app.desktop.canvas.packet.Flight;
import org.hopscope.app.desktop.canvas.packet.Graves;
import org.hopscope.app.desktop.canvas.packet.Places;
import org.hopscope.app.desktop.canvas.packet.Spot;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.trace.Layer;
import org.hopscope.model.trace.Step;

/** The packets of the open trace above the picture: trails, the device looked at, tokens, and marks of the dead. */
final class PacketLayer {
  private static final Duration CABLE = Duration.millis(200);
  private static final Duration SHORT = Duration.millis(140);
  /** More packets than this are dots, but for the one that the step is about. */
  private static final int MOST_CAPSULES = 40;
  /** Farther away than this, the reasons of several deaths would cover everything. */
  private static final double CLOSE = 0.6;
  /** So much smaller are marks without a word then. */
  private static final double FAR = 0.62;
  private static final double STACKED_X = 14;
  private static final double STACKED_Y = 27;

  private final Pane pane = new Pane();
  private final CanvasTexts texts;
  private final Map<Integer, Node> tokens = new HashMap<>();
  private final Crowd crowd = new Crowd();
  private final Trail trail = new Trail();
  private double size = 1;
  private Flight shown = Flight.NONE;
  private Optional<Transition> running = Optional.empty();

  PacketLayer(CanvasTexts texts) {
    this.texts = texts;
    pane.setMouseTransparent(true);
    pane.setPickOnBounds(false);
    pane.getChildren().addAll(crowd.node(), trail.node());
  }

  Node node() {
    return pane;
  }

  /**
   * How packets are shown.
   *
   * @param pace how many times faster than usual they glide; infinite for no motion
   * @param brief whether only where they are is shown, for a hand that is on its way
   */
  record Manner(double pace, boolean brief) {
  }

  /** Makes tokens and marks so many times their usual size, from the next showing on. */
  void grow(double factor) {
    size = factor;
  }

  /**
   * Shows packets; what moved since the flight shown last glides there.
   *
   * @param manner how they are shown
   */
  void show(Flight flight, Picture picture, Viewport viewport, Theme theme, Manner manner) {
    running.ifPresent(Transition::stop);
    running = Optional.empty();
    Flight before = shown;
    shown = flight;
    tokens.clear();
    List<Node> nodes = new ArrayList<>();
    Layer layer = flight.step().map(s -> Layer.of(s.packet())).orElse(Layer.L2);
    trail.show(flight.trail(), theme.color(Look.colour(layer)).deriveColor(0, 1, 1, 0.26), picture, viewport);
    flight.step().filter(_ -> !manner.brief())
        .ifPresent(step -> focus(step, flight, picture, viewport, theme).ifPresent(nodes::add));
    Map<Point, Integer> taken = new HashMap<>();
    Map<Integer, List<Point>> ways = new HashMap<>();
    int most = manner.brief() ? 0 : viewport.scale() < CLOSE ? 1 : Graves.MOST_PLACES;
    for (Graves.Stone stone : Graves.of(flight, most)) {
      boolean far = stone.lines().isEmpty() && viewport.scale() < CLOSE;
      Places.of(picture, stone.spot()).ifPresent(at -> nodes.add(
          put(TokenNode.grave(stone, theme, texts), spread(at, taken, viewport), viewport, far ? FAR : 1)));
    }
    List<Crowd.Dot> dots = new ArrayList<>();
    boolean many = flight.tokens().size() > MOST_CAPSULES;
    Map<Integer, Spot> spots = spots(before);
    for (Flight.Token token : flight.tokens()) {
      boolean dot = many && !flight.step().filter(step -> step.copy() == token.copy()).isPresent();
      Optional<Point> at = Places.of(picture, token.spot()).map(p -> dot ? p : spread(p, taken, viewport));
      List<Point> way = at.map(p -> way(picture, Optional.ofNullable(spots.get(token.copy())), token.spot(), p))
          .orElse(List.of());
      if (way.isEmpty()) {
        continue;
      }
      if (dot) {
        dots.add(new Crowd.Dot(way, theme.color(Look.colour(token.layer()))));
      } else {
        Node node = put(TokenNode.capsule(token, theme), way.getLast(), viewport);
        nodes.add(node);
        tokens.put(token.copy(), node);
        ways.put(token.copy(), way);
      }
    }
    ways.values().removeIf(way -> way.size() == 1);
    crowd.show(dots, viewport, pane.getWidth(), pane.getHeight());
    pane.getChildren().remove(2, pane.getChildren().size());
    pane.getChildren().addAll(nodes);
    boolean moves = !ways.isEmpty() || dots.stream().anyMatch(d -> d.way().size() > 1);
    if (moves && isNeighbour(before, flight) && Double.isFinite(manner.pace())) {
      glide(ways, viewport, manner.pace());
    }
  }

  private static Map<Integer, Spot> spots(Flight flight) {
    Map<Integer, Spot> spots = new HashMap<>();
    flight.tokens().forEach(t -> spots.put(t.copy(), t.spot()));
    return spots;
  }

  /** From where a packet was, if it was somewhere else, to where it is shown now. */
  private static List<Point> way(Picture picture, Optional<Spot> before, Spot now, Point end) {
    return before.filter(s -> !s.equals(now)).map(s -> {
      List<Point> way = new ArrayList<>(Places.way(picture, s, now));
      way.set(way.size() - 1, end);
      return way;
    }).orElse(List.of(end));
  }

  /** Only from one step to the next do things glide; a jump shows where they are. */
  private static boolean isNeighbour(Flight before, Flight now) {
    int from = before.step().map(Step::index).orElse(-1);
    int to = now.step().map(Step::index).orElse(-1);
    return Math.abs(from - to) == 1;
  }

  private void glide(Map<Integer, List<Point>> ways, Viewport viewport, double pace) {
    boolean cable = ways.isEmpty() || ways.values().stream().anyMatch(w -> w.size() > 2);
    Transition glide = new Transition() {
      {
        setCycleDuration((cable ? CABLE : SHORT).divide(pace));
        setInterpolator(Interpolator.EASE_OUT);
      }

      @Override
      protected void interpolate(double part) {
        ways.forEach((copy, way) -> put(tokens.get(copy), Places.along(way, part), viewport));
        if (!crowd.isEmpty()) {
          crowd.frame(part);
        }
      }
    };
    running = Optional.of(glide);
    glide.play();
  }

  private Node put(Node node, Point at, Viewport viewport) {
    return put(node, at, viewport, 1);
  }

  private Node put(Node node, Point at, Viewport viewport, double factor) {
    Point pixel = viewport.toScreen(at);
    node.setScaleX(size * factor);
    node.setScaleY(size * factor);
    node.setTranslateX(Math.round(pixel.x()));
    node.setTranslateY(Math.round(pixel.y()));
    return node;
  }

  /** Tokens that would lie on one another fan out. */
  private static Point spread(Point at, Map<Point, Integer> taken, Viewport viewport) {
    double before = (taken.merge(at, 1, Integer::sum) - 1) / viewport.scale();
    return new Point(at.x() + STACKED_X * before, at.y() + STACKED_Y * before);
  }

  /**
   * What the step is about, drawn once more in the colour of its layer, or in red where a packet died. A host is too
   * large for that: its border shows that its root namespace is looked at.
   */
  private Optional<Node> focus(Step step, Flight flight, Picture picture, Viewport viewport, Theme theme) {
    Selection thing = Spot.focus(step);
    boolean died = flight.graves().stream().anyMatch(g -> g.copy() == step.copy());
    return picture.find(thing).map(part -> {
      if (part.kind() == Part.Kind.HOST) {
        return Sprites.outlined(picture, part,
            Sprites.ring(part, 0, viewport, theme.color(Look.colour(Layer.of(step))), 1.8), viewport, theme, texts);
      }
      Look look = died ? Look.DIED : new Look.LookedAt(Layer.of(step));
      return Sprites.of(picture, picture.within(Set.of(thing)), t -> t.equals(thing) ? look : Look.PLAIN, viewport,
          theme, texts);
    });
  }
}
