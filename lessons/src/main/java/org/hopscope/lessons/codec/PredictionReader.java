package org.hopscope.lessons.codec;

import java.util.List;
import org.hopscope.lessons.lesson.Prediction;

/** Reads predictions. */
final class PredictionReader {
  private PredictionReader() {
  }

  static Prediction read(String file, Json value) throws MalformedException {
    Fields fields = Fields.of(file, value);
    List<Prediction.Option> options = fields.list("options", item -> option(file, item));
    Prediction prediction = new Prediction(fields.text("id"), fields.text("task"), fields.text("concept"),
        fields.text("question"), options);
    fields.close();
    if (options.size() < 2 || options.stream().filter(Prediction.Option::right).count() != 1) {
      throw fields.malformed("a prediction has two options or more, exactly one of them right");
    }
    return prediction;
  }

  private static Prediction.Option option(String file, Json value) throws MalformedException {
    Fields fields = Fields.of(file, value);
    boolean right = fields.optional("right", fields::flag).orElse(false);
    Prediction.Option option = new Prediction.Option(fields.text("id"), fields.text("text"), right, fields.text("why"));
    fields.close();
    return option;
  }
}
