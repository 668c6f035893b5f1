package org.hopscope.app.desktop.canvas.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hopscope.model.net.DeviceId;
import org.junit.jupiter.api.Test;

/** What is written where packets died. */
class GravesTest {
  @Test
  void what_died_in_one_place_for_one_reason_shares_a_line() {
    assertThat(Graves.of(flight(grave(1, 7, "no route"), grave(2, 7, "no route"), grave(3, 7, "ttl"))))
        .containsExactly(new Graves.Stone(1, at(7),
            List.of(new Graves.Line("no route", 2), new Graves.Line("ttl", 1))));
  }

  @Test
  void a_fourth_reason_is_only_counted() {
    assertThat(Graves.of(flight(grave(1, 7, "a"), grave(2, 7, "b"), grave(3, 7, "c"), grave(4, 7, "d"))).getFirst()
        .lines()).containsExactly(new Graves.Line("a", 1), new Graves.Line("b", 1), new Graves.Line("", 2));
  }

  @Test
  void where_a_flood_dies_in_many_places_crosses_have_no_words() {
    Flight.Grave[] many =
        IntStream.range(0, 9).mapToObj(i -> grave(i, i, "not for this machine")).toArray(Flight.Grave[]::new);
    assertThat(Graves.of(flight(many))).hasSize(9).allMatch(stone -> stone.lines().isEmpty());
  }

  private static Flight flight(Flight.Grave... graves) {
    return new Flight(List.of(), List.of(graves), Set.of(), Optional.empty());
  }

  private static Flight.Grave grave(int copy, int device, String reason) {
    return new Flight.Grave(copy, at(device), reason);
  }

  private static Spot at(int device) {
    return new Spot.AtDevice(new DeviceId(device));
  }
}
