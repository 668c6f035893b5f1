package org.hopscope.lessons.check;

import java.util.Optional;
import java.util.regex.Pattern;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;

/**
 * Something on the canvas as a lesson writes it: a place such as {@code netns1} or {@code @host}, or a device in one
 * such as {@code netns1:veth1}. It may name nothing.
 */
public sealed interface ThingName {
  /** Where it is, or what it is. */
  Place place();

  /** The key under which the canvas knows it in a lab; empty when the lab has no such thing. */
  Optional<ItemKey> key(LabState lab);

  /** Reads either form; empty for anything else. */
  static Optional<ThingName> parse(String text) {
    return Place.parse(text).<ThingName>map(OfNetns::new).or(() -> OfDevice.parse(text));
  }

  /** A namespace, or for a root namespace its host. */
  record OfNetns(Place place) implements ThingName {
    @Override
    public Optional<ItemKey> key(LabState lab) {
      return place.find(lab)
          .map(id -> id.isRoot() ? new ItemKey("host", id.host()) : new ItemKey("netns", id.toString()));
    }

    @Override
    public String toString() {
      return place.toString();
    }
  }

  /**
   * A device.
   *
   * @param place the namespace to look in
   * @param name its name there, 1 to 15 characters
   */
  record OfDevice(Place place, String name) implements ThingName {
    private static final Pattern NAME = Pattern.compile("[^\\s/:]{1,15}");

    /** Reads {@code PLACE:NAME}; empty for anything else. */
    public static Optional<OfDevice> parse(String text) {
      int colon = text.lastIndexOf(':');
      String name = text.substring(colon + 1);
      return colon < 0 || !NAME.matcher(name).matches()
          ? Optional.empty()
          : Place.parse(text.substring(0, colon)).map(p -> new OfDevice(p, name));
    }

    /** As {@link #parse}, for texts known to be right. */
    public static OfDevice of(String text) {
      return parse(text).orElseThrow(() -> new IllegalArgumentException("not a device: " + text));
    }

    /** How a lesson would write a device of a lab. */
    public static OfDevice of(LabState lab, Device device) {
      return new OfDevice(Place.of(lab, device.netns()), device.name());
    }

    /** The device it names in a lab, if there is one. */
    public Optional<Device> find(LabState lab) {
      return place.find(lab).flatMap(id -> lab.find(new DeviceRef(id, name)));
    }

    @Override
    public Optional<ItemKey> key(LabState lab) {
      return find(lab).map(d -> new ItemKey("device", String.valueOf(d.id().number())));
    }

    @Override
    public String toString() {
      return place + ":" + name;
    }
  }
}
