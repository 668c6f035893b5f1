package org.hopscope.app.desktop.welcome;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.shell.Interpreter;

/** A lab to begin with, made by the commands that a person would type for it. */
public enum Template {
  EMPTY, NAMESPACES, BRIDGE, ROUTER, CONTAINERS, MACHINES, DOCKER, CLUSTER;

  /** What it is called. */
  public String title() {
    return Messages.text("template." + word());
  }

  /** What is in it, in a line. */
  public String line() {
    return Messages.text("template." + word() + ".line");
  }

  /** The lab: its commands stand in COMMANDS, and undo walks back through them. */
  public Session open() {
    Session session = new Session(Editor.fresh(1));
    if (this != EMPTY) {
      int exit = new Interpreter(session).run(session.state().firstHost().root(), script(), _ -> {
      });
      if (exit != 0) {
        throw new IllegalStateException("the template " + word() + " ends with " + exit);
      }
    }
    return session;
  }

  /** The lab as it stands when it is opened. */
  public LabState lab() {
    return open().state();
  }

  private String script() {
    try (InputStream in = Template.class.getResourceAsStream(word() + ".sh")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
