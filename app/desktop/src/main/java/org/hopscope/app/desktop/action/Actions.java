package org.hopscope.app.desktop.action;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Scene;

/** The table of everything the window can be told to do. */
public final class Actions {
  private final Map<String, Action> byId = new LinkedHashMap<>();

  /** Puts the groups together; an id may occur once. */
  public Actions(List<List<Action>> groups) {
    groups.stream().flatMap(List::stream).forEach(action -> {
      if (byId.put(action.id(), action) != null) {
        throw new IllegalArgumentException("two actions are called " + action.id());
      }
    });
  }

  /** All of them, in the order of the groups. */
  public List<Action> all() {
    return List.copyOf(byId.values());
  }

  /** The one of this id, which must be there. */
  public Action get(String id) {
    return Optional.ofNullable(byId.get(id)).orElseThrow(() -> new IllegalArgumentException("no action: " + id));
  }

  /** Makes the keys work in a scene. */
  public void install(Scene scene) {
    for (Action action : byId.values()) {
      Stream.concat(action.shortcut().stream(), action.twin().stream()).filter(_ -> action.everywhere())
          .forEach(keys -> scene.getAccelerators().put(keys, action::fire));
    }
  }
}
