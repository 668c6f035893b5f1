package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.CtTemplate;
import org.hopscope.model.netfilter.NatRange;
import org.hopscope.model.netfilter.PortRange;
import org.hopscope.model.netfilter.Target;

/** Writes targets as iptables-save does: {@code -j NAME} with its options (sem-N17). */
final class TargetText {
  private final List<String> words = new ArrayList<>();

  private TargetText() {
  }

  /** A target with its {@code -j}. */
  static List<String> words(Target target) {
    TargetText text = new TargetText();
    text.target(target);
    return text.words;
  }

  private void say(String... more) {
    words.addAll(List.of(more));
  }

  private void target(Target target) {
    switch (target) {
      case Target.Nothing _ -> {
      }
      case Target.Accept _ -> say("-j", "ACCEPT");
      case Target.Drop _ -> say("-j", "DROP");
      case Target.Return _ -> say("-j", "RETURN");
      case Target.Jump(String chain) -> say("-j", chain);
      case Target.Goto(String chain) -> say("-g", chain);
      case Target.Reject(var with) -> say("-j", "REJECT", "--reject-with", with.word());
      case Target.Log log -> log(log);
      case Target.Mark(int value, int mask) ->
          say("-j", "MARK", "--set-xmark", Values.hex(value) + "/" + Values.hex(mask));
      case Target.Connmark connmark -> connmark(connmark);
      case Target.Dnat(NatRange to) -> translate("DNAT", "--to-destination", to);
      case Target.Snat(NatRange to) -> translate("SNAT", "--to-source", to);
      case Target.Masquerade(var ports, var options) -> translate("MASQUERADE", ports, options);
      case Target.Redirect(var ports, var options) -> translate("REDIRECT", ports, options);
      case Target.Netmap(var to) -> say("-j", "NETMAP", "--to", to.toString());
      case Target.Notrack(boolean oldWord) -> {
        if (oldWord) {
          say("-j", "NOTRACK");
        } else {
          say("-j", "CT", "--notrack");
        }
      }
      case Target.Track(CtTemplate template) -> {
        say("-j", "CT");
        template(template, "--").forEach(this::say);
      }
      case Target.Trace _ -> say("-j", "TRACE");
      case Target.Other(var wording, var _) -> say("-j", wording.words());
      case Target.Ttl(IpFamily family, var operation, int value) ->
          say("-j", SaveText.field(family).toUpperCase(Locale.ROOT),
              "--" + SaveText.field(family) + "-" + operation.name().toLowerCase(Locale.ROOT), Integer.toString(value));
      case Target.Tcpmss(var size) -> {
        say("-j", "TCPMSS");
        size.ifPresentOrElse(s -> say("--set-mss", s.toString()), () -> say("--clamp-mss-to-pmtu"));
      }
    }
  }

  private void log(Target.Log log) {
    say("-j", "LOG");
    if (!log.prefix().isEmpty()) {
      say("--log-prefix", Values.quoted(log.prefix()));
    }
    if (log.level() != 4) {
      say("--log-level", Integer.toString(log.level()));
    }
    String[] options = {"--log-tcp-sequence", "--log-tcp-options", "--log-ip-options", "--log-uid", "",
        "--log-macdecode"};
    for (int i = 0; i < options.length; i++) {
      if ((log.flags() & 1 << i) != 0) {
        say(options[i]);
      }
    }
  }

  private void connmark(Target.Connmark target) {
    say("-j", "CONNMARK");
    switch (target.mode()) {
      case SET -> say("--set-xmark", Values.hex(target.value()) + "/" + Values.hex(target.ctMask()));
      case SAVE -> say("--save-mark", "--nfmask", Values.hex(target.nfMask()), "--ctmask",
          Values.hex(target.ctMask()));
      case RESTORE -> say("--restore-mark", "--nfmask", Values.hex(target.nfMask()), "--ctmask",
          Values.hex(target.ctMask()));
    }
    if (target.shift() != 0) {
      say(target.shift() > 0 ? "--left-shift-mark" : "--right-shift-mark", Integer.toString(Math.abs(target.shift())));
    }
  }

  private void translate(String target, String option, NatRange to) {
    say("-j", target, option, destination(to));
    options(to.options());
  }

  static String destination(NatRange to) {
    boolean brackets = to.ports().isPresent() && to.addresses().map(a -> a.first().family() == IpFamily.INET6)
        .orElse(false);
    String addresses = to.addresses().map(Values::text).orElse("");
    return (brackets ? "[" + addresses + "]" : addresses) + to.ports().map(p -> ":" + ports(p)).orElse("")
        + to.options().base().map(b -> "/" + b).orElse("");
  }

  static String ports(PortRange range) {
    return range.isSingle() ? Integer.toString(range.first()) : range.first() + "-" + range.last();
  }

  private void translate(String target, Optional<PortRange> ports, NatRange.Options options) {
    say("-j", target);
    ports.ifPresent(p -> say("--to-ports", ports(p) + options.base().map(b -> "/" + b).orElse("")));
    options(options);
  }

  private void options(NatRange.Options options) {
    if (options.random()) {
      say("--random");
    }
    if (options.fullyRandom()) {
      say("--random-fully");
    }
    if (options.persistent()) {
      say("--persistent");
    }
  }

  /** The words of {@code CT} (libxt_CT.c ct_save_v1). */
  static List<String> template(CtTemplate template, String dashes) {
    List<String> words = new ArrayList<>();
    if (template.notrack()) {
      words.add(dashes + "notrack");
    }
    if (!template.helper().isEmpty()) {
      words.addAll(List.of(dashes + "helper", template.helper()));
    }
    if (!template.events().isEmpty()) {
      words.addAll(List.of(dashes + "ctevents", String.join(",", template.events())));
    }
    if (!template.expected().isEmpty()) {
      words.addAll(List.of(dashes + "expevents", String.join(",", template.expected())));
    }
    if (template.byMark() || template.zone() != 0) {
      words.addAll(List.of(dashes + template.scope().word(),
          template.byMark() ? "mark" : Integer.toString(template.zone())));
    }
    return words;
  }
}
