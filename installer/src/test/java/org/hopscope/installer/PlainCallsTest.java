package org.hopscope.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CompoundElement;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Classes do after the rewriting what they did before, and link nothing when they do. */
class PlainCallsTest {
  sealed interface Shape {
    record Circle(double radius) implements Shape {
    }

    record Box(long width, int height, String name, boolean thick) implements Shape {
    }

    record Nothing() implements Shape {
    }

    /** In an interface, where a helper has to be called otherwise. */
    default String word() {
      return switch (this) {
        case Circle c when c.radius() > 10 -> "large circle";
        case Circle(double radius) -> "circle " + radius;
        case Box box when box.thick() -> "thick box";
        case Box _ -> "box";
        case Nothing() -> "nothing";
      };
    }
  }

  /** Asked by name, through another class loader. */
  public static final class Asked {
    private static final List<Shape> SHAPES =
        List.of(new Shape.Circle(11), new Shape.Circle(2.5), new Shape.Box(1, 2, "a", true),
            new Shape.Box(1, 2, "a", false), new Shape.Nothing());

    private Asked() {}

    public static String words() {
      return SHAPES.stream().map(Shape::word).toList().toString();
    }

    public static String equalities() {
      List<Shape> again = List.of(new Shape.Circle(11), new Shape.Circle(-2.5), new Shape.Box(1, 2, "b", true),
          new Shape.Box(1, 2, "a", false), new Shape.Nothing());
      List<Boolean> said = SHAPES.stream().flatMap(s -> again.stream().map(s::equals)).toList();
      return said + " " + SHAPES.stream().anyMatch(s -> s.equals("a string"));
    }

    public static String hashes() {
      return SHAPES.stream().map(Shape::hashCode).toList().toString();
    }

    public static String ofNull() {
      Shape none = List.of(SHAPES.getFirst()).contains(SHAPES.getLast()) ? SHAPES.getFirst() : null;
      return switch (none) {
        case Shape.Circle _ -> "circle";
        case Shape.Box _ -> "box";
        case Shape.Nothing _ -> "nothing";
      };
    }
  }

  /** Defines this test's classes anew, rewritten. */
  private static final class Rewriting extends ClassLoader {
    private final PlainCalls calls = new PlainCalls(PlainCallsTest.class.getClassLoader());
    private final Map<String, byte[]> written = new HashMap<>();

    Rewriting() {
      super(PlainCallsTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PlainCallsTest.class.getName() + "$") || name.equals(Rewriting.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = calls.rewrite(in.readAllBytes());
        written.put(name, bytes);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static String ask(ClassLoader loader, String question) throws ReflectiveOperationException {
    return (String) loader.loadClass(Asked.class.getName()).getMethod(question).invoke(null);
  }

  @Test
  void saysTheSameAsBefore() throws ReflectiveOperationException {
    var rewritten = new Rewriting();
    assertThat(ask(rewritten, "words")).isEqualTo(Asked.words());
    assertThat(ask(rewritten, "equalities")).isEqualTo(Asked.equalities());
    assertThat(ask(rewritten, "hashes")).isEqualTo(Asked.hashes());
  }

  @Test
  void refusesNullAsBefore() {
    assertThatThrownBy(() -> ask(new Rewriting(), "ofNull")).isInstanceOf(InvocationTargetException.class)
        .hasCauseInstanceOf(NullPointerException.class);
  }

  @Test
  void leavesNoCallSiteThatACacheCannotHold() throws ReflectiveOperationException, IOException {
    var rewritten = new Rewriting();
    ask(rewritten, "words");
    String shape = Shape.class.getName();
    try (InputStream before = Shape.class.getResourceAsStream("/" + shape.replace('.', '/') + ".class")) {
      assertThat(bootstraps(before.readAllBytes())).contains("typeSwitch");
    }
    assertThat(bootstraps(rewritten.written.get(shape))).doesNotContain("typeSwitch");
    assertThat(bootstraps(rewritten.written.get(Shape.Box.class.getName()))).containsOnly("bootstrap toString");
  }

  private static List<String> bootstraps(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream().flatMap(m -> m.code().stream())
        .flatMap(CompoundElement::elementStream).filter(InvokeDynamicInstruction.class::isInstance)
        .map(InvokeDynamicInstruction.class::cast).map(call -> call.bootstrapMethod().methodName()
            + (call.bootstrapMethod().methodName().equals("bootstrap") ? " " + call.name() : ""))
        .toList();
  }
}
