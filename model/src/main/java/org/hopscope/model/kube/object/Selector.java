package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Which labels are asked for (Kubernetes LabelSelector): all of it has to hold, and an empty one holds for everything.
 *
 * @param labels labels with the values they must have
 * @param expressions what else is asked
 */
public record Selector(PSortedMap<String, String> labels, List<Expression> expressions) {
  /** Everything. */
  public static final Selector ALL = new Selector(TreePMap.empty(), List.of());

  public Selector {
    expressions = List.copyOf(expressions);
  }

  /** Exactly these labels, as a Service's selector says it. */
  public static Selector of(PSortedMap<String, String> labels) {
    return new Selector(labels, List.of());
  }

  /** What an expression asks of a label (LabelSelectorRequirement). */
  public enum Operator {
    IN("In"), NOT_IN("NotIn"), EXISTS("Exists"), DOES_NOT_EXIST("DoesNotExist");

    private final String word;

    Operator(String word) {
      this.word = word;
    }

    /** As manifests have it. */
    public String word() {
      return word;
    }

    /** The operator of a manifest. */
    public static Optional<Operator> of(String word) {
      return Stream.of(values()).filter(o -> o.word.equals(word)).findFirst();
    }
  }

  /**
   * One thing asked of a label.
   *
   * @param values for {@code In} and {@code NotIn}; empty for the others
   */
  public record Expression(String key, Operator operator, List<String> values) {
    public Expression {
      values = List.copyOf(values);
    }

    /** A label that is not there is in no set: {@code NotIn} holds then. */
    boolean holds(Map<String, String> labels) {
      Optional<String> value = Optional.ofNullable(labels.get(key));
      return switch (operator) {
        case IN -> value.filter(values::contains).isPresent();
        case NOT_IN -> value.filter(values::contains).isEmpty();
        case EXISTS -> value.isPresent();
        case DOES_NOT_EXIST -> value.isEmpty();
      };
    }

    @Override
    public String toString() {
      String set = " (" + String.join(",", values) + ")";
      return switch (operator) {
        case IN -> key + " in" + set;
        case NOT_IN -> key + " notin" + set;
        case EXISTS -> key;
        case DOES_NOT_EXIST -> "!" + key;
      };
    }
  }

  /** Whether it holds for something with these labels. */
  public boolean matches(Map<String, String> theirs) {
    return labels.entrySet().stream().allMatch(e -> e.getValue().equals(theirs.get(e.getKey())))
        && expressions.stream().allMatch(e -> e.holds(theirs));
  }

  /** As {@code kubectl} prints it; {@code <none>} for one that asks nothing. */
  @Override
  public String toString() {
    String text = Stream.concat(labels.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()),
        expressions.stream().map(Expression::toString)).collect(Collectors.joining(","));
    return text.isEmpty() ? "<none>" : text;
  }
}
