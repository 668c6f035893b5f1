package org.hopscope.model.dns;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;

/** What a record says; names in it are absolute. Printed as in a zone file (RFC 1035 5.1). */
public sealed interface RecordData {
  /** Its type. */
  RecordType type();

  /** How many octets it takes in a message, names written out. */
  int size();

  /** Reads what {@code toString} writes for a type; empty when it is something else. */
  static Optional<RecordData> parse(RecordType type, String text) {
    String[] words = text.split(" ");
    return switch (type) {
      case A, AAAA -> IpAddress.parse(text).map(Address::new);
      case CNAME, PTR, NS -> Optional.of(new Name(type, text));
      case SRV -> text.matches("[0-9]{1,5} [0-9]{1,5} [0-9]{1,5} \\S+")
          ? Optional.of(new Service(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]),
              words[3]))
          : Optional.empty();
      case SOA -> text.matches("\\S+ \\S+ [0-9]{1,10}( [0-9]{1,9}){4}")
          ? Optional.of(new Authority(words[0], words[1], Long.parseLong(words[2]),
              new Times(Integer.parseInt(words[3]),
                  Integer.parseInt(words[4]), Integer.parseInt(words[5])),
              Integer.parseInt(words[6])))
          : Optional.empty();
      case TXT -> text.length() < 2 ? Optional.empty() : Optional.of(new Text(text.substring(1, text.length() - 1)));
      case MX -> text.matches("[0-9]{1,5} \\S+") ? Optional.of(new Mail(Integer.parseInt(words[0]), words[1]))
          : Optional.empty();
    };
  }

  /** Of a name, the octets on the wire: each label with its length, and a zero at the end. */
  private static int size(String name) {
    return name.length() + 1;
  }

  /** A or AAAA, by the address's family. */
  record Address(IpAddress address) implements RecordData {
    @Override
    public RecordType type() {
      return address.family() == IpFamily.INET ? RecordType.A : RecordType.AAAA;
    }

    @Override
    public int size() {
      return address.width() / 8;
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** CNAME, PTR or NS: another name. */
  record Name(RecordType type, String name) implements RecordData {
    @Override
    public int size() {
      return RecordData.size(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A host and port for a service (RFC 2782). */
  record Service(int priority, int weight, int port, String target) implements RecordData {
    @Override
    public RecordType type() {
      return RecordType.SRV;
    }

    @Override
    public int size() {
      return 6 + RecordData.size(target);
    }

    @Override
    public String toString() {
      return priority + " " + weight + " " + port + " " + target;
    }
  }

  /** A host that takes mail: those with the lowest preference first. */
  record Mail(int preference, String host) implements RecordData {
    @Override
    public RecordType type() {
      return RecordType.MX;
    }

    @Override
    public int size() {
      return 2 + RecordData.size(host);
    }

    @Override
    public String toString() {
      return preference + " " + host;
    }
  }

  /** Of a zone, in seconds, for its secondary servers: when they look again, again after a failure, and give up. */
  record Times(int refresh, int retry, int expire) {
    /** As CoreDNS has them. */
    public static final Times USUAL = new Times(7200, 1800, 86400);
  }

  /**
   * Where a zone begins.
   *
   * @param serial changes with the zone
   * @param negativeTtl for how many seconds it may be remembered that a name does not exist (RFC 2308)
   */
  record Authority(String server, String mail, long serial, Times times, int negativeTtl) implements RecordData {
    /** With the times that CoreDNS has for secondary servers. */
    public Authority(String server, String mail, long serial, int negativeTtl) {
      this(server, mail, serial, Times.USUAL, negativeTtl);
    }

    @Override
    public RecordType type() {
      return RecordType.SOA;
    }

    @Override
    public int size() {
      return RecordData.size(server) + RecordData.size(mail) + 20;
    }

    @Override
    public String toString() {
      return server + " " + mail + " " + serial + " " + times.refresh() + " " + times.retry() + " " + times.expire()
          + " " + negativeTtl;
    }
  }

  /** A text, at most 255 characters. */
  record Text(String text) implements RecordData {
    @Override
    public RecordType type() {
      return RecordType.TXT;
    }

    @Override
    public int size() {
      return text.length() + 1;
    }

    @Override
    public String toString() {
      return "\"" + text + "\"";
    }
  }
}
