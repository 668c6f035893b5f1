package org.hopscope.model.nft;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what things are called: families, tables, and what is in them. */
final class NamesReader {
  private static final Set<String> OBJECTS_LEFT_OUT = Set.of("quota", "limit", "flowtable", "flowtables", "meter",
      "meters", "quotas", "limits", "secmark", "synproxy", "secmarks", "synproxys", "ct", "hooks");

  private final Tokens tokens;
  private final Transaction work;
  private final long now;

  NamesReader(Tokens tokens, Transaction work, long now) {
    this.tokens = tokens;
    this.work = work;
    this.now = now;
  }

  /** The word that says what kind of thing is meant. */
  Token object() throws NftComplaint {
    Token object = tokens.peek();
    if (OBJECTS_LEFT_OUT.contains(object.text())) {
      throw NftComplaint.unsupported(object.text());
    }
    return object;
  }

  List<ElementReader.Placed> elements(NftSet set, boolean keysOnly) throws NftComplaint {
    return new ElementReader(tokens, work.devices(), now).braces(set.spec(), BlockReader.widths(set.spec()), keysOnly);
  }

  /** A family, perhaps, and the name of a table. */
  Transaction.Named named() throws NftComplaint {
    NftFamily family = family().orElse(NftFamily.IP);
    Token name = tokens.name();
    return new Transaction.Named(new NftTable.Key(family, name.text()), name);
  }

  Optional<NftFamily> family() throws NftComplaint {
    Token token = tokens.peek();
    if (Set.of("arp", "bridge", "netdev").contains(token.text()) && tokens.peek(1).kind() == Token.Kind.WORD) {
      throw NftComplaint.unsupported("the family " + token.text());
    }
    Optional<NftFamily> family = NftFamily.named(token.text());
    if (family.isPresent()) {
      tokens.next();
    }
    return family;
  }

  /** A table and the name of something in it. */
  Transaction.Part part(Token first) throws NftComplaint {
    Transaction.Named table = named();
    Token name = tokens.name();
    return new Transaction.Part(table, name, first.to(endOfLine()));
  }

  /** The last token of the command that is being read, as far as it stands in one line. */
  Token endOfLine() {
    int ahead = 0;
    Token last = tokens.last();
    while (last.kind() != Token.Kind.NEWLINE && last.kind() != Token.Kind.END) {
      last = tokens.peek(ahead++);
    }
    return last;
  }
}
