package org.hopscope.lessons.check;

import java.util.Optional;

/**
 * Why something does not hold.
 *
 * @param band how deep it lies
 * @param sentence what is the matter, without a full stop
 * @param about the thing to look at, when it is one thing
 */
record Cause(Band band, String sentence, Optional<ThingName> about) {
  static Cause of(Band band, ThingName about, String key, Object... gaps) {
    return new Cause(band, Sentences.say(key, gaps), Optional.of(about));
  }

  static Cause absent(Place place) {
    return of(Band.EXISTENCE, new ThingName.OfNetns(place), switch (place) {
      case Place.Named named -> named.isRoot() ? "host.absent" : "netns.absent";
      case Place.Pod _ -> "pod.absent";
    }, place);
  }

  static Cause absent(ServiceName service) {
    return new Cause(Band.EXISTENCE, Sentences.say("service.absent", service), Optional.empty());
  }

  static Cause absent(ThingName.OfDevice device) {
    return of(Band.EXISTENCE, device, "device.absent", device.name(), device.place());
  }

  static Cause down(ThingName.OfDevice device) {
    return of(Band.WIRING, device, "device.down", device.name(), device.place());
  }
}
