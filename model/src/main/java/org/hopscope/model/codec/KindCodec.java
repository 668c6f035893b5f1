package org.hopscope.model.codec;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.MacvlanMode;

/** Writes and reads what only one kind of device has: an object that is named after the kind. */
final class KindCodec {
  private KindCodec() {
  }

  /** What is to be written of a kind besides its word and its peer; empty when that is all. */
  static Optional<JsonObject> write(LabState lab, DeviceKind kind) {
    JsonObject object = new JsonObject();
    kind.lower().ifPresent(l -> object.addProperty("link", Words.of(lab.device(l).ref())));
    switch (kind) {
      case DeviceKind.Macvlan(DeviceId _, MacvlanMode mode) -> object.addProperty("mode", Words.of(mode));
      case DeviceKind.Loopback _,DeviceKind.Veth _,DeviceKind.Nic _,DeviceKind.Bridge _,DeviceKind.Dummy _ -> {
        return Optional.empty();
      }
    }
    return Optional.of(object);
  }

  /** Reads a kind that stands in an object of its own name in {@code fields}. */
  static DeviceKind macvlan(Directory directory, Fields fields) throws MalformedException {
    return new DeviceKind.Macvlan(directory.device(fields.required("link")),
        fields.word("mode", MacvlanMode.class, MacvlanMode.VEPA));
  }

  /** All kinds by the names that files have for them. */
  static String names() {
    return Words.all(Driver.class);
  }

  /** The name of the object that holds a kind's own fields. */
  static String name(DeviceKind kind) {
    return kind.driver().name().toLowerCase(Locale.ROOT);
  }
}
