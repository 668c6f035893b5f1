package org.hopscope.lessons.figure;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a figure. It is an SVG of {@code rect}, {@code line}, {@code circle}, {@code path} and {@code text}, with {@code
 * g} around them, each with one {@code class} that names a {@link Look}. {@code at} and {@code asks} say at which {@link
 * Moment} a shape is lit. Anything else is refused with its line: there are no colours, no styles, no scripts, no links in
 * it.
 */
public final class FigureReader {
  private static final Map<String, Set<String>> ATTRIBUTES = Map.of(
      "svg", Set.of("viewBox"), "g", Set.of(), "title", Set.of(), "rect", Set.of("x", "y", "width", "height", "rx"),
      "line", Set.of("x1", "y1", "x2", "y2"), "circle", Set.of("cx", "cy", "r"), "path", Set.of("d"),
      "text", Set.of("x", "y", "text-anchor"));
  /** What every shape may say: how it looks, and when it is lit. */
  private static final Set<String> OF_SHAPES = Set.of("class", "at", "asks");
  private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();

  static {
    FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  private final XMLStreamReader xml;
  private final List<Figure.Part> parts = new ArrayList<>();

  private FigureReader(XMLStreamReader xml) {
    this.xml = xml;
  }

  /** Reads a whole file. */
  public static Figure.Read read(String svg) {
    try {
      return new Figure.Read.Ok(new FigureReader(FACTORY.createXMLStreamReader(new StringReader(svg))).figure());
    } catch (Refused refused) {
      return new Figure.Read.Malformed(refused.line, refused.getMessage());
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
      return new Figure.Read.Malformed(line, "this is no XML");
    }
  }

  /** Something that figures do not use. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final int line;

    Refused(int line, String reason) {
      super(reason);
      this.line = line;
    }
  }

  private Figure figure() throws XMLStreamException, Refused {
    double[] size = {};
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw refused("a document type, or an entity");
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        String name = xml.getLocalName();
        known(name);
        if (name.equals("svg")) {
          size = viewBox();
        } else if (name.equals("title")) {
          xml.getElementText();
        } else if (!name.equals("g")) {
          Optional<Moment> moment = moment();
          parts.add(new Figure.Part(shape(name), moment));
        }
      }
    }
    if (size.length == 0) {
      throw refused("no svg element with a viewBox");
    }
    return new Figure(size[2], size[3], parts);
  }

  private void known(String name) throws Refused {
    Set<String> attributes = ATTRIBUTES.get(name);
    if (attributes == null) {
      throw refused("a " + name + "; figures are made of rect, line, circle, path and text");
    }
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String attribute = xml.getAttributeLocalName(i);
      boolean shape = !attributes.isEmpty() && !name.equals("svg");
      if (!attributes.contains(attribute) && !(shape && OF_SHAPES.contains(attribute))) {
        throw refused("\"" + attribute + "\" of " + name);
      }
    }
  }

  private Optional<Moment> moment() throws Refused {
    String at = text("at");
    String asks = text("asks");
    return at.isEmpty() && asks.isEmpty()
        ? Optional.empty()
        : Optional.of(Moment.parse(at, asks).orElseThrow(() -> refused("at \"" + at + "\" asks \"" + asks + "\"")));
  }

  private double[] viewBox() throws Refused {
    String[] parts = text("viewBox").strip().split("\\s+");
    if (parts.length != 4 || !parts[0].equals("0") || !parts[1].equals("0")) {
      throw refused("a viewBox that is not 0 0 WIDTH HEIGHT");
    }
    return new double[] {0, 0, number(parts[2]), number(parts[3])};
  }

  private Figure.Shape shape(String name) throws Refused, XMLStreamException {
    Look look = Look.of(text("class")).orElseThrow(() -> refused("class \"" + text("class") + "\""));
    return switch (name) {
      case "rect" -> new Figure.Shape.Box(at("x"), at("y"), at("width"), at("height"), at("rx"), look);
      case "line" -> new Figure.Shape.Line(at("x1"), at("y1"), at("x2"), at("y2"), look);
      case "circle" -> new Figure.Shape.Circle(at("cx"), at("cy"), at("r"), look);
      case "path" -> new Figure.Shape.Path(path(), look);
      case "text" -> {
        double x = at("x");
        double y = at("y");
        Figure.Anchor anchor = anchor();
        yield new Figure.Shape.Words(x, y, anchor, xml.getElementText().strip(), look);
      }
      default -> throw refused("a " + name);
    };
  }

  private String path() throws Refused {
    String data = text("d");
    if (!data.matches("[MmLlHhVvCcSsQqAaZz0-9.,\\s-]+")) {
      throw refused("a path that is not one of SVG");
    }
    return data;
  }

  private Figure.Anchor anchor() throws Refused {
    String word = text("text-anchor");
    return word.isEmpty()
        ? Figure.Anchor.START
        : Optional.of(word).filter(w -> Set.of("start", "middle", "end").contains(w))
            .map(w -> Figure.Anchor.valueOf(w.toUpperCase(Locale.ROOT)))
            .orElseThrow(() -> refused("text-anchor \"" + word + "\""));
  }

  /** A number; 0 for an attribute that is not there. */
  private double at(String attribute) throws Refused {
    String text = text(attribute);
    return text.isEmpty() ? 0 : number(text);
  }

  private double number(String text) throws Refused {
    if (!text.matches("-?\\d{1,5}(\\.\\d{1,4})?")) {
      throw refused("\"" + text + "\" where a number is needed");
    }
    return Double.parseDouble(text);
  }

  private String text(String attribute) {
    return Optional.ofNullable(xml.getAttributeValue(null, attribute)).orElse("");
  }

  private Refused refused(String what) {
    return new Refused(xml.getLocation().getLineNumber(), what + " is not used in figures");
  }
}
