package org.hopscope.app.desktop.inspector;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.WireGuard;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** The packet as a step leaves it: headers as boxes in boxes, what the step changed marked. */
final class PacketPanel extends VBox {
  private final Label size = Kit.label("", "muted");
  private final VBox boxes = new VBox();
  private final BytesView bytes = new BytesView();

  PacketPanel() {
    getStyleClass().add("packet-panel");
    Label name = Kit.label(Messages.text("packet.title"), "section-title");
    // In a narrow pane it is the remark between them that gives way.
    for (Label whole : List.of(name, size)) {
      whole.setMinWidth(USE_PREF_SIZE);
    }
    HBox title = new HBox(4, name, Kit.label(Messages.text("packet.after"), "muted"), Kit.spring(), size);
    title.setMinHeight(USE_PREF_SIZE);
    VBox all = new VBox(6, boxes, bytes);
    ScrollPane scroll = new ScrollPane(all) {
      /** As high as what it shows at the width that it has: headers wrap. */
      @Override
      protected double computePrefHeight(double width) {
        double inside = (width < 0 ? getWidth() : width) - snappedLeftInset() - snappedRightInset();
        return all.prefHeight(Math.max(-1, inside)) + snappedTopInset() + snappedBottomInset();
      }
    };
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setMinHeight(0);
    scroll.getStyleClass().add("packet-scroll");
    scroll.setFocusTraversable(false);
    getChildren().addAll(title, scroll);
    Kit.show(this, false);
  }

  /** Shows the packet of a step of a trace, or nothing. */
  void show(LabState lab, Optional<Trace> trace, Optional<Step> step) {
    Kit.show(this, step.isPresent() && trace.isPresent());
    if (step.isEmpty() || trace.isEmpty()) {
      return;
    }
    Packet packet = step.get().packet();
    int mtu = step.get().device().filter(d -> lab.devices().containsKey(d)).map(d -> Links.mtuOf(lab, lab.device(d)))
        .orElse(0);
    size.setText(mtu == 0
        ? Messages.text("packet.bytes", packet.networkLength())
        : Messages.text("packet.bytes.of", packet.networkLength(), mtu));
    Optional<Packet> before = previous(trace.get(), step.get());
    boxes.getChildren().setAll(box(packet, 0, before));
    bytes.show(packet, mtu);
  }

  private static Optional<Packet> previous(Trace trace, Step step) {
    for (int i = step.index() - 1; i >= 0; i--) {
      if (trace.steps().get(i).copy() == step.copy()) {
        return Optional.of(trace.steps().get(i).packet());
      }
    }
    return Optional.empty();
  }

  private Node box(Packet packet, int depth, Optional<Packet> before) {
    Header header = packet.headers().get(depth);
    List<HeaderWords.Field> fields = HeaderWords.of(header);
    Optional<Header> old = before.flatMap(b -> twin(b, header, alike(packet, depth)));
    List<HeaderWords.Field> oldFields = old.map(HeaderWords::of).orElse(List.of());
    TextFlow line = new TextFlow();
    line.getStyleClass().add("packet-line");
    line.getChildren().add(text(HeaderWords.name(header), "packet-name"));
    for (int i = 0; i < fields.size(); i++) {
      boolean changed = before.isPresent() && (i >= oldFields.size() || !oldFields.get(i).equals(fields.get(i)));
      HeaderWords.Field field = fields.get(i);
      line.getChildren().add(text(" " + field.label(), "packet-label"));
      if (changed && i < oldFields.size()) {
        line.getChildren().addAll(text(oldFields.get(i).value(), "packet-old"), text(" ", "packet-label"));
      }
      line.getChildren().add(text(field.value(), changed ? "packet-changed" : "packet-value"));
    }
    VBox box = new VBox(4, line);
    box.getStyleClass().addAll("packet-box", "layer-" + layer(header).toLowerCase(Locale.ROOT));
    if (depth + 1 < packet.headers().size()) {
      box.getChildren().add(box(packet, depth + 1, before));
    } else if (packet.payload() > 0) {
      box.getChildren().add(Kit.label(Messages.text("packet.payload", packet.payload()), "packet-payload"));
    }
    return box;
  }

  /** How many headers of the same kind stand inside the one at a depth: tunnels put them into each other. */
  private static long alike(Packet packet, int depth) {
    Class<?> kind = packet.headers().get(depth).getClass();
    return packet.headers().stream().skip(depth + 1L).filter(h -> h.getClass() == kind).count();
  }

  private static Optional<Header> twin(Packet before, Header header, long inside) {
    for (int i = 0; i < before.headers().size(); i++) {
      if (before.headers().get(i).getClass() == header.getClass() && alike(before, i) == inside) {
        return Optional.of(before.headers().get(i));
      }
    }
    return Optional.empty();
  }

  private static Text text(String words, String style) {
    Text text = new Text(words);
    text.getStyleClass().addAll("packet-text", style);
    return text;
  }

  static String layer(Header header) {
    return switch (header) {
      case Header.Ethernet _,Header.Vlan _,Header.Arp _,Header.NeighbourSolicitation _,Header.NeighbourAdvertisement _ ->
          "L2";
      case Header.Ip _,Header.Fragment6 _,Header.Echo _,Header.Complaint _ -> "L3";
      case Header.Tcp _,Header.Udp _ -> "L4";
      case Header.Carrier _ -> "OVERLAY";
      case WireGuard _ -> "OVERLAY";
    };
  }
}
