package org.hopscope.model.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.MacAddress;
import org.hopscope.model.codec.LabCodec.Decoded;
import org.hopscope.model.lab.BridgeChange;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.EditWalk;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkChange;
import org.hopscope.model.lab.NewLink;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Counters;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.Learned;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.RouteException;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcollections.TreePMap;

class LabCodecTest {
  private static final NetnsId ROOT = NetnsId.root("host");

  static LongStream seeds() {
    return LongStream.range(1000, 1200);
  }

  /** A lab that was walked through, with something in every learned table. */
  static LabState walked(long seed) {
    EditWalk walk = new EditWalk(seed);
    Session session = new Session(Editor.fresh(seed, TreePMap.singleton("net.ipv4.neigh.*.retrans_time_ms", "100")));
    for (int i = 0; i < 80; i++) {
      session.apply(walk.next(session.state()));
    }
    LabState lab = session.state();
    Device any = lab.devices().values().iterator().next();
    Learned learned = lab.learned().withCounters(any.id(), new Counters(1, 2, 3, 4, 5, seed))
        .withPacketIds(any.netns(), (int) seed).withRouteException(any.netns(),
            new RouteException(IpAddress.of("10.9.9.9"), Optional.of(IpAddress.of("10.0.0.3")),
                new RouteException.PathMtu(1400, seed % 2 == 0), new VirtualTime(seed),
                lab.find(any.netns()).orElseThrow().inet().table(Netns.MAIN).rows().stream().findFirst()));
    return lab.withLearned(learned);
  }

