package org.hopscope.lessons.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hopscope.lessons.check.Check;
import org.hopscope.lessons.check.Observation;
import org.hopscope.lessons.check.ProbeOutcome;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.Neighbour;

/** What can stand in a field of a check. */
public enum ValueKind {
  /** {@code NS -> TARGET[:PORT[/tcp|udp]]}. */
  PROBE(Form.TEXT),
  /** {@code NS}, {@code H/NS}, {@code @host}, {@code @H}, {@code pod:NAMESPACE/POD}. */
  PLACE(Form.TEXT),
  /** {@code PLACE:DEVICE}. */
  DEVICE(Form.TEXT),
  /** A place or a device. */
  THING(Form.TEXT),
  /** {@code svc:NAMESPACE/SERVICE}. */
  SERVICE(Form.TEXT),
  /** An IP address. */
  ADDRESS(Form.TEXT),
  /** An IP address with its length. */
  ADDRESS_AND_LENGTH(Form.TEXT),
  /** A destination with its length, or {@code default}. */
  DESTINATION(Form.TEXT),
  /** {@code PORT/tcp} or {@code PORT/udp}. */
  SOCKET(Form.TEXT),
  /** Any text. */
  TEXT(Form.TEXT),
  /** The id of a prediction. */
  PREDICTION(Form.TEXT),
  /** The id of a quiz. */
  QUIZ(Form.TEXT),
  /** {@code true} or {@code false}. */
  FLAG(Form.FLAG),
  /** A whole number. */
  NUMBER(Form.NUMBER),
  /** Texts. */
  TEXTS(Form.TEXTS),
  /** Two places. */
  TWO_PLACES(Form.TEXTS),
  /** Places. */
  PLACES(Form.TEXTS),
  /** An operational state. */
  STATE(Form.WORD, Arrays.stream(Links.OperState.values()).map(Enum::name)),
  /** The state of a row of a neighbour table. */
  NEIGHBOUR_STATE(Form.WORD, Arrays.stream(Neighbour.State.values()).map(Enum::name)),
  /** What can be counted. */
  COUNTED(Form.WORD, words(Check.Counted.values())),
  /** How a probe may end: one word, or a list of them. */
  OUTCOMES(Form.WORD_OR_WORDS, Arrays.stream(ProbeOutcome.values()).map(ProbeOutcome::word)),
  /** What may happen on a probe's way. */
  MARKS(Form.WORDS, words(Observation.Mark.values())),
  /** A check. */
  CHECK(Form.CHECK),
  /** One or more checks. */
  CHECKS(Form.CHECKS);

  /** How it is written in JSON. */
  enum Form {
    TEXT, FLAG, NUMBER, TEXTS, WORD, WORDS, WORD_OR_WORDS, CHECK, CHECKS
  }

  private final Form form;
  private final List<String> words;

  ValueKind(Form form) {
    this(form, Stream.empty());
  }

  ValueKind(Form form, Stream<String> words) {
    this.form = form;
    this.words = words.toList();
  }

  Form form() {
    return form;
  }

  /** The words that may stand there; empty when it is no matter of words. */
  public List<String> words() {
    return words;
  }

  private static Stream<String> words(Enum<?>[] values) {
    return Arrays.stream(values).map(v -> v.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
