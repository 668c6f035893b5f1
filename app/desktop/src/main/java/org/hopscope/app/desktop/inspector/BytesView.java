package org.hopscope.app.desktop.inspector;

import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;
import org.hopscope.model.packet.PacketBytes;

/**
 * How a packet's bytes are used up: a bar with a piece for each header, against what the device takes at most; and, when asked
 * for, the bytes themselves, each header's in its colour and under its name.
 */
final class BytesView extends VBox {
  private static final double HEIGHT = 8;
  private static final int SHOWN = 128;

  private final HBox budget = new HBox(1);
  private final ToggleButton switched = new ToggleButton(Messages.text("packet.hex"));
  private final VBox hex = new VBox(2);
  private final ScrollPane scroll = new ScrollPane(hex);
  private Optional<Packet> packet = Optional.empty();

  BytesView() {
    super(6);
    switched.getStyleClass().add("chip-button");
    switched.setId("packet-hex");
    switched.setMinWidth(USE_PREF_SIZE);
    switched.selectedProperty().addListener(_ -> write());
    budget.setMinHeight(HEIGHT);
    HBox.setHgrow(budget, javafx.scene.layout.Priority.ALWAYS);
    HBox row = new HBox(10, budget, switched);
    row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    scroll.setFitToWidth(true);
    scroll.setMaxHeight(150);
    scroll.setPrefViewportHeight(120);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    Kit.show(scroll, false);
    getChildren().addAll(row, scroll);
  }

  /**
   * Shows a packet.
   *
   * @param mtu what the device takes at most, without the link header; 0 when there is none
   */
  void show(Packet shown, int mtu) {
    packet = Optional.of(shown);
    budget.getChildren().clear();
    int whole = Math.max(mtu, shown.length());
    for (Header header : shown.headers()) {
      piece(header.length(), whole, "packet-piece-" + PacketPanel.layer(header).toLowerCase(Locale.ROOT));
    }
    piece(shown.payload(), whole, "packet-piece-payload");
    piece(Math.max(0, mtu - shown.networkLength()), whole, "packet-piece-free");
    write();
  }

  private void piece(int bytes, int whole, String style) {
    if (bytes > 0) {
      Region piece = new Region();
      piece.getStyleClass().addAll("packet-piece", style);
      piece.setMinWidth(2);
      piece.setPrefHeight(HEIGHT);
      piece.setMaxHeight(HEIGHT);
      piece.prefWidthProperty().bind(budget.widthProperty().multiply((double) bytes / whole));
      budget.getChildren().add(piece);
    }
  }

  private void write() {
    Kit.show(scroll, switched.isSelected());
    hex.getChildren().clear();
    if (!switched.isSelected()) {
      return;
    }
    packet.ifPresent(p -> {
      byte[] bytes = PacketBytes.of(p);
      int at = 0;
      for (Header header : p.headers()) {
        line(HeaderWords.name(header), bytes, at, Math.min(bytes.length, at + header.length()),
            "hex-" + PacketPanel.layer(header).toLowerCase(Locale.ROOT));
        at += header.length();
      }
      line(Messages.text("packet.data"), bytes, at, Math.min(bytes.length, at + SHOWN), "hex-payload");
    });
  }

  private void line(String name, byte[] bytes, int from, int to, String style) {
    if (from >= to) {
      return;
    }
    StringBuilder words = new StringBuilder();
    for (int i = from; i < to; i++) {
      words.append(String.format(Locale.ROOT, "%02x ", bytes[i]));
    }
    Text title = new Text(name + "  ");
    title.getStyleClass().addAll("packet-text", style);
    Text text = new Text(words.toString());
    text.getStyleClass().addAll("packet-text", "packet-value");
    hex.getChildren().add(new TextFlow(title, text));
  }
}