  private static Decoded.Malformed malformed(String text) {
    assertThat(LabCodec.decode(text)).as(text).isInstanceOf(Decoded.Malformed.class);
    return (Decoded.Malformed) LabCodec.decode(text);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatWasWrittenIsReadBackEqual(long seed) {
    LabState lab = walked(seed);
    String text = LabCodec.encode(lab);
    assertThat(LabCodec.decode(text)).isEqualTo(new Decoded.Ok(lab));
    assertThat(LabCodec.encode(((Decoded.Ok) LabCodec.decode(text)).lab())).isEqualTo(text);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aDamagedFileIsRefusedWithAPlaceOrIsALabThatHoldsTogether(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String text = LabCodec.encode(walked(seed));
    for (int i = 0; i < 40; i++) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(20));
      String damaged = text.substring(0, at) + "\"x{}[]0,-:".charAt(random.nextInt(10)) + text.substring(end);
      switch (LabCodec.decode(damaged)) {
        case Decoded.Malformed(int line, int column, String reason) -> {
          assertThat(line).isBetween(1, (int) damaged.lines().count() + 1);
          assertThat(column).isPositive();
          assertThat(reason).isNotBlank();
        }
        case Decoded.Ok(LabState lab) ->
            assertThat(LabCodec.decode(LabCodec.encode(lab))).isEqualTo(new Decoded.Ok(lab));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyFieldThatIsRenamedIsRefusedWhereItStands(long seed) {
    String text = LabCodec.encode(walked(seed));
    List<MatchResult> fields =
        Pattern.compile("\"(name|mtu|kind|hello|to|port|address|index)\": ").matcher(text).results().toList();
    int end = fields.get(new SplittableRandom(seed).nextInt(fields.size())).end(1);
    String renamed = text.substring(0, end) + "z" + text.substring(end);
    assertThat(malformed(renamed).reason()).containsAnyOf("is not known here", "is missing");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "`{`|1|2|this is not JSON: the name of a field, in quotes, is expected, and the file ends",
      "`[1]`|1|1|an object is expected, not a list",
      "`{\"format\": 1} x`|1|16|something follows the end of the document",
      "`{\"format\": 1 \"seed\": 1}`|1|14|this is not JSON: a comma or } is expected, and something else stands here",
      "`{\"format\" 1}`|1|11|this is not JSON: a : is expected", "`[1,]`|1|4|this is not JSON: a value is expected",
      "`[01]`|1|4|this is not JSON: a number does not begin with 0", "`[-]`|1|3|this is not JSON: a digit is expected",
      "`[1.e5]`|1|4|this is not JSON: a digit is expected", "`[True]`|1|2|this is not JSON: a value is expected",
      "`[\"a\tb\"]`|1|4|this is not JSON: a quote is expected", "`[\"\\x\"]`|1|5|this is not JSON: \\x means nothing",
      "`[\"\\u12g4\"]`|1|7|this is not JSON: a hexadecimal digit is expected",
      "`[\"abc]`|1|7|this is not JSON: a quote is expected, and the file ends",
      "`{\"format\": 2}`|1|13|this lab was written by a newer version of Hopscope (format 2); this one reads up to "
          + "format 1: open it with the newer version",
      "`{\"format\": \"1\"}`|1|13|a number is expected, not a text",
      "`{\"format\": 1.5}`|1|13|a whole number is expected, not 1.5", "`{\"seed\": 1}`|1|1|\"format\" is missing",
      "`{\"format\": 1, \"format\": 1}`|1|26|\"format\" stands twice",
      "`{\"format\": 1, \"seed\": 1, \"clock\": -1}`|1|36|a number from 0 to 9223372036854775807 is expected, not -1",
      "`{\"format\": 1, \"seed\": 1, \"clock\": 0, \"hosts\": []}`|1|48|a lab has at least one host"})
  void whatIsWrongIsSaidWithItsPlace(String text, int line, int column, String reason) {
    Decoded.Malformed malformed = malformed(text);
    assertThat(malformed.reason()).startsWith(reason);
    assertThat(malformed.line()).isEqualTo(line);
    assertThat(malformed.column()).isCloseTo(column, Offset.offset(2));
  }

  @Test
  @DisplayName("a saved probe from an address of one family to one of the other is refused")
  void probeAcrossFamilies() {
    Session session = new Session(Editor.fresh(3));
    session.apply(new Edit.SaveProbe(new SavedProbe("across", new Probe(ROOT, IpAddress.of("10.0.0.2"),
        Optional.of(IpAddress.of("10.0.0.1")), Optional.empty(), Probe.Ping.ONCE), true)));
    String text = LabCodec.encode(session.state());
    assertThat(malformed(text.replace("10.0.0.1", "fd00::1")).reason())
        .isEqualTo("an address of the family of 10.0.0.2 is expected");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "`\"peer\": \"@host:w\"`|`\"peer\": \"@host:q\"`|there is no device \"q\" in @host",
      "`\"peer\": \"@host:w\"`|`\"peer\": \"@host:x\"`|the other end of \"w\" does not lead back to it",
      "`\"name\": \"v\"`|`\"name\": \"w\"`|there are two devices \"w\" in this namespace",
      "`\"name\": \"v\"`|`\"name\": \"a/b\"`|Error: argument \"a/b\" is wrong: \"name\" not a valid ifname",
      "`\"kind\": \"veth\"`|`\"kind\": \"token\"`|\"token\" is not one of loopback, nic, veth, bridge, ",
      "`\"bridge\": \"br0\"`|`\"bridge\": \"lo\"`|\"x\" cannot be a port of what it names as its bridge",
      "`\"address\": \"127.0.0.1/8\"`|`\"address\": \"127.0.0.1/99\"`|\"127.0.0.1/99\" is not an address such as",
      "`\"scope\": \"host\"`|`\"scope\": \"home\"`|\"home\" is not one of global, site, link, host, nowhere",
      "`\"number\": 1,`|`\"number\": 2,`|there are two devices with the number 2"})
  void whatDoesNotFitTogetherIsRefused(String right, String wrong, String reason) {
    Session session = new Session(Editor.fresh(3));
    DeviceRef bridge = new DeviceRef(ROOT, "br0");
    session.apply(new Edit.AddVeth(NewLink.named(new DeviceRef(ROOT, "v")), NewLink.named(new DeviceRef(ROOT, "w"))));
    session.apply(new Edit.AddVeth(NewLink.named(new DeviceRef(ROOT, "x")), NewLink.named(new DeviceRef(ROOT, "y"))));
    session.apply(new Edit.AddBridge(NewLink.named(bridge), BridgeChange.NONE));
    session.apply(new Edit.SetLink(new DeviceRef(ROOT, "x"), LinkChange.master("br0")));
    String text = LabCodec.encode(session.state());
    assertThat(text).contains(right);
    assertThat(malformed(text.replaceFirst(Pattern.quote(right), wrong)).reason()).startsWith(reason);
  }

  @Test
  void whatIsShortStandsOnALineOfItsOwn() {
    Session session = new Session(Editor.fresh(3));
    session.apply(new Edit.AddNetns(new NetnsId("host", "a")));
    String text = LabCodec.encode(session.state());
    assertThat(text).contains("\n            {\"to\": \"127.0.0.1/32\", \"type\": \"local\", ").endsWith("\n}\n");
    assertThat(text.lines()).allMatch(line -> line.strip().length() < 200);
  }

  /** As every lab was written until the end of November 2026. */
  @Test
  void aFileWithEachValueOnALineOfItsOwnIsReadAsWell() {
    LabState lab = walked(7);
    String text = new GsonBuilder().setPrettyPrinting().create().toJson(JsonParser.parseString(LabCodec.encode(lab)));
    assertThat(LabCodec.decode("\ufeff" + text)).isEqualTo(new Decoded.Ok(lab));
  }

  @Test
  void textsAreReadAsTheyWereWritten() {
    for (String name : List.of("plain", "quote \" and \\ backslash", "tab\tline\n", "\u0001\u2028", "Zürich 🙂", "")) {
      LabState lab = Editor.fresh(3);
      Host host = lab.firstHost();
      LabState with = lab.withHosts(lab.hosts().plus(host.name(), host.withFiles(TreePMap.singleton(name, name))));
      assertThat(LabCodec.decode(LabCodec.encode(with))).isEqualTo(new Decoded.Ok(with));
    }
  }

  @Test
  void nothingIsReadThatIsTooLongOrTooDeep() {
    assertThat(malformed(" ".repeat(LabCodec.LONGEST + 1)).reason()).contains("at most");
    assertThat(malformed("[".repeat(100_000)).reason()).contains("nested");
  }

  @Test
  void theSchemaNamesEveryFieldThatIsWritten() throws IOException {
    String schema;
    try (var in = LabCodec.class.getResourceAsStream("hop.schema.json")) {
      schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (long seed : seeds().toArray()) {
      Pattern.compile("\"[a-zA-Z_]+\"(?=: )").matcher(LabCodec.encode(walked(seed))).results()
          .map(MatchResult::group).distinct()
          .forEach(field -> assertThat(field.equals("\"local\"") || field.equals("\"main\"")
              || schema.contains(field)).as(field).isTrue());
    }
  }

  @Test
  void theSameLabByAnotherWayHasTheSameCanonicalForm() {
    LabState straight = made(1, "v", "w", false);
    LabState roundabout = made(2, "x", "w", true);
    assertThat(LabCodec.encode(straight)).isNotEqualTo(LabCodec.encode(roundabout));
    assertThat(LabCodec.canonical(straight)).isEqualTo(LabCodec.canonical(roundabout));
  }

  private static LabState made(long seed, String first, String second, boolean roundabout) {
    Session session = new Session(Editor.fresh(seed));
    NetnsId a = new NetnsId("host", "a");
    NetnsId b = new NetnsId("host", "b");
    session.apply(new Edit.AddNetns(roundabout ? b : a));
    session.apply(new Edit.AddNetns(roundabout ? a : b));
    if (roundabout) {
      session.apply(new Edit.AddBridge(NewLink.named(new DeviceRef(ROOT, "br0")), BridgeChange.NONE));
      session.apply(new Edit.DeleteLink(new DeviceRef(ROOT, "br0")));
      session.apply(new Edit.Sleep(99));
    }
    session.apply(new Edit.AddVeth(NewLink.named(new DeviceRef(ROOT, first)),
        NewLink.named(new DeviceRef(ROOT, second))));
    session.apply(new Edit.SetLink(new DeviceRef(ROOT, first), LinkChange.netns(a)));
    session.apply(new Edit.SetLink(new DeviceRef(a, first), LinkChange.name("eth0")));
    session.apply(new Edit.SetLink(new DeviceRef(ROOT, second), LinkChange.netns(b)));
    return session.state();
  }

  @Test
  void aChosenMacMakesAnotherLab() {
    Session session = new Session(made(1, "v", "w", false));
    String before = LabCodec.canonical(session.state());
    session.apply(new Edit.SetLink(new DeviceRef(new NetnsId("host", "b"), "w"), new LinkChange(Optional.empty(),
        Optional.empty(), Optional.of(MacAddress.of("02:00:00:00:00:09")), Optional.empty(), Optional.empty(),
        Optional.empty())));
    assertThat(LabCodec.canonical(session.state())).isNotEqualTo(before);
  }
}
