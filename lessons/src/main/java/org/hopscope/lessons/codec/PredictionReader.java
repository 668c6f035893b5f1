package org.hopscope.lessons.codec;

import java.util.List;
import org.hopscope.lessons.lesson.Prediction;
import org.hopscope.model.codec.Fields;
import org.hopscope.model.codec.MalformedException;

/** Reads predictions. */
final class PredictionReader {
  private PredictionReader() {
  }

  static Prediction read(Fields fields) throws MalformedException {
    List<Prediction.Option> options = Parts.objects(fields, "options", PredictionReader::option);
    if (options.size() < 2 || options.stream().filter(Prediction.Option::right).count() != 1) {
      throw fields.malformed("options", "a prediction has two options or more, exactly one of them right");
    }
    return new Prediction(Parts.text(fields, "id"), fields.text("task"), Parts.text(fields, "concept"),
        Parts.text(fields, "question"), options);
  }

  private static Prediction.Option option(Fields fields) throws MalformedException {
    return new Prediction.Option(Parts.text(fields, "id"), Parts.text(fields, "text"), fields.flag("right"),
        Parts.text(fields, "why"));
  }
}
