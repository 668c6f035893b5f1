package org.hopscope.app.desktop.canvas;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import org.hopscope.app.desktop.canvas.scene.Box;
import org.hopscope.app.desktop.canvas.scene.Part;
import org.hopscope.app.desktop.canvas.scene.Things;
import org.hopscope.app.desktop.canvas.tools.Order;
import org.hopscope.app.desktop.kit.Floating;
import org.hopscope.app.desktop.workbench.Selection;
import org.hopscope.model.lab.LabState;

/** What the tools ask of the screen beside the picture: a field on a thing, a card of a form, words why something was refused. */
final class Answers {
  private final CanvasDesk desk;
  private final Node pane;
  private final Pane fields = new Pane();
  private final InlineField field;
  private final Notice notice;

  /**
   * For a canvas.
   *
   * @param pane it has the focus again once a field or a card is left
   */
  Answers(CanvasDesk desk, Node pane) {
    this.desk = desk;
    this.pane = pane;
    field = new InlineField(fields, pane::requestFocus);
    notice = new Notice(desk.texts());
    fields.setPickOnBounds(false);
    desk.requestProperty().addListener((_, _, wanted) -> wanted.ifPresent(this::serve));
  }

  /** Where fields open. */
  Node fields() {
    return fields;
  }

  /** Where refusals are told. */
  Node notice() {
    return notice.node();
  }

  void place(double width, double height) {
    fields.resizeRelocate(0, 0, width, height);
    notice.place(width, height);
  }

  private void serve(CanvasDesk.Request request) {
    LabState lab = desk.picture().lab();
    switch (request) {
      case CanvasDesk.Request.Ordered(Order order) -> ask(order);
      case CanvasDesk.Request.Refused(String words) -> notice.say(desk.texts().get("refused"), words);
      case CanvasDesk.Request.Name(Selection thing) when Things.remark(lab, thing).isPresent() ->
          Things.remark(lab, thing).ifPresent(
              remark -> over(thing).ifPresent(box -> field.write(Questions.text(desk, remark), box)));
      case CanvasDesk.Request.Name(Selection thing) -> Things.device(lab, thing).ifPresentOrElse(
          device -> over(thing).ifPresent(box -> field.ask(Questions.name(desk, device), box)),
          () -> notice.say(desk.texts().get("rename.cannot", Things.name(lab, thing)),
              desk.texts().get("rename.cannot.why")));
      case CanvasDesk.Request.Address(Selection thing) -> Things.device(lab, thing).ifPresent(
          device -> over(thing).ifPresent(box -> field.ask(Questions.address(desk, device), box)));
    }
    desk.requestProperty().set(Optional.empty());
  }

  private Optional<Box> over(Selection thing) {
    return desk.picture().find(thing).map(Part::box).map(desk.viewport()::toScreen);
  }

  private void ask(Order order) {
    Pane window = (Pane) pane.getScene().getRoot();
    Runnable leave = () -> {
      Floating.close(window);
      pane.requestFocus();
    };
    OrderCard card = new OrderCard(order, desk.workbench().labProperty()::get, desk.texts(), edit -> {
      leave.run();
      desk.commit(edit);
    }, leave);
    Floating.open(window, card);
    card.lookup(".text-field").requestFocus();
  }
}
