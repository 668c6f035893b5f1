package org.hopscope.model.nft;

import java.util.List;
import java.util.Optional;

/** What nft says against a command: nothing of what it was given with is done. */
public final class NftComplaint extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Optional<Token> place;
  private final transient Optional<Token> other;
  private final boolean unsupported;

  private NftComplaint(String message, Optional<Token> place, Optional<Token> other, boolean unsupported) {
    super(message, null, false, false);
    this.place = place;
    this.other = other;
    this.unsupported = unsupported;
  }

  /** Something is wrong at a place. */
  static NftComplaint at(Token place, String message) {
    return new NftComplaint(message, Optional.of(place), Optional.empty(), false);
  }

  /** Something at a place does not go with something before it. */
  static NftComplaint between(Token place, Token other, String message) {
    return new NftComplaint(message, Optional.of(place), Optional.of(other), false);
  }

  /** The kernel refuses what stands at a place. */
  static NftComplaint kernel(Token place, String error) {
    return at(place, "Could not process rule: " + error);
  }

  /** A real word of nft that the model does not do. */
  static NftComplaint unsupported(String word) {
    return new NftComplaint(word, Optional.empty(), Optional.empty(), true);
  }

  /** Whether it is a word that the model does not do: its message is that word. */
  public boolean isUnsupported() {
    return unsupported;
  }

  /**
   * The lines that nft prints (nftables src/erec.c erec_print).
   *
   * @param source the lines that it was given
   * @param file what they are called; empty when they were words of a command line
   */
  public List<String> lines(List<String> source, Optional<String> file) {
    if (place.isEmpty()) {
      return List.of("Error: " + getMessage());
    }
    Token at = place.get();
    String line = at.line() <= source.size() ? source.get(at.line() - 1) : "";
    StringBuilder marks = new StringBuilder();
    int last = Math.max(at.to(), at.from());
    for (int column = 1; column <= last; column++) {
      boolean inside = column >= at.from();
      boolean also = other.filter(o -> o.line() == at.line()).isPresent();
      int here = column;
      boolean beside = also && other.filter(o -> here >= o.from() && here <= o.to()).isPresent();
      marks.append(
          inside ? '^' : beside ? '~' : column <= line.length() && line.charAt(column - 1) == '\t' ? '\t' : ' ');
    }
    String where = file.map(f -> f + ":" + at.line() + ":" + at.from() + "-" + last + ": ").orElse("");
    return List.of(where + "Error: " + getMessage(), line, marks.toString());
  }
}
