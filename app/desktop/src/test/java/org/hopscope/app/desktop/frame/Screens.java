package org.hopscope.app.desktop.frame;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Every screen that the docs show, by the name of its file: how the window is brought there. */
final class Screens {
  private Screens() {
  }

  static Map<String, Consumer<Studio>> all() {
    Map<String, Consumer<Studio>> all = new LinkedHashMap<>();
    LessonScreens.add(all);
    LabScreens.add(all);
    PacketScreens.add(all);
    ClusterScreens.add(all);
    return all;
  }
}
