package org.hopscope.lessons.check;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.Device;

/** Compares a device that exists with what is wished of it; the deepest difference counts. */
final class DeviceProblem {
  private DeviceProblem() {
  }

  static Optional<Cause> of(LabState lab, ThingName.OfDevice name, Device device, Check.DeviceWish wish) {
    Optional<Place> peer = device.peer().map(lab::device).map(d -> Place.of(lab, d.netns()));
    Optional<String> master = device.port().map(p -> lab.device(p.bridge()).name());
    Stream<Supplier<Optional<Cause>>> differences = Stream.of(
        () -> differs(name, "kind", wish.kind(), Optional.of(device.kind().word()), k -> k),
        () -> wish.peer().filter(w -> !peer.flatMap(p -> p.find(lab)).equals(w.find(lab)))
            .map(w -> Cause.of(Band.WIRING, name, "device.peer", name.name(), name.place(),
                peer.map(Place::spoken).orElseGet(() -> Sentences.say("nowhere")))),
        () -> wish.master().filter(w -> !master.equals(Optional.of(w)))
            .map(w -> Cause.of(Band.WIRING, name, "device.master", name.name(), name.place(), w)),
        () -> wish.up().filter(w -> w != device.isUp())
            .map(w -> w ? Cause.down(name) : Cause.of(Band.WIRING, name, "device.up", name.name(), name.place())),
        () -> differs(name, "state", wish.state(), Optional.of(Links.operState(lab, device)), Enum::name),
        () -> differs(name, "mtu", wish.mtu(), Optional.of(Links.mtuOf(lab, device)), String::valueOf));
    return differences.flatMap(d -> d.get().stream()).findFirst();
  }

  private static <T> Optional<Cause> differs(ThingName.OfDevice name, String what, Optional<T> wish, Optional<T> is,
      Function<T, String> word) {
    return wish.filter(w -> !is.equals(Optional.of(w))).map(w -> Cause.of(Band.WIRING, name, "device.differs",
        name.name(), name.place(), what, is.map(word).orElse(""), word.apply(w)));
  }
}
