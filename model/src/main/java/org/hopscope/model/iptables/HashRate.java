package org.hopscope.model.iptables;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Wording;

/**
 * How fast is too fast for {@code hashlimit} (libxt_hashlimit.c parse_rate, parse_bytes, parse_burst).
 *
 * @param bytes whether bytes are counted, not packets
 * @param cost what the program tells the kernel: microseconds for a packet, or 2^32 through chunks of 16 bytes
 * @param seconds after how many seconds without a packet a key is forgotten, unless something else is said
 * @param burst how many packets, or how often the bytes of a second; 0 for bytes without one
 * @param windows {@code --hashlimit-rate-match}
 * @param interval of windows, in seconds; 0 for none
 */
record HashRate(boolean bytes, long cost, int seconds, long burst, boolean windows, long interval) {
  /** Before anything was read. */
  static final HashRate NONE = new HashRate(false, 1, 1, 0, false, 0);
  private static final long UNSIGNED = 0xffff_ffffL;
  /** XT_HASHLIMIT_SCALE_v2: in how many parts a second is cut. */
  private static final long SCALE = 1_000_000;
  /** Kernel CREDITS_PER_JIFFY times HZ through the scale, for 250 or 1000 jiffies a second. */
  private static final long CREDITS = 137_438_953L;
  private static final long NANOS = 1_000_000_000L;
  private static final long MOST_BURST = 1_000_000;
  private static final long USUAL_BURST = 5;
  private static final int CHUNK = 4;
  private static final int KILO = 10;
  private static final int MEGA = 20;
  /** XT_HASHLIMIT_BYTE_EXPIRE and XT_HASHLIMIT_BYTE_EXPIRE_BURST. */
  private static final int EXPIRE = 15;
  private static final int EXPIRE_BURST = 60;

  /** A unit of time as the program lists it. */
  private enum Unit {
    DAY("day", "day", 86_400), HOUR("hour", "hour", 3600), MIN("minute", "min", 60), SEC("second", "sec", 1);

    private final String word;
    private final String shown;
    private final int seconds;

    Unit(String word, String shown, int seconds) {
      this.word = word;
      this.shown = shown;
      this.seconds = seconds;
    }

    private long parts() {
      return SCALE * seconds;
    }

    /** The unit in which the time between two tokens is told (libxt_hashlimit.c print_rate). */
    private static Unit of(long period) {
      Unit found = DAY;
      for (Unit unit : List.of(HOUR, MIN, SEC)) {
        if (period > unit.parts() || unit.parts() / period < unit.parts() % period) {
          break;
        }
        found = unit;
      }
      return found;
    }
  }

  /** A rate, as yet without a burst; empty when it is none. */
  static Optional<HashRate> read(String text) throws Complaint {
    long count = Values.atoll(text);
    int unit = text.indexOf("b/s");
    if (count != 0 && unit > 0) {
      return Optional.of(new HashRate(true, costOf(count << power(text.charAt(unit - 1))), EXPIRE, 0, false, 0));
    }
    String[] parts = text.split("/", 2);
    Optional<Unit> of = parts.length == 1 ? Optional.of(Unit.SEC) : Arrays.stream(Unit.values())
        .filter(u -> !parts[1].isEmpty() && u.word.startsWith(parts[1].toLowerCase(Locale.ROOT))).findFirst();
    if (count == 0 || of.isEmpty()) {
      return Optional.empty();
    }
    long cost = Long.divideUnsigned(of.get().parts(), count);
    if (cost == 0) {
      throw Complaint.parameter("Rate too fast \"" + text + "\"");
    }
    return Optional.of(new HashRate(false, cost, of.get().seconds, USUAL_BURST, false, 0));
  }

  private static int power(char unit) {
    return unit == 'm' ? MEGA : unit == 'k' ? KILO : 0;
  }

  private static Complaint badBurst() {
    return Complaint
        .parameter("bad value for option \"--hashlimit-burst\", or out of range (1-" + MOST_BURST + ").");
  }

  /** A burst as it is said, in packets or bytes. */
  static long burst(String text) throws Complaint {
    Values.Leading number = Values.leading(text).filter(n -> n.value() >= 1).orElseThrow(HashRate::badBurst);
    if (number.rest().isEmpty() && number.value() > MOST_BURST) {
      throw badBurst();
    }
    return number.value() << (number.rest().isEmpty() ? 0 : power(number.rest().charAt(0)));
  }

