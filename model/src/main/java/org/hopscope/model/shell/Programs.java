package org.hopscope.model.shell;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.words.Nearest;

/** Every program there is. */
final class Programs {
  private static final int LONG_ENOUGH = 5;
  /** Programs of a Linux machine: they run in any namespace. */
  private static final Map<String, Program> REAL = new TreeMap<>(Map.ofEntries(entry("ip", IpProgram::read),
      entry("bridge", BridgeProgram::read), entry("brctl", BrctlProgram::read), entry("ping", PingProgram::read),
      entry("ping6", PingProgram::read6),
      entry("arping", ArpingProgram::read), entry("traceroute", TracerouteProgram::read),
      entry("tracepath", TracepathProgram::read),
      entry("sysctl", SysctlProgram::read),
      entry("sleep", SleepProgram::read), entry("sudo", SudoProgram::read), entry("sh", ShProgram::read),
      entry("bash", ShProgram::read), entry("true", (_, _) -> Command.Said.NOTHING),
      entry("false", (_, _) -> Command.Said.failed(1, List.of())), entry("echo", TextPrograms::echo),
      entry("cat", TextPrograms::cat), entry("tee", TextPrograms::tee), entry("seq", TextPrograms::seq),
      entry("test", TestProgram::test), entry("[", TestProgram::bracket), entry("grep", GrepProgram::read),
      entry("head", Filters::head), entry("tail", Filters::tail), entry("wc", Filters::wc),
      entry("sort", Filters::sort), entry("uniq", Filters::uniq), entry("cut", Fields::cut),
      entry("tr", Fields::tr), entry("awk", Fields::awk), entry("sed", Fields::sed),
      entry("iptables", IptablesProgram.command(IpFamily.INET)),
      entry("ip6tables", IptablesProgram.command(IpFamily.INET6)),
      entry("iptables-save", IptablesProgram.save(IpFamily.INET)),
      entry("ip6tables-save", IptablesProgram.save(IpFamily.INET6)),
      entry("iptables-restore", IptablesProgram.restore(IpFamily.INET)),
      entry("ip6tables-restore", IptablesProgram.restore(IpFamily.INET6)), entry("ipset", IpsetProgram::read),
      entry("ipvsadm", IpvsadmProgram::read), entry("ipvsadm-save", IpvsadmProgram::save),
      entry("ipvsadm-restore", IpvsadmProgram::restore),
      entry("conntrack", ConntrackProgram::read), entry("nft", NftProgram::read),
      entry("ifconfig", IfconfigProgram::read), entry("route", RouteProgram::read), entry("arp", ArpProgram::read),
      entry("ss", SsProgram::read), entry("netstat", NetstatProgram::read),
      entry("nsenter", NsenterProgram::read), entry("ls", ListProgram::read), entry("lsns", LsnsProgram::read),
      entry("hostname", SmallTools::hostname), entry("uname", SmallTools::uname),
      entry("readlink", SmallTools::readlink),
      entry("modprobe", SmallTools::modprobe), entry("ln", NameTools::link), entry("mkdir", NameTools::mkdir),
      entry("ethtool", SmallTools::ethtool),
      entry("nc", NcProgram::read), entry("python3", PythonProgram::read), entry("curl", CurlProgram::read),
      entry("wget", WgetProgram::read),
      entry("dig", NameProgram::dig), entry("nslookup", NameProgram::nslookup), entry("host", NameProgram::host),
      entry("getent", NameProgram::getent), entry("tcpdump", TcpdumpProgram::read), entry("dmesg", DmesgProgram::read),
      entry("nstat", NstatProgram::read),
      entry("wg", WgProgram::read), entry("openssl", OpensslProgram::read), entry("cnitool", CniTool::read),
      entry("env", EnvProgram::read),
      entry("ovs-vsctl", OvsProgram::vsctl),
      entry("ovs-ofctl", OvsProgram::ofctl),
      entry("ovs-appctl", OvsProgram::appctl), entry("rm", HostFiles::rm),
      entry("kubectl", KubectlProgram::read), entry("docker", DockerProgram::read)));
  /** Words that Linux has none for: they take their place as an argument and no prefix. */
  private static final Map<String, Program> OWN = new TreeMap<>(Map.of("hop", HopProgram::read, "attach",
      TuntapProgram::attach, "detach", TuntapProgram::detach, "relay", TuntapProgram::relay, "serve",
      ServeProgram::serve, "unserve",
      ServeProgram::unserve, "probe", ProbeProgram::read, "dump", DumpProgram::read));

  private Programs() {
  }

  /** Reads a command typed at a prompt. */
  static Command read(Prompt prompt, List<String> words) throws Stop {
    Optional<Program> own = Optional.ofNullable(OWN.get(words.getFirst()));
    return own.isPresent()
        ? own.get().read(prompt, new Args(words.subList(1, words.size())))
        : readReal(prompt, words);
  }

  /** Reads a command behind {@code ip netns exec}. */
  static Command readReal(Prompt prompt, List<String> words) throws Stop {
    Program real = REAL.get(words.getFirst());
    if (CniProgram.isCalled(words.getFirst())) {
      return CniProgram.read(prompt, words);
    }
    if (real == null) {
      throw Stop.unsupported(words.getFirst() + meant(words.getFirst()));
    }
    return real.read(prompt, new Args(words.subList(1, words.size())));
  }

  /** Short words are near to too many others; nobody mistypes more than two letters, nor the first. */
  private static String meant(String typed) {
    return typed.length() < LONG_ENOUGH ? ""
        : Nearest.to(typed, names().stream().filter(n -> n.charAt(0) == typed.charAt(0)).toList(), 2)
            .filter(n -> Math.abs(n.length() - typed.length()) < 2).map(n -> " (did you mean " + n + "?)").orElse("");
  }

  /** The names of all programs, in alphabetical order. */
  static List<String> names() {
    return java.util.stream.Stream.concat(REAL.keySet().stream(), OWN.keySet().stream()).sorted().toList();
  }
}
