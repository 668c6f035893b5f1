package org.hopscope.lessons.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.model.codec.Fields;
import org.hopscope.model.codec.Json;
import org.hopscope.model.codec.MalformedException;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.lab.Session;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;

/**
 * Reads how a lesson begins: a script run on a fresh lab, every command of which must succeed, or a lab as a {@code .hop}
 * file; the files that lie ready for its commands, such as manifests; where things stand on the canvas; and the probe that lies ready.
 */
final class StartReader {
  /** Every lesson starts from the same seed, so that its hardware addresses are the same on every machine. */
  private static final long SEED = 1;
  /** Where commands look for a file whose name says no folder. */
  private static final String HOME = "/root/";
  private final ScriptReader scripts;
  private final LabReader labs;
  private final TextReader texts;

  StartReader(TextReader texts, ScriptReader scripts, LabReader labs) {
    this.texts = texts;
    this.scripts = scripts;
    this.labs = labs;
  }

  /** Reads a file by its name, which a value holds. */
  interface TextReader {
    String read(Json value) throws MalformedException;
  }

  /** Reads the script that a field names. */
  interface ScriptReader {
    Script read(Fields fields, String name) throws MalformedException;
  }

  /** Reads the lab that a field names. */
  interface LabReader {
    LabState read(Fields fields, String name) throws MalformedException;
  }

  /** The lab, arranged, and the probe that lies ready in it. */
  record Start(LabState lab, Optional<SavedProbe> queued) {
  }

  Start read(Fields fields) throws MalformedException {
    if (fields.has("lab") && fields.has("script")) {
      throw fields.malformed("script", "a start is a script or a lab, not both");
    }
    if (fields.has("lab") && fields.has("files")) {
      throw fields.malformed("files", "a lab has its files in it already");
    }
    LabState lab = fields.has("lab") ? labs.read(fields, "lab") : built(fields);
    Notes notes = lab.notes();
    for (Map.Entry<String, Json> entry : fields.map("layout").entrySet()) {
      Json at = entry.getValue();
      ItemKey key = ThingName.parse(entry.getKey()).flatMap(t -> t.key(lab)).orElseThrow(() -> new MalformedException(
          at.place(), "the start has no \"" + entry.getKey() + "\" to be placed"));
      notes = notes.withPlaces(notes.places().plus(key, place(at)));
    }
    Optional<SavedProbe> queued = fields.optional("queued", v -> Fields.object(v, f -> queued(f, lab)));
    if (queued.isPresent()) {
      notes = notes.withProbes(notes.probes().plus(queued.get().name(), queued.get()));
    }
    return new Start(lab.withNotes(notes), queued);
  }

  private LabState built(Fields fields) throws MalformedException {
    Rehearsal built = Rehearsal.of(withFiles(fields), Attempt.NONE, scripts.read(fields, "script"));
    if (!built.refused().isEmpty()) {
      Rehearsal.Refused first = built.refused().getFirst();
      throw new FileException(fields.text("script"), first.number(), first.command() + ": " + first.said());
    }
    return built.lab();
  }

  /** A fresh lab whose first host has the files in its home folder. */
  private LabState withFiles(Fields fields) throws MalformedException {
    Session session = new Session(Editor.fresh(SEED));
    String host = session.state().firstHost().name();
    for (Json value : fields.has("files") ? Parts.values(fields, "files", v -> v) : List.<Json>of()) {
      session.apply(new Edit.WriteFile(host, HOME + Fields.text(value), texts.read(value).lines().toList(), false));
    }
    return session.state();
  }

  private static Notes.Place place(Json value) throws MalformedException {
    List<Long> at = Parts.each(value, n -> Fields.whole(n, -100_000, 100_000));
    if (at.size() != 2) {
      throw new MalformedException(value.place(), "a place on the canvas is two numbers, across and down");
    }
    return new Notes.Place(at.getFirst(), at.getLast());
  }

  private static SavedProbe queued(Fields fields, LabState lab) throws MalformedException {
    ProbeSpec spec = fields.parsed("probe", "a probe", ProbeSpec::parse);
    List<Probe> probes = spec.probes(lab);
    if (probes.isEmpty()) {
      throw fields.malformed("probe", "\"" + spec + "\" cannot be sent in the start");
    }
    return new SavedProbe(Parts.text(fields, "name"), probes.getFirst(), fields.flag("expect"));
  }
}
