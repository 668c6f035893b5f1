package org.hopscope.model.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is known of devices is what was put in last; a changed map leaves the old one as it was. */
class DeviceMapTest {
  @Test
  void itKnowsWhatASortedMapKnows() {
    Random random = new Random(5);
    TreeMap<DeviceId, Integer> expected = new TreeMap<>();
    DeviceMap<Integer> map = DeviceMap.empty();
    for (int i = 0; i < 500; i++) {
      DeviceId device = new DeviceId(1 + random.nextInt(200));
      DeviceMap<Integer> before = map;
      Optional<Integer> known = before.get(device);
      if (random.nextInt(3) == 0) {
        expected.remove(device);
        map = map.minus(device);
      } else {
        expected.put(device, i);
        map = map.plus(device, i);
      }
      assertThat(before.get(device)).isEqualTo(known);
      assertThat(map.devices()).containsExactlyElementsOf(expected.keySet());
      assertThat(map.get(device)).isEqualTo(Optional.ofNullable(expected.get(device)));
    }
  }

  @Test
  void equalIsWhatKnowsTheSameHoweverItCameAbout() {
    DeviceId far = new DeviceId(900);
    DeviceMap<String> one = DeviceMap.<String>empty().plus(new DeviceId(3), "a").plus(far, "b").minus(far);
    DeviceMap<String> other = DeviceMap.<String>empty().plus(new DeviceId(3), "a");
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(other.plus(far, "b"));
    assertThat(other.minus(new DeviceId(3))).isEqualTo(DeviceMap.empty());
    assertThat(other.devices()).isEqualTo(List.of(new DeviceId(3)));
  }
}
