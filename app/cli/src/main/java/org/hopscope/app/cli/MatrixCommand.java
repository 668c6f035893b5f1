package org.hopscope.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hopscope.app.cli.codec.JsonText;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.reach.Matrix;
import org.hopscope.model.reach.Place;
import org.hopscope.model.shell.Places;

/** {@code matrix LAB|SCRIPT [--json]}: who reaches whom; 0 when everybody reaches everybody, 1 when not. */
final class MatrixCommand {
  private MatrixCommand() {
  }

  static int run(Options options, Terminal terminal) throws BadInputException {
    options.allowOnly(Set.of("--json"), Set.of());
    if (options.words().size() != 1) {
      throw new BadInputException(Messages.of("matrix.one-file"));
    }
    Matrix matrix = Matrix.of(TraceCommand.lab(InputFiles.path(options.words().getFirst())));
    terminal.say(options.has("--json") ? List.of(JsonText.oneLine(json(matrix))) : text(matrix));
    return matrix.count() == matrix.places().size() * matrix.places().size() ? 0 : 1;
  }

  private static List<String> text(Matrix matrix) {
    List<String> lines = new ArrayList<>();
    for (int column = 0; column < matrix.places().size(); column++) {
      Place place = matrix.places().get(column);
      lines.add(String.format(Locale.ROOT, "%3d  %s (%s)", column + 1, name(matrix.lab(), place), place.address()));
    }
    lines.add("");
    for (int row = 0; row < matrix.places().size(); row++) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%3d ", row + 1));
      for (int column = 0; column < matrix.places().size(); column++) {
        line.append(' ').append(matrix.reaches(new Matrix.Cell(row, column)) ? '+' : '-');
      }
      lines.add(line.toString());
    }
    lines.add("");
    lines.add(Messages.of("matrix.count", matrix.count(), matrix.places().size() * matrix.places().size()));
    return lines;
  }

  private static String name(LabState lab, Place place) {
    return Places.name(lab, place.netns());
  }

  private static Map<String, Object> json(Matrix matrix) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("schema", "hopscope-matrix/1");
    map.put("places", matrix.places().stream().map(p -> {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("netns", name(matrix.lab(), p));
      one.put("address", p.address().toString());
      return one;
    }).toList());
    List<List<Boolean>> rows = new ArrayList<>();
    for (int row = 0; row < matrix.places().size(); row++) {
      List<Boolean> cells = new ArrayList<>();
      for (int column = 0; column < matrix.places().size(); column++) {
        cells.add(matrix.reaches(new Matrix.Cell(row, column)));
      }
      rows.add(cells);
    }
    map.put("reaches", rows);
    return map;
  }
}