  /** The rate with all that the other options say (hashlimit_mt_check_v3); an empty burst was not given. */
  HashRate with(String said, boolean match, long every) throws Complaint {
    long given = said.isEmpty() ? burst : burst(said);
    if (!bytes) {
      if (given > MOST_BURST) {
        throw badBurst();
      }
      long window = match && every == 0 ? seconds : every;
      return new HashRate(false, match ? cost / seconds : cost, seconds, given, match, window);
    }
    long second = bytesOf(cost);
    if (!said.isEmpty() && given < second) {
      throw Complaint.parameter("burst cannot be smaller than " + second + "b");
    }
    long times = said.isEmpty() || second == 0 ? 0 : (given & UNSIGNED) / second + (given % second == 0 ? 0 : 1);
    return new HashRate(true, cost, said.isEmpty() ? EXPIRE : EXPIRE_BURST, times, match,
        match ? Math.max(1, every) : every);
  }

  private static long costOf(long bytes) {
    return UNSIGNED / Math.max(1, (bytes >>> CHUNK & UNSIGNED) + 1 & UNSIGNED);
  }

  private static long bytesOf(long cost) {
    return (UNSIGNED / cost - 1) << CHUNK;
  }

  /** As {@code iptables-save} writes it. */
  String saved() {
    return bytes ? byteText() : text(cost);
  }

  /** As {@code iptables -L} shows it: an interval makes it slower. */
  String listed() {
    return bytes ? byteText() : text(cost * Math.max(1, interval));
  }

  private static String text(long period) {
    Unit unit = Unit.of(period);
    return unit.parts() / period + "/" + unit.shown;
  }

  /** What the program would write as 0, which it does not read again, is 1. */
  private String byteText() {
    long value = bytesOf(cost);
    int power = isWhole(value, MEGA) ? MEGA : isWhole(value, KILO) ? KILO : 0;
    return Math.max(1, value >> power) + unit(power) + "b/s";
  }

  /** Whether the kernel would hear the same of a rate without what a unit leaves over. */
  private boolean isWhole(long value, int power) {
    return value >= 1 << power && costOf(value >> power << power & UNSIGNED) == cost;
  }

  private static String unit(int power) {
    return power == MEGA ? "m" : power == KILO ? "k" : "";
  }

  String saidBurst() {
    if (!bytes) {
      return Long.toString(burst);
    }
    long value = burst * bytesOf(cost);
    int power = value >= 1 << MEGA ? MEGA : value >= 1 << KILO ? KILO : 0;
    return (value >> power) + unit(power) + "b";
  }

  /** After how many seconds a key with the rate as it is saved would be forgotten. */
  int savedSeconds() {
    return bytes ? seconds : Unit.of(cost).seconds;
  }

  /** As {@link #savedSeconds}, of the rate as it is listed. */
  int listedSeconds() {
    return bytes ? seconds : Unit.of(cost * Math.max(1, interval)).seconds;
  }

  /** Whether the kernel takes it (xt_hashlimit.c hashlimit_mt_check_common). */
  Wording.Place place() {
    if (windows) {
      return Wording.Place.ANY;
    }
    if (bytes) {
      return credits() == 0 ? Wording.Place.NOWHERE : Wording.Place.ANY;
    }
    return Long.compareUnsigned(cost * burst * CREDITS, cost * CREDITS) < 0 ? Wording.Place.TOO_GREAT
        : Wording.Place.ANY;
  }

  /** Kernel user2credits_byte. */
  private long credits() {
    return cost * Condition.Pace.Bytes.SECOND >>> 32;
  }

  Condition.Pace pace() {
    if (windows) {
      long rate = bytes ? bytesOf(cost) : SCALE / cost;
      return new Condition.Pace.Windows(rate, bytes ? Math.max(1, burst) * rate : burst + rate, interval * NANOS,
          bytes);
    }
    if (bytes) {
      return new Condition.Pace.Bytes(credits(), burst);
    }
    long parts = NANOS / SCALE;
    return new Condition.Pace.Packets(cost * parts, Long.divideUnsigned(cost * burst * CREDITS, CREDITS) * parts);
  }
}
