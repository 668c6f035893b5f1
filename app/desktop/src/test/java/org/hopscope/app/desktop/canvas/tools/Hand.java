package org.hopscope.app.desktop.canvas.tools;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hopscope.app.desktop.canvas.scene.HitTest;
import org.hopscope.app.desktop.canvas.scene.Layout;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Picture;
import org.hopscope.app.desktop.canvas.scene.Point;
import org.hopscope.app.desktop.canvas.scene.Viewport;
import org.hopscope.app.desktop.canvas.words.CanvasTexts;
import org.hopscope.app.desktop.workbench.Guards;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Outcome;
import org.hopscope.model.lab.Refusal;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;

/**
 * A hand without a window: it does to the tools what a person would, and knows things by name: {@code netns1}, or
 * {@code netns1/veth1} for a device, {@code /br0} for one in the root namespace of the first host, {@code @outside} for a
 * host.
 */
final class Hand implements Desk {
  private final Session session;
  private final ToolChart tools = new ToolChart(this);
  private final List<Edit> edits = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private Guards guards = Guards.NONE;
  private Set<Selection> selection = Set.of();
  private Viewport viewport = Viewport.HOME;
  private Point at = new Point(-500, -500);
  private Set<Touch.Held> held = Set.of();

  Hand(LabState lab) {
    session = new Session(lab);
  }

  /** Works where a lesson withholds things. */
  void guarded(Guards by) {
    guards = by;
  }

  Hand take(Palette tool) {
    tools.take(tool);
    return this;
  }

  Hand holding(Touch.Held... keys) {
    held = Set.of(keys);
    return this;
  }

  Hand press(String thing) {
    at = middle(thing);
    tools.press(touch(Touch.Button.PRIMARY, 1));
    return this;
  }

  Hand pressAt(Point point) {
    at = point;
    tools.press(touch(Touch.Button.PRIMARY, 1));
    return this;
  }

  /** Goes to a thing in a few small moves. */
  Hand to(String thing) {
    return toPoint(middle(thing));
  }

  Hand by(double dx, double dy) {
    return toPoint(at.plus(new Point(dx, dy)));
  }

  Hand toPoint(Point goal) {
    Point from = at;
    for (int i = 1; i <= 5; i++) {
      at = from.towards(goal, i / 5.0);
      tools.move(touch(Touch.Button.PRIMARY, 1));
    }
    return this;
  }

  Hand release() {
    tools.release(touch(Touch.Button.PRIMARY, 1));
    return this;
  }

  Hand click(String thing) {
    return press(thing).release();
  }

  /** Clicks on the mark of a device's state. */
  Hand clickMark(String thing) {
    Part part = part(thing);
    return pressAt(part.box().corner().plus(new Point(12, 12))).release();
  }

  Hand doubleClick(String thing) {
    click(thing);
    tools.press(touch(Touch.Button.PRIMARY, 2));
    tools.release(touch(Touch.Button.PRIMARY, 2));
    return this;
  }

  Hand pullKnob(String thing) {
    return pressAt(HitTest.handle(part(thing)));
  }

  Hand esc() {
    tools.cancel();
    return this;
  }

  Sketch sees() {
    return tools.sketch();
  }

  boolean isIdle() {
    return tools.phase() instanceof Idle;
  }

  List<Edit> edits() {
    return edits;
  }

  List<String> asked() {
    return asked;
  }

  LabState lab() {
    return session.state();
  }

  Session session() {
    return session;
  }

  Optional<Device> device(String name) {
    int slash = name.indexOf('/');
    return lab()
        .find(new DeviceRef(new NetnsId(LabState.FIRST_HOST, name.substring(0, slash)), name.substring(slash + 1)));
  }

  Part part(String name) {
    Selection thing = name.startsWith("@")
        ? new Selection.OfHost(name.substring(1))
        : name.contains("/")
            ? new Selection.OfDevice(device(name).orElseThrow().id())
        : new Selection.OfNetns(new NetnsId(LabState.FIRST_HOST, name));
    return picture().find(thing).orElseThrow();
  }

  /** A point on a thing where nothing else is. */
  private Point middle(String name) {
    Part part = part(name);
    return switch (part.kind()) {
      case HOST -> new Point(part.box().x() + 200, part.box().y() + 20);
      case NETNS -> new Point(part.box().x() + 100, part.box().y() + 70);
      case BRIDGE -> new Point(part.box().centreX(), part.box().bottom() - 10);
      case CHIP -> new Point(part.box().x() + 60, part.box().y() + 12);
      case SLOT, LO, GROUP, NOTE, CLUSTER, OBJECT -> new Point(part.box().centreX(), part.box().centreY());
    };
  }

  private Touch touch(Touch.Button button, int clicks) {
    return new Touch(at, viewport.toScreen(at), button, held, clicks);
  }

  @Override
  public Picture picture() {
    return Layout.of(session.state(), guards);
  }

  @Override
  public Set<Selection> selection() {
    return selection;
  }

  @Override
  public void select(Set<Selection> things) {
    selection = new LinkedHashSet<>(things);
  }

  @Override
  public Optional<Refusal> refusal(Edit edit) {
    return Editor.apply(session.state(), edit) instanceof Editor.Result.Refused(Refusal why)
        ? Optional.of(why)
        : Optional.empty();
  }

  @Override
  public void commit(Edit edit) {
    if (session.apply(edit) instanceof Outcome.Applied) {
      edits.add(edit);
    }
  }

  @Override
  public Viewport viewport() {
    return viewport;
  }

  @Override
  public void look(Viewport wanted) {
    viewport = wanted;
  }

  @Override
  public void rename(Selection thing) {
    asked.add("rename " + thing);
  }

  @Override
  public void askAddress(Selection thing) {
    asked.add("address " + thing);
  }

  @Override
  public void order(Order order) {
    orders.add(order);
  }

  List<Order> orders() {
    return orders;
  }

  @Override
  public CanvasTexts texts() {
    return new CanvasTexts(Locale.ENGLISH);
  }
}
