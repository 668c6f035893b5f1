import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts how much of what a kernel did the model does too, and writes it down for the window's status bar. The build runs
 * it; KernelTruthsTest holds the model to every line that is not in later.tsv, so what is counted here is what holds.
 *
 * <pre>java -cp GSON Figure.java FOLDER_OF_THE_ORACLE PROPERTIES_FILE</pre>
 */
final class Figure {
  private Figure() {
  }

  public static void main(String[] args) throws IOException {
    Path out = Path.of(args[1]);
    Files.createDirectories(out.toAbsolutePath().getParent());
    Files.writeString(out, of(Path.of(args[0])).entrySet().stream().map(e -> e.getKey() + "=" + e.getValue() + "\n")
        .collect(Collectors.joining()));
  }

  private static SortedMap<String, String> of(Path oracle) throws IOException {
    List<String[]> later;
    try (Stream<String> lines = Files.lines(oracle.resolve("later.tsv"))) {
      later = lines.filter(l -> !l.startsWith("#") && !l.isBlank()).map(l -> l.split("\t")).toList();
    }
    SortedSet<String> releases = new TreeSet<>();
    int cases = 0;
    int lines = 0;
    try (Stream<Path> truths = Files.list(oracle.resolve("truth"))) {
      for (Path truth : truths.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        JsonElement document = JsonParser.parseString(Files.readString(truth));
        JsonObject object = document.getAsJsonObject();
        releases.add(object.getAsJsonObject("engine").get("release").getAsString());
        lines += object.getAsJsonArray("results").size();
        cases++;
      }
    }
    SortedMap<String, String> figure = new TreeMap<>();
    figure.put("releases", String.join(" ", releases));
    figure.put("cases", Integer.toString(cases));
    figure.put("cases.agree", Long.toString(cases - later.stream().map(f -> f[0]).distinct().count()));
    figure.put("lines", Integer.toString(lines));
    figure.put("lines.agree", Integer.toString(lines - later.size()));
    return figure;
  }
}
