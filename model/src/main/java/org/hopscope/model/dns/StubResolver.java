package org.hopscope.model.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;

/**
 * How a program's resolver looks a name up: which names it tries in which order, and what it makes of the answers (sem-D11;
 * glibc resolv/res_query.c __res_context_search, resolv.conf(5); held
 * against glibc 2.36 itself). One server is asked, and always answers.
 */
public final class StubResolver {
  private final ResolvConf conf;
  private final DnsServer server;

  public StubResolver(ResolvConf conf, DnsServer server) {
    this.conf = conf;
    this.server = server;
  }

  /** A question with its answer. */
  public record Asked(DnsQuestion question, DnsReply reply) {
  }

  /**
   * What a look-up came to.
   *
   * @param asked all questions, in order
   * @param name the absolute name that was found; empty when none was
   * @param answers the records of the answers that were taken, aliases too
   */
  public record Resolution(List<Asked> asked, Outcome outcome, Optional<String> name, List<DnsRecord> answers) {
    public Resolution {
      asked = List.copyOf(asked);
      answers = List.copyOf(answers);
    }

    /** The addresses among the answers. */
    public List<IpAddress> addresses() {
      return answers.stream().map(DnsRecord::data).filter(RecordData.Address.class::isInstance)
          .map(d -> ((RecordData.Address) d).address()).toList();
    }
  }

  /** How a look-up ended, with the words of {@code gai_strerror(3)}. */
  public enum Outcome {
    FOUND(""),
    /** No such name: EAI_NONAME. */
    NOT_FOUND("Name or service not known"),
    /** The name exists, but has nothing of what was asked for: EAI_NODATA. */
    NO_DATA("No address associated with hostname"),
    /** The server failed, or refused to answer: EAI_AGAIN. */
    TRY_AGAIN("Temporary failure in name resolution");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** As programs print it. */
    public String words() {
      return words;
    }
  }

  /** Looks up addresses of both families as {@code getaddrinfo(3)} does: A and AAAA of each name at once. */
  public Resolution addresses(String name) {
    Optional<IpAddress> literal = IpAddress.parse(name);
    if (literal.isPresent()) {
      return new Resolution(List.of(), Outcome.FOUND, Optional.of(name),
          List.of(new DnsRecord(name, 0, new RecordData.Address(literal.get()))));
    }
    return look(name, List.of(RecordType.A, RecordType.AAAA));
  }

  /** Looks up one or several types of a name, each of them with every name that is tried. */
  public Resolution look(String name, List<RecordType> types) {
    List<Asked> heard = new ArrayList<>();
    while (true) {
      switch (after(name, types, heard)) {
        case Progress.Ask(DnsQuestion question) -> heard.add(new Asked(question, server.ask(question)));
        case Progress.Done(Resolution resolution) -> {
          return resolution;
        }
      }
    }
  }

  /** How far a look-up has come. */
  public sealed interface Progress {
    /** This is to be asked next. */
    record Ask(DnsQuestion question) implements Progress {
    }

    /** It is over. */
    record Done(Resolution resolution) implements Progress {
    }
  }

  /**
   * What comes next in a look-up, for those who send each question themselves.
   *
   * @param heard what was asked before with its answers, all of it, in order
   */
  public Progress after(String name, List<RecordType> types, List<Asked> heard) {
    return new Search(name, types, heard).run();
  }

  /** The absolute names that are tried for a name, in order, as long as none is found. */
  public List<String> candidates(String name) {
    if (name.endsWith(".")) {
      return List.of(name);
    }
    List<String> searched = conf.search().stream().map(d -> d.equals(".") ? name + "." : name + "."
        + DnsNames.absolute(d)).toList();
    List<String> all = new ArrayList<>();
    if (DnsNames.dots(name) >= conf.ndots()) {
      all.add(name + ".");
      all.addAll(searched);
    } else {
      all.addAll(searched);
      if (!conf.search().contains(".")) {
        all.add(name + ".");
      }
    }
    return all;
  }

  private final class Search {
    private final String name;
    private final List<RecordType> types;
    private final List<Asked> heard;
    private int taken;
    private Optional<Outcome> first = Optional.empty();
    private boolean noData;
    private boolean failed;
    private Outcome last = Outcome.NOT_FOUND;

    Search(String name, List<RecordType> types, List<Asked> heard) {
      this.name = name;
      this.types = types;
      this.heard = heard;
    }

    Progress run() {
      boolean asItIsFirst = name.endsWith(".") || DnsNames.dots(name) >= conf.ndots();
      List<String> candidates = candidates(name);
      for (int i = 0; i < candidates.size(); i++) {
        int known = Math.min(types.size(), heard.size() - taken);
        if (known < types.size()) {
          return new Progress.Ask(new DnsQuestion(candidates.get(i), types.get(known)));
        }
        List<Asked> now = heard.subList(taken, taken + types.size());
        taken += types.size();
        Outcome outcome = outcome(now);
        if (outcome == Outcome.FOUND) {
          return new Progress.Done(new Resolution(heard, outcome, Optional.of(candidates.get(i)),
              now.stream().filter(a -> a.reply().hasAnswer()).flatMap(a -> a.reply().answer().stream()).distinct()
                  .toList()));
        }
        boolean searching = !(asItIsFirst && i == 0);
        first = searching ? first : Optional.of(outcome);
        noData |= outcome == Outcome.NO_DATA;
        failed |= outcome == Outcome.TRY_AGAIN;
        last = outcome;
        if (code(now) == DnsReply.Code.REFUSED && searching) {
          i = Math.max(i, candidates.size() - (asItIsFirst ? 1 : 2));
        }
      }
      return new Progress.Done(new Resolution(heard, first.orElseGet(this::worst), Optional.empty(), List.of()));
    }

    /** What is told when nothing was found and the name as it is was not the first try. */
    private Outcome worst() {
      if (noData) {
        return Outcome.NO_DATA;
      }
      return failed ? Outcome.TRY_AGAIN : last;
    }

    private static DnsReply.Code code(List<Asked> now) {
      return now.stream().map(a -> a.reply().code()).filter(c -> c != DnsReply.Code.NOERROR).findFirst()
          .orElse(DnsReply.Code.NOERROR);
    }

    /** One answer is enough; else the first answer that is no plain "nothing of this type" says why. */
    private Outcome outcome(List<Asked> now) {
      if (now.stream().anyMatch(a -> a.reply().hasAnswer())) {
        return Outcome.FOUND;
      }
      return switch (code(now)) {
        case NOERROR -> Outcome.NO_DATA;
        case NXDOMAIN -> Outcome.NOT_FOUND;
        case SERVFAIL, REFUSED -> Outcome.TRY_AGAIN;
      };
    }
  }
}
