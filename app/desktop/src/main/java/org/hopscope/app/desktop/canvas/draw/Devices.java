package org.hopscope.app.desktop.canvas.draw;

import java.util.Optional;
import javafx.scene.paint.Color;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.DeviceState;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Sizes;
import org.hopscope.app.desktop.canvas.scene.Switches;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;

/** Draws devices: chips on a border, ports in slots, lo, and bridges as patch bars. */
final class Devices {
  private static final double CHIP_RADIUS = 9;
  private static final double SLOT_RADIUS = 6;
  private static final double BAR_RADIUS = 12;
  private static final double[] WHOLE = {};
  private static final double[] BROKEN = {4, 3};

  /** So large are names from afar, in pixels of the screen, and so large do chips and slots leave room for. */
  private static final double FAR_NAME = 10;
  /** So much smaller do letters get before a name is shortened. */
  private static final double LEAST_SHARE = 0.7;
  private static final double CHIP_NAME = 26;
  private static final double SLOT_NAME = 17;

  private final Brush brush;
  private final CanvasTexts texts;
  private final Detail detail;
  private final double scale;

  Devices(Brush brush, CanvasTexts texts, Detail detail, double scale) {
    this.brush = brush;
    this.texts = texts;
    this.detail = detail;
    this.scale = scale;
  }

  /** How a body is drawn: its ground, its border, and how loud its words are. */
  private record Coat(Color ground, Color border, double width, boolean broken, Color name, Color address) {
  }

  void draw(LabState lab, Device device, Part part, Look look) {
    DeviceState state = DeviceState.of(lab, device);
    Role up = switch (part.kind()) {
      case LO -> Role.LINE2;
      case CHIP, SLOT, BRIDGE, CLUSTER, OBJECT, HOST, NETNS, GROUP, NOTE ->
          device.kind() instanceof DeviceKind.Tunnel || device.kind() instanceof DeviceKind.WireGuard
              ? Role.OVERLAY
              : Role.L2;
    };
    Coat coat = coat(state, look, up);
    switch (part.kind()) {
      case BRIDGE -> bar(lab, device, part.box(), state, look);
      case SLOT -> slot(device, part.box(), state, look, coat);
      case LO -> lo(device, part.box(), state, look, coat);
      case CHIP -> chip(device, part.box(), state, look, coat);
      case CLUSTER, OBJECT, HOST, NETNS, GROUP, NOTE -> throw new IllegalArgumentException("not a device: " + part);
    }
  }

  private Coat coat(DeviceState state, Look look, Role up) {
    Color text = brush.colour(Role.TEXT);
    return switch (look) {
      case Look.Selected() ->
          new Coat(brush.colour(Role.ACCENT_BG), brush.colour(Role.ACCENT), 1.5, state == DeviceState.DOWN,
              text, brush.colour(Role.L3));
      case Look.LookedAt(var layer) -> new Coat(brush.colour(Look.wash(layer)), brush.colour(Look.colour(layer)), 1.8,
          state == DeviceState.DOWN, text, brush.colour(Look.colour(layer)));
      case Look.Died() -> new Coat(brush.colour(Role.BAD_BG), brush.colour(Role.BAD), 1.8, false, text,
          brush.colour(Role.BAD));
      case Look.Plain() -> switch (state) {
        case UP -> new Coat(brush.colour(Role.SURFACE), brush.colour(up), 1.5, state == DeviceState.DOWN, text,
            brush.colour(Role.L3));
        case NO_CARRIER ->
            new Coat(brush.colour(Role.SURFACE), brush.colour(Role.WARN), 1.5, state == DeviceState.DOWN, text,
                brush.colour(Role.L3));
        case DOWN -> new Coat(brush.colour(Role.SURFACE), brush.colour(Role.FAINT), 1.5, state == DeviceState.DOWN,
            brush.colour(Role.MUTED), brush.colour(Role.FAINT));
      };
    };
  }

  private void body(Box box, double radius, Coat coat, Look look) {
    if (look instanceof Look.Selected) {
      brush.stroke(box.grown(4), radius + 4, brush.colour(Role.ACCENT), 2);
    }
    brush.fill(box, radius, coat.ground());
    brush.stroke(box, radius, coat.border(), coat.width(), coat.broken() && detail != Detail.MARKS ? BROKEN : WHOLE);
  }

  private void chip(Device device, Box box, DeviceState state, Look look, Coat coat) {
    body(box, CHIP_RADIUS, coat, look);
    switch (detail) {
      case FULL -> {
        mark(new Point(box.x() + 14, box.y() + 13.5), 3.8, state, look);
        String word = state.word();
        double wordWidth = Type.STATE_WORD.width(word);
        double room = box.width() - 40 - wordWidth;
        double used = brush.text(Type.DEVICE_NAME, device.name(), box.x() + 24, box.y() + 17.5, room, coat.name());
        brush.text(Type.STATE_WORD, Sizes.kindWord(device), box.x() + 24 + used + 6, box.y() + 17, room - used - 6,
            brush.colour(Role.FAINT));
        brush.text(Type.STATE_WORD, word, box.right() - 10 - wordWidth, box.y() + 17, wordWidth + 1, wordColour(state));
        address(device, box, look, coat);
      }
      case NAMES -> {
        mark(new Point(box.x() + 16, box.centreY()), 5, state, look);
        name(device.name(), CHIP_NAME, 28, box, coat.name());
      }
      case MARKS, SHAPES -> mark(box.centre(), 9, state, look);
    }
  }

