package org.hopscope.app.desktop.header;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Bubble;
import org.hopscope.app.desktop.kit.DropButton;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.app.desktop.workbench.PlaceNames;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;

/** The bar that sends probes: what kind, from where, to whom. */
public final class ProbeBar extends HBox {
  /** How many letters of a target are seen: an address with its port stands there whole. */
  private static final int LEAST_COLUMNS = 16;
  private static final int MOST_COLUMNS = 26;
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

  private final Workbench workbench;
  private final DropButton kind = new DropButton(this::kinds);
  private final DropButton from = new DropButton(this::places);
  private final TextField to = new TextField();
  private final Button send;
  private ProbeText.Kind chosen = ProbeText.Kind.PING;
  private NetnsId source;
  private Runnable sent = () -> {
  };

  public ProbeBar(Workbench workbench) {
    this.workbench = workbench;
    source = workbench.labProperty().get().firstHost().root();
    getStyleClass().add("probe-bar");
    setAlignment(Pos.CENTER_LEFT);
    setMaxWidth(USE_PREF_SIZE);
    kind.getStyleClass().addAll("probe-part", "probe-kind");
    kind.setAccessibleText(Messages.text("probe.kind"));
    from.getStyleClass().addAll("probe-part", "probe-place");
    from.setAccessibleText(Messages.text("probe.from"));
    to.getStyleClass().add("probe-target");
    kind.setId("probe-kind");
    from.setId("probe-from");
    to.setId("probe-to");
    to.setPromptText(Messages.text("probe.to.hint"));
    to.setAccessibleText(Messages.text("probe.to"));
    to.setPrefColumnCount(LEAST_COLUMNS);
    to.setOnAction(_ -> send());
    to.textProperty().addListener((_, _, text) -> {
      to.pseudoClassStateChanged(WRONG, false);
      to.setPrefColumnCount(Math.clamp(text.length() + 1, LEAST_COLUMNS, MOST_COLUMNS));
    });
    send = Kit.button(Messages.text("probe.send"), this::send, "probe-send");
    send.setId("probe-send");
    getChildren().addAll(kind, word("probe.from"), from, word("probe.to"), to, send);
    choose(chosen);
    workbench.labProperty().addListener((_, _, lab) -> keepPlace(lab));
    keepPlace(workbench.labProperty().get());
  }

  /** Fills the bar with a probe, ready to be sent. */
  public void show(Probe probe) {
    source = probe.from();
    choose(ProbeText.kind(probe));
    to.setText(ProbeText.target(probe));
    keepPlace(workbench.labProperty().get());
  }

  /** As it is in a new window: a ping from the first host, to nobody yet. */
  public void clear() {
    source = workbench.labProperty().get().firstHost().root();
    choose(ProbeText.Kind.PING);
    to.clear();
    keepPlace(workbench.labProperty().get());
  }

  /** Says what is done once a probe was sent: the steps of its packets are there to be walked. */
  public void onSent(Runnable then) {
    sent = then;
  }

  /** Puts the caret into the target. */
  public void focusTarget() {
    to.requestFocus();
    to.selectAll();
  }

  /** Sends what the bar says, or says what is wrong with it. */
  public void send() {
    LabState lab = workbench.labProperty().get();
    switch (ProbeText.read(lab, chosen, source, to.getText().strip())) {
      case ProbeText.Read.Ok(Probe probe) -> {
        workbench.send(probe);
        sent.run();
      }
      case ProbeText.Read.Wrong(String why) -> complain(why);
    }
  }

  private void complain(String why) {
    to.pseudoClassStateChanged(WRONG, true);
    Bubble.show(to, new VBox(Kit.paragraph(why, "bubble-words")));
  }

  private static javafx.scene.control.Label word(String key) {
    var label = Kit.label(Messages.text(key), "probe-word");
    label.setMinWidth(USE_PREF_SIZE);
    return label;
  }

  private void choose(ProbeText.Kind wanted) {
    chosen = wanted;
    kind.setText(wanted.word());
  }

  private void keepPlace(LabState lab) {
    source = Optional.of(source).filter(s -> lab.find(s).isPresent()).orElseGet(() -> lab.firstHost().root());
    from.setText(PlaceNames.of(lab, source));
  }

  private List<MenuItem> kinds() {
    return Stream.of(ProbeText.Kind.values()).map(each -> item(each.word(), each == chosen, () -> choose(each)))
        .toList();
  }

  private List<MenuItem> places() {
    LabState lab = workbench.labProperty().get();
    return PlaceNames.all(lab).stream().map(id -> item(PlaceNames.of(lab, id), id.equals(source), () -> {
      source = id;
      keepPlace(lab);
    })).toList();
  }

  private static MenuItem item(String words, boolean chosen, Runnable choose) {
    RadioMenuItem item = new RadioMenuItem(words);
    item.getStyleClass().add("mono");
    item.setSelected(chosen);
    item.setOnAction(_ -> choose.run());
    return item;
  }
}
