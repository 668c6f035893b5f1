package org.hopscope.app.desktop.canvas;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.Node;
import org.hopscope.app.desktop.canvas.packet.Card;
import org.hopscope.app.desktop.canvas.packet.Flight;
import org.hopscope.app.desktop.canvas.packet.Flights;
import org.hopscope.app.desktop.canvas.packet.Spot;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Sizes;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Appearance;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.trace.Trace;

/** The open trace on the canvas: its packets and the card of the lookup it stands at. */
final class TraceView {

  private final Workbench workbench;
  private final CanvasTexts texts;
  private final PacketLayer packets;
  private final CardLayer cards;
  private final DoubleProperty pace = new SimpleDoubleProperty(1);
  private Optional<Flights> flights = Optional.empty();
  private Flight flight = Flight.NONE;
  private Optional<Card> card = Optional.empty();

  TraceView(Workbench workbench, CanvasTexts texts) {
    this.workbench = workbench;
    this.texts = texts;
    packets = new PacketLayer(texts);
    cards = new CardLayer(workbench.predictions(), texts);
  }

  List<Node> nodes() {
    return List.of(packets.node(), cards.node());
  }

  /** How many times faster than usual tokens glide. */
  DoubleProperty paceProperty() {
    return pace;
  }

  /** Reads the trace anew: it was opened, closed or stepped. */
  void read() {
    Optional<Trace> open = workbench.traceProperty().get();
    flights = open.map(trace -> flights.filter(f -> f.isOf(trace)).orElseGet(() -> new Flights(trace)));
    flight = flights.map(f -> f.at(workbench.stepProperty().get())).orElse(Flight.NONE);
    card = workbench.traceProperty().get()
        .filter(_ -> !workbench.scrubbingProperty().get())
        .flatMap(t -> workbench.currentStep().flatMap(s -> Card.of(t, s, texts)));
  }

  /**
   * Shows it over a picture.
   *
   * @param free the pixels a card may use
   */
  void show(Picture picture, Viewport viewport, Appearance looks, Box free) {
    Theme theme = looks.themeProperty().get();
    packets.grow(looks.sizeProperty().get() / 100.0);
    packets.show(flight, picture, viewport, theme,
        new PacketLayer.Manner(looks.isStill() ? Double.POSITIVE_INFINITY : pace.get(),
            workbench.scrubbingProperty().get()));
    if (card.isEmpty()) {
      cards.show(card, Optional.empty(), List.of(), free, looks);
      return;
    }
    Optional<Box> about = flight.step().flatMap(s -> picture.find(Spot.focus(s))).map(Part::box)
        .map(viewport::toScreen);
    List<Box> others = picture.parts().stream().map(TraceView::words).map(viewport::toScreen).toList();
    cards.show(card, about, others, free, looks);
  }

  /** What of a part should not be hidden: of a host its title only. */
  private static Box words(Part part) {
    Box box = part.box();
    return part.kind() == Part.Kind.HOST ? new Box(box.x(), box.y(), box.width() * 0.6, Sizes.HOST_HEAD) : box;
  }
}
