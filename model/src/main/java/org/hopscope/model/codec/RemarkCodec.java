package org.hopscope.model.codec;

import com.google.gson.JsonObject;
import java.util.Locale;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.lab.Remark;

/** Remarks on the canvas, in labs and journals. */
final class RemarkCodec {
  private RemarkCodec() {}

  static JsonObject write(Remark remark) {
    JsonObject object = new JsonObject();
    object.addProperty("id", remark.id());
    object.addProperty("kind", remark.kind().name().toLowerCase(Locale.ROOT));
    object.addProperty("text", remark.text());
    object.addProperty("x", remark.corner().x());
    object.addProperty("y", remark.corner().y());
    object.addProperty("width", remark.width());
    object.addProperty("height", remark.height());
    return object;
  }

  static Remark read(Fields fields) throws MalformedException {
    Remark remark = new Remark(fields.text("id"), fields.word("kind", Remark.Kind.class, Remark.Kind.NOTE),
        fields.text("text"), new Notes.Place(fields.decimal("x"), fields.decimal("y")), fields.decimal("width"),
        fields.decimal("height"));
    if (!remark.isSound()) {
      throw fields.malformed("id", "the remark \"" + remark.id() + "\" is too long, or has no size");
    }
    return remark;
  }
}
