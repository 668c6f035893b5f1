package org.hopscope.model.tls;

import java.util.Optional;

/**
 * Whose certificates a client takes.
 *
 * @param anything whether any will do, even a wrong one
 * @param authority the one certificate that it knows: others have to be this one, or be issued by it
 */
public record Trust(boolean anything, Optional<Certificate> authority) {
  /** Any certificate will do ({@code curl -k}). */
  public static final Trust ANYTHING = new Trust(true, Optional.empty());
  /** No certificate of a lab is known to anybody. */
  public static final Trust USUAL = new Trust(false, Optional.empty());

  /** What a client makes of a certificate. */
  public enum Verdict {
    FINE,
    /** It is its own issuer, and not known. */
    SELF_SIGNED,
    /** Nobody knows who issued it. */
    UNKNOWN_ISSUER,
    /** It is for other hosts. */
    OTHER_HOST
  }

  /** What a client makes of a certificate that was shown for a host. */
  public Verdict judge(Certificate shown, String host) {
    boolean known = authority.filter(a -> a.equals(shown) || a.subject().equals(shown.issuer())).isPresent();
    if (!known) {
      return shown.isSelfSigned() ? Verdict.SELF_SIGNED : Verdict.UNKNOWN_ISSUER;
    }
    return shown.isFor(host) ? Verdict.FINE : Verdict.OTHER_HOST;
  }

  /** Whether it goes on talking. */
  public boolean takes(Certificate shown, String host) {
    return anything || judge(shown, host) == Verdict.FINE;
  }
}
