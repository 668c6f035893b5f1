package org.hopscope.model.codec;

import org.hopscope.model.lab.LabState;

/**
 * Labs as {@code .hop} files: one JSON document, described by {@code hop.schema.json} beside this class.
 * {@code decode(encode(lab))} equals {@code lab}.
 */
public final class LabCodec {
  /** The format that is written. A later version of the program reads it too. */
  public static final int FORMAT = 1;
  /** The longest document that is read, in characters: 16 Mi. */
  public static final int LONGEST = 16 * 1024 * 1024;

  private LabCodec() {
  }

  /** What became of reading. */
  public sealed interface Decoded {
    /** It is a lab. */
    record Ok(LabState lab) implements Decoded {
    }

    /**
     * It is none.
     *
     * @param line where, from 1
     * @param column where, from 1
     * @param reason what is wrong there, and what to do when there is something to do
     */
    record Malformed(int line, int column, String reason) implements Decoded {
    }
  }

  /** The document of a lab, in a stable order, ending with a line break. */
  public static String encode(LabState lab) {
    return JsonLines.of(new LabWriter(false).lab(lab));
  }

  /**
   * A lab without what does not make it another one: interface and port numbers, MAC addresses that nobody chose, the
   * seed, the clock, the layout, and what traffic wrote into the tables. Two labs are the same when this is equal.
   */
  public static String canonical(LabState lab) {
    return JsonLines.of(new LabWriter(true).lab(lab));
  }

  /** The lab that a document holds. */
  public static Decoded decode(String text) {
    if (text.length() > LONGEST) {
      return new Decoded.Malformed(1, 1,
          "this file has " + text.length() + " characters; a lab has at most " + LONGEST);
    }
    try {
      return new Decoded.Ok(Fields.object(JsonText.read(text), LabReader::read));
    } catch (MalformedException malformed) {
      return new Decoded.Malformed(malformed.place().line(), malformed.place().column(), malformed.getMessage());
    }
  }
}
