package org.hopscope.lessons.codec;

import java.util.List;
import java.util.Optional;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.check.ThingName;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Rehearsal;
import org.hopscope.lessons.lesson.Script;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.SavedProbe;

/**
 * Reads how a lesson begins: a script run on a fresh lab, every command of which must succeed; where things stand on the
 * canvas; and the probe that lies ready.
 */
final class StartReader {
  /** Every lesson starts from the same seed, so that its hardware addresses are the same on every machine. */
  private static final long SEED = 1;
  private final String file;
  private final ScriptReader scripts;

  StartReader(String file, ScriptReader scripts) {
    this.file = file;
    this.scripts = scripts;
  }

  /** Reads a script by its name; the line is where it was named. */
  interface ScriptReader {
    Script read(String file, int namedAt) throws MalformedException;
  }

  /** The lab, arranged, and the probe that lies ready in it. */
  record Start(LabState lab, Optional<SavedProbe> queued) {
  }

  Start read(Json value) throws MalformedException {
    Fields fields = Fields.of(file, value);
    String name = fields.text("script");
    Rehearsal built =
        Rehearsal.of(Editor.fresh(SEED), Attempt.NONE, scripts.read(name, fields.required("script").line()));
    if (!built.refused().isEmpty()) {
      Rehearsal.Refused first = built.refused().getFirst();
      throw new MalformedException(name, first.number(), first.command() + ": " + first.said());
    }
    LabState lab = built.lab();
    Notes notes = lab.notes();
    Fields layout = Fields.of(file, fields.required("layout"));
    for (String thing : layout.names()) {
      Json at = layout.required(thing);
      ItemKey key = ThingName.parse(thing).flatMap(t -> t.key(lab))
          .orElseThrow(() -> layout.malformed(at, "the start has no \"" + thing + "\" to be placed"));
      notes = notes.withPlaces(notes.places().plus(key, place(layout, at)));
    }
    Optional<SavedProbe> queued = fields.optional("queued", v -> queued(v, lab));
    fields.close();
    if (queued.isPresent()) {
      notes = notes.withProbes(notes.probes().plus(queued.get().name(), queued.get()));
    }
    return new Start(lab.withNotes(notes), queued);
  }

  private static Notes.Place place(Fields fields, Json value) throws MalformedException {
    List<Integer> at = fields.list(value, n -> fields.number(n, -100_000, 100_000));
    if (at.size() != 2) {
      throw fields.malformed("a place on the canvas is two numbers, across and down");
    }
    return new Notes.Place(at.getFirst(), at.getLast());
  }

  private SavedProbe queued(Json value, LabState lab) throws MalformedException {
    Fields fields = Fields.of(file, value);
    ProbeSpec spec = fields.parsed("probe", "a probe", ProbeSpec::parse);
    List<Probe> probes = spec.probes(lab);
    if (probes.isEmpty()) {
      throw fields.malformed("\"" + spec + "\" cannot be sent in the start");
    }
    SavedProbe saved = new SavedProbe(fields.text("name"), probes.getFirst(), fields.flag("expect"));
    fields.close();
    return saved;
  }
}
