package org.hopscope.app.desktop.canvas;

import java.util.Optional;
import org.hopscope.app.desktop.canvas.tools.Acts;
import org.hopscope.app.desktop.canvas.tools.Desk;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Refusal;
import org.hopscope.model.lab.Remark;
import org.hopscope.model.net.Device;

/** The questions that fields ask, each checked as one types by asking whoever will have to accept it. */
final class Questions {
  private Questions() {}

  static InlineField.Question name(Desk desk, Device device) {
    return new InlineField.Question("canvas-rename", device.name(), desk.texts().get("field.name"),
        text -> text.equals(device.name())
            ? Optional.empty()
            : desk.refusal(Acts.rename(device, text)).map(Refusal::text),
        text -> {
          if (!text.equals(device.name())) {
            desk.commit(Acts.rename(device, text));
          }
        });
  }

  static InlineField.Question address(Desk desk, Device device) {
    return new InlineField.Question("canvas-address", "", desk.texts().get("field.address"),
        text -> wrong(desk, device, text),
        text -> InterfaceAddress.parse(text).ifPresent(a -> desk.commit(Acts.address(device, a))));
  }

  static InlineField.Question text(Desk desk, Remark remark) {
    return new InlineField.Question("canvas-text", remark.text(), desk.texts().get("field.text"),
        text -> desk.refusal(new Edit.PutRemark(remark.withText(text))).map(Refusal::text),
        text -> desk.commit(new Edit.PutRemark(remark.withText(text))));
  }

  private static Optional<String> wrong(Desk desk, Device device, String text) {
    Optional<InterfaceAddress> address = InterfaceAddress.parse(text);
    if (address.isEmpty()) {
      return Optional.of(desk.texts().get("field.address.wrong"));
    }
    return desk.refusal(Acts.address(device, address.get())).map(Refusal::text);
  }
}
