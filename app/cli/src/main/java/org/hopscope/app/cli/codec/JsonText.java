package org.hopscope.app.cli.codec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonSerializer;
import org.hopscope.app.cli.facts.ScriptRun.Absent;

/** Writes documents as JSON. */
public final class JsonText {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().serializeNulls()
      .registerTypeAdapter(Absent.class, (JsonSerializer<Absent>) (_, _, _) -> JsonNull.INSTANCE).create();

  private JsonText() {
  }

  /** A document on one line, without a line's end. */
  public static String oneLine(Object document) {
    return GSON.toJson(document);
  }
}
