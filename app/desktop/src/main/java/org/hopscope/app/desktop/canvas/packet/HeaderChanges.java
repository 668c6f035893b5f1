package org.hopscope.app.desktop.canvas.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.model.packet.Header;
import org.hopscope.model.packet.Packet;

/** The header fields that differ between a packet before and after a step. */
final class HeaderChanges {
  private HeaderChanges() {}

  static List<Card.Change> between(Packet before, Packet after, CanvasTexts texts) {
    List<Card.Change> changes = new ArrayList<>();
    Optional<Header.Ethernet> oldFrame = before.ethernet();
    Optional<Header.Ethernet> newFrame = after.ethernet();
    note(changes, texts.get("card.mac.to"), oldFrame.map(Header.Ethernet::destination),
        newFrame.map(Header.Ethernet::destination));
    note(changes, texts.get("card.mac.from"), oldFrame.map(Header.Ethernet::source),
        newFrame.map(Header.Ethernet::source));
    note(changes, texts.get("card.source"), before.ip().map(Header.Ip::source),
        after.ip().map(Header.Ip::source));
    note(changes, texts.get("card.destination"), before.ip().map(Header.Ip::destination),
        after.ip().map(Header.Ip::destination));
    note(changes, texts.get("card.ttl"), before.ip().map(Header.Ip::hops), after.ip().map(Header.Ip::hops));
    return changes;
  }

  private static void note(List<Card.Change> changes, String what, Optional<?> before, Optional<?> after) {
    if (after.isPresent() && !before.equals(after)) {
      changes.add(new Card.Change(what, before.map(Object::toString), after.get().toString()));
    }
  }
}
