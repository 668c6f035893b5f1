package org.hopscope.app.desktop.canvas;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;
import org.hopscope.app.desktop.canvas.scene.DeviceState;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.AssignedAddress;
import org.hopscope.model.net.Device;

/** Says in full what the picture has no room for, about the thing under a resting pointer. */
final class HoverTip {
  private final Node owner;
  private final CanvasTexts texts;
  private Optional<Tooltip> tip = Optional.empty();
  private String shown = "";

  HoverTip(Node owner, CanvasTexts texts) {
    this.owner = owner;
    this.texts = texts;
  }

  /** A tip, made when the pointer is over something for the first time. */
  private static Tooltip tip() {
    Tooltip tip = new Tooltip();
    tip.setShowDelay(Duration.millis(700));
    tip.getStyleClass().add("canvas-tip");
    return tip;
  }

  /** The pointer is over a thing, or over none. */
  void over(Optional<Selection> thing, Picture picture) {
    String text = thing.map(t -> describe(picture.lab(), t)).orElse("");
    if (text.equals(shown)) {
      return;
    }
    shown = text;
    tip.ifPresent(old -> {
      old.hide();
      Tooltip.uninstall(owner, old);
    });
    if (!text.isEmpty()) {
      Tooltip fresh = tip.orElseGet(HoverTip::tip);
      fresh.setText(text);
      Tooltip.install(owner, fresh);
      tip = Optional.of(fresh);
    }
  }

  private String describe(LabState lab, Selection thing) {
    return Things.device(lab, thing).map(d -> device(lab, d)).orElse(Things.name(lab, thing));
  }

  private String device(LabState lab, Device device) {
    String first = texts.get("tip.device", device.name(), device.kind().word(), DeviceState.of(lab, device).word());
    String second =
        texts.get("tip.link", Integer.toString(Links.mtuOf(lab, device)), Links.macOf(lab, device).toString());
    Stream<String> addresses = device.addresses().stream().map(AssignedAddress::local).map(Object::toString);
    return Stream.concat(Stream.of(first, second), addresses).collect(Collectors.joining("\n"));
  }
}
