package org.hopscope.model.iptables;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.Wording;

/** Reads {@code -m time} (iptables extensions/libxt_time.c). The kernel's time zone is UTC in a lab. */
final class TimeMatch extends Extension<Match> {
  private static final List<String> WEEK = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final Pattern DAYTIME = Pattern.compile("(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}))?");
  private static final Pattern DATE =
      Pattern.compile("(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:T(\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2}))?)?)?)?)?");
  private static final int LAST_SECOND = 86_399;
  private static final int LAST_YEAR = 2038;

  private int dayStart;
  private int dayStop = LAST_SECOND;
  private long ofMonth = Condition.Calendar.Days.ALL.ofMonth();
  private int ofWeek = Condition.Calendar.Days.ALL.ofWeek();
  private long dateStart = Condition.Calendar.Dates.ALL.start();
  private long dateStop = Condition.Calendar.Dates.ALL.stop();

  TimeMatch() {
    super("time",
        "datestart: datestop: timestart: timestop: monthdays:! weekdays:! contiguous localtz utc kerneltz");
  }

  @Override
  void read(String option, boolean inverted, String argument, Words more) throws Complaint {
    switch (option) {
      case "timestart" -> dayStart = daytime(argument);
      case "timestop" -> dayStop = daytime(argument);
      case "datestart" -> dateStart = date(argument);
      case "datestop" -> dateStop = date(argument);
      case "monthdays" -> ofMonth = inverted ? Condition.Calendar.Days.ALL.ofMonth() & ~monthDays(argument)
          : monthDays(argument);
      case "weekdays" -> ofWeek = inverted ? Condition.Calendar.Days.ALL.ofWeek() & ~weekDays(argument)
          : weekDays(argument);
      case "localtz" -> more.remark("WARNING: --localtz is being replaced by --kerneltz, since \"local\" is ambiguous. "
          + "Note the kernel timezone has caveats - see manpage for details.");
      default -> {
      }
    }
  }

  private static int daytime(String text) throws Complaint {
    Matcher parts = DAYTIME.matcher(text);
    if (parts.matches()) {
      int hour = Integer.parseInt(parts.group(1));
      int minute = Integer.parseInt(parts.group(2));
      int second = Optional.ofNullable(parts.group(3)).map(Integer::parseInt).orElse(0);
      if (hour <= 23 && minute <= 59 && second <= 59) {
        return hour * 3600 + minute * 60 + second;
      }
    }
    throw Complaint.parameter(
        "invalid time \"" + text + "\" specified, should be hh:mm[:ss] format and within the boundaries");
  }

  private static long date(String text) throws Complaint {
    Matcher parts = DATE.matcher(text);
    if (parts.matches()) {
      int[] numbers = {0, 1, 1, 0, 0, 0};
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Optional.ofNullable(parts.group(i + 1)).map(Integer::parseInt).orElse(numbers[i]);
      }
      try {
        if (numbers[0] >= 1970 && numbers[0] <= LAST_YEAR) {
          return LocalDateTime.of(numbers[0], numbers[1], 1, numbers[3], numbers[4], numbers[5])
              .plusDays(numbers[2] - 1L).toEpochSecond(ZoneOffset.UTC);
        }
      } catch (DateTimeException _) {
        throw badDate(text);
      }
    }
    throw badDate(text);
  }

  private static Complaint badDate(String text) {
    return Complaint
        .parameter("Invalid date \"" + text + "\" specified. Should be YYYY[-MM[-DD[Thh[:mm[:ss]]]]]");
  }

  private static long monthDays(String text) throws Complaint {
    long days = 0;
    for (String word : text.split(",")) {
      days |= 1L << Values.number(word).filter(n -> n <= 31)
          .orElseThrow(() -> Complaint.parameter(word + " is not a valid day for --monthdays"));
    }
    return days;
  }

  private static int weekDays(String text) throws Complaint {
    int days = 0;
    for (String word : text.split(",")) {
      Optional<Long> number = Values.number(word);
      if (number.filter(n -> n == 0).isPresent()) {
        throw Complaint.parameter("No, the week does NOT begin with Sunday.");
      }
      int day = number.map(Long::intValue).orElseGet(() -> 1 + IntStream.range(0, WEEK.size())
          .filter(i -> word.length() >= 2 && WEEK.get(i).startsWith(word.substring(0, 2))).findFirst().orElse(-1));
      if (day == 0) {
        throw Complaint.parameter(word + " is not a valid day specifier");
      }
      days |= 1 << day;
    }
    return days;
  }

  @Override
  void check() throws Complaint {
    if (has("contiguous") && dayStart <= dayStop) {
      throw Complaint.parameter("time: --contiguous only makes sense when stoptime is smaller than starttime");
    }
  }

  @Override
  Match done() {
    Phrases phrases = new Phrases().list("TIME");
    if (dayStart != 0 || dayStop != LAST_SECOND) {
      phrases.save("--timestart", clock(dayStart), "--timestop", clock(dayStop))
          .list("from", clock(dayStart), "to", clock(dayStop));
    }
    if (ofWeek != Condition.Calendar.Days.ALL.ofWeek()) {
      phrases.list("on", week());
    }
    if (ofMonth != Condition.Calendar.Days.ALL.ofMonth()) {
      phrases.save("--monthdays", month(false)).list("on", month(true));
    }
    if (ofWeek != Condition.Calendar.Days.ALL.ofWeek()) {
      phrases.save("--weekdays", week());
    }
    if (dateStart != 0) {
      phrases.save("--datestart", stamp(dateStart, 'T')).list("starting from", stamp(dateStart, ' '));
    }
    if (dateStop != 0) {
      phrases.save("--datestop", stamp(dateStop, 'T'));
    }
    if (dateStop != Integer.MAX_VALUE) {
      phrases.list("until date", stamp(dateStop, ' '));
    }
    boolean local = has("localtz") || has("kerneltz");
    if (local) {
      phrases.save("--kerneltz");
    } else {
      phrases.list("UTC");
    }
    if (has("contiguous")) {
      phrases.save("--contiguous").list("contiguous");
    }
    return phrases.match("time", Wording.Place.ANY,
        new Condition.Calendar(dayStart, dayStop, new Condition.Calendar.Days(ofMonth, ofWeek),
            new Condition.Calendar.Dates(dateStart, dateStop), has("contiguous")));
  }

  private static String clock(int second) {
    return String.format(Locale.ROOT, "%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
  }

  private static String stamp(long second, char between) {
    long day = second / (LAST_SECOND + 1);
    return LocalDate.ofEpochDay(day) + "" + between + clock((int) (second % (LAST_SECOND + 1)));
  }

  private String week() {
    return IntStream.range(0, WEEK.size()).filter(i -> (ofWeek & 2 << i) != 0).mapToObj(WEEK::get)
        .collect(Collectors.joining(","));
  }

  private String month(boolean ordinal) {
    return IntStream.rangeClosed(1, 31).filter(d -> (ofMonth & 1L << d) != 0)
        .mapToObj(d -> d + (ordinal ? ending(d) : "")).collect(Collectors.joining(","));
  }

  /** As the program counts: the last digit decides, so 11 is the 11st. */
  private static String ending(int day) {
    return switch (day % 10) {
      case 1 -> "st";
      case 2 -> "nd";
      case 3 -> "rd";
      default -> "th";
    };
  }
}