  private void address(Device device, Box box, Look look, Coat coat) {
    String line = Sizes.addressLine(device);
    double y = box.y() + 31.5;
    if (look instanceof Look.Died) {
      brush.text(Type.SMALL, texts.get("device.died"), box.x() + 12, y, box.width() - 20, coat.address());
    } else if (line.isEmpty()) {
      brush.text(Type.SMALL, texts.get("device.noAddress"), box.x() + 12, y, box.width() - 20,
          brush.colour(Role.FAINT));
    } else {
      brush.text(Type.MONO, line, box.x() + 12, y, box.width() - 20, coat.address());
    }
  }

  /** The name alone, as large as it has to be from afar and as its box allows; of a long one both ends. */
  private void name(String name, double most, double before, Box box, Color colour) {
    double wanted = Math.clamp(FAR_NAME / scale, Type.DEVICE_NAME.size(), most);
    double room = box.width() - before - 8;
    double fitting = room / Math.max(1, Type.DEVICE_NAME.width(name)) * Type.DEVICE_NAME.size();
    double size = Math.clamp(fitting, wanted * LEAST_SHARE, wanted);
    brush.text(Type.DEVICE_NAME, size, Type.DEVICE_NAME.fitEnds(name, room * Type.DEVICE_NAME.size() / size),
        new Point(box.x() + before, box.centreY() + size * 0.36), colour);
  }

  private void slot(Device port, Box box, DeviceState state, Look look, Coat coat) {
    body(box, SLOT_RADIUS, coat, look);
    if (detail.isWordless()) {
      mark(box.centre(), 6, state, look);
    } else {
      mark(new Point(box.x() + 11, box.centreY()), 3.2, state, look);
      if (detail == Detail.NAMES) {
        name(port.name(), SLOT_NAME, 18, box, coat.name());
        return;
      }
      brush.text(Type.DEVICE_NAME, port.name(), box.x() + 20, box.centreY() + 4, box.width() - 26, coat.name());
    }
  }

  private void lo(Device lo, Box box, DeviceState state, Look look, Coat coat) {
    if (detail != Detail.FULL) {
      return;
    }
    body(box, SLOT_RADIUS, coat, look);
    double used = brush.text(Type.LO_NAME, lo.name(), box.x() + 11, box.centreY() + 4, box.width() - 24,
        look instanceof Look.Plain ? brush.colour(Role.MUTED) : coat.name());
    if (state == DeviceState.DOWN) {
      brush.text(Type.STATE_WORD, state.word(), box.x() + 11 + used + 7, box.centreY() + 3.5, 40, wordColour(state));
    }
    mark(new Point(box.right() - 10, box.centreY()), 3, state, look);
  }

  private void bar(LabState lab, Device bridge, Box box, DeviceState state, Look look) {
    boolean open = Switches.isOpen(bridge);
    // a switch goes on switching when the host's own port on it is down
    boolean off = state == DeviceState.DOWN && !open;
    Coat coat = coat(open ? DeviceState.UP : state, look, Role.L2);
    Color ground = look instanceof Look.Plain ? brush.colour(Role.L2_BG, off ? 0.45 : 1) : coat.ground();
    if (detail == Detail.FULL) {
      brush.shadow(box, BAR_RADIUS);
    }
    brush.fill(box, BAR_RADIUS, brush.colour(Role.SURFACE));
    body(box, BAR_RADIUS, new Coat(ground, coat.border(), coat.width(), coat.broken(), coat.name(), coat.address()),
        look);
    if (detail.isWordless()) {
      mark(new Point(box.x() + 16, box.bottom() - 16), 7, state, look);
      return;
    }
    double y = box.bottom() - 11;
    mark(new Point(box.x() + 17, y - 4), 3.8, state, look);
    double x = box.x() + 27;
    x += brush.text(Type.BRIDGE_NAME, bridge.name(), x, y, box.width() - 130, off
        ? brush.colour(Role.MUTED)
        : brush.colour(Role.L2)) + 9;
    Optional<String> network = Things.network(lab, bridge);
    if (network.isPresent()) {
      x += brush.text(Type.SMALL, texts.get("bridge.network", network.get()), x, y, box.right() - x - 130,
          brush.colour(Role.FAINT)) + 9;
    }
    String ports = texts.ports(Switches.count(lab, bridge));
    String right = state == DeviceState.UP ? ports : state.word();
    if (open) {
      right = texts.get("bridge.open", state == DeviceState.UP ? ports : state.word() + " · " + ports);
    }
    double width = Type.MONO.width(right);
    brush.text(Type.MONO, Sizes.addressLine(bridge), x, y, box.right() - x - width - 24, coat.address());
    brush.text(Type.MONO, right, box.right() - 14 - width, y, width + 1,
        state == DeviceState.UP ? brush.colour(Role.MUTED) : wordColour(state));
    freeSlot(box);
  }

  /** The dashed slot at the end that waits for one more port. */
  private void freeSlot(Box box) {
    Box free = new Box(box.right() - 14 - 40, box.y() + Sizes.SLOT_TOP, 40, Sizes.SLOT_HEIGHT);
    brush.stroke(free, SLOT_RADIUS, brush.colour(Role.L2, 0.4), 1, 3, 3);
  }

  private void mark(Point centre, double size, DeviceState state, Look look) {
    if (look instanceof Look.Died) {
      brush.cross(centre, size + 0.8, brush.colour(Role.BAD), 2.2);
      return;
    }
    switch (state) {
      case UP -> brush.disc(centre, size, brush.colour(Role.OK));
      case NO_CARRIER -> brush.ring(centre, size - 0.3, brush.colour(Role.WARN), 1.8);
      case DOWN -> brush.cross(centre, size - 0.4, brush.colour(Role.FAINT), 1.8);
    }
  }

  private Color wordColour(DeviceState state) {
    return brush.colour(switch (state) {
      case UP -> Role.OK;
      case NO_CARRIER -> Role.WARN;
      case DOWN -> Role.MUTED;
    });
  }
}
