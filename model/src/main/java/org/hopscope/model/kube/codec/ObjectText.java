package org.hopscope.model.kube.codec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.hopscope.model.kube.object.KubeObject;

/** Objects as {@code kubectl get -o json} and {@code -o yaml} print them. */
public final class ObjectText {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ObjectText() {
  }

  /** One object as JSON. */
  public static List<String> json(KubeObject object) {
    return GSON.toJson(ObjectWriter.write(object)).lines().toList();
  }

  /** A list of objects as JSON. */
  public static List<String> json(List<KubeObject> objects) {
    return GSON.toJson(list(objects)).lines().toList();
  }

  /** One object as YAML. */
  public static List<String> yaml(KubeObject object) {
    return YamlText.of(ObjectWriter.write(object));
  }

  /** A list of objects as YAML. */
  public static List<String> yaml(List<KubeObject> objects) {
    return YamlText.of(list(objects));
  }

  private static JsonObject list(List<KubeObject> objects) {
    JsonObject list = new JsonObject();
    list.addProperty("apiVersion", "v1");
    JsonArray items = new JsonArray();
    objects.forEach(o -> items.add(ObjectWriter.write(o)));
    list.add("items", items);
    list.addProperty("kind", "List");
    return list;
  }
}
