package org.hopscope.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** The walls between the rooms of the house, each a rule over compiled classes. */
enum Walls {
  /** What has no window can run anywhere: on a server, in a test, in a build. */
  NO_TOOLKIT_BELOW_THE_WINDOW(noClasses().that()
      .resideInAnyPackage("org.hopscope.model..", "org.hopscope.lessons..", "org.hopscope.assets..",
          "org.hopscope.app.cli..")
      .should().dependOnClassesThat()
      .resideInAnyPackage("javafx..", "com.sun.javafx..", "java.awt..", "javax.swing..")),

  THE_MODEL_STANDS_ALONE(noClasses().that().resideInAPackage("org.hopscope.model..")
      .should().dependOnClassesThat(are("outside the model", "org.hopscope..", "org.hopscope.model.."))),

  LESSONS_USE_ONLY_THE_MODEL(noClasses().that().resideInAPackage("org.hopscope.lessons..")
      .should().dependOnClassesThat(
          are("above the lessons", "org.hopscope..", "org.hopscope.model..", "org.hopscope.lessons.."))),

  ASSETS_USE_NOTHING(noClasses().that().resideInAPackage("org.hopscope.assets..")
      .should().dependOnClassesThat(are("outside the assets", "org.hopscope..", "org.hopscope.assets.."))),

  THE_TWO_PROGRAMS_ARE_STRANGERS(slices().matching("org.hopscope.app.(*)..").should().notDependOnEachOther()),

  PACKAGES_HAVE_NO_CYCLES(slices().matching("org.hopscope.(**)").should().beFreeOfCycles()),

  /** Time is an argument and chance comes from the lab's seed: the same input gives the same trace on every machine. */
  THE_MODEL_KNOWS_NO_CLOCK_THREAD_OR_CHANCE(
      noClasses().that().resideInAPackage("org.hopscope.model..").should(reachOutside())),

  THE_MODEL_USES_NO_CONCURRENCY(noClasses().that().resideInAPackage("org.hopscope.model..")
      .should().dependOnClassesThat().resideInAPackage("java.util.concurrent..")),

  THE_MODEL_LOCKS_NOTHING(noMethods().that().areDeclaredInClassesThat().resideInAPackage("org.hopscope.model..")
      .should().haveModifier(JavaModifier.SYNCHRONIZED)),

  THE_MODEL_PRINTS_NOTHING(noClasses().that().resideInAPackage("org.hopscope.model..")
      .should().accessField(System.class, "out").orShould().accessField(System.class, "err")),

  /** Digits and letters are the same for everybody: what is formatted says {@code Locale.ROOT}. */
  THE_MODEL_SPEAKS_NO_LOCALE(noClasses().that()
      .resideInAnyPackage("org.hopscope.model..", "org.hopscope.lessons..", "org.hopscope.app.cli..")
      .should().callMethod(String.class, "format", String.class, Object[].class)
      .orShould().callMethod(String.class, "formatted", Object[].class)
      .orShould().callMethod(java.io.PrintStream.class, "printf", String.class, Object[].class)),

  JSON_ONLY_IN_CODECS(noClasses().that().resideInAPackage("org.hopscope..").and().resideOutsideOfPackage("..codec..")
      .should().dependOnClassesThat().resideInAPackage("com.google.gson..")),

  /** Manifests are read in one place: what YAML and the official models look like is nobody else's business. */
  MANIFESTS_ONLY_IN_THEIR_CODEC(noClasses().that().resideInAPackage("org.hopscope..").and()
      .resideOutsideOfPackage("org.hopscope.model.kube.codec..")
      .should().dependOnClassesThat().resideInAnyPackage("io.kubernetes..", "org.snakeyaml..")),

  /** A graph is fed with ids and thrown away: it is no part of a state. */
  NO_GRAPH_IS_KEPT(noFields().that().areDeclaredInClassesThat().resideInAPackage("org.hopscope..")
      .should().haveRawType(resideInAnyPackage("org.jgrapht.."))),

  NO_GRAPH_IN_A_SIGNATURE(noMethods().that().areDeclaredInClassesThat().resideInAPackage("org.hopscope..")
      .and().areNotPrivate().should(mention("org.jgrapht.."))),

  /** What may be absent is an Optional or an empty collection. */
  NO_NULL_IN_A_SIGNATURE(noMethods().that().areDeclaredInClassesThat().resideInAPackage("org.hopscope..")
      .should()
      .beAnnotatedWith(describe("a null annotation", type -> type.getRawType().getSimpleName().startsWith("Null"))));

  final ArchRule rule;

  Walls(ArchRule rule) {
    this.rule = rule.allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> are(String words, String in, String... except) {
    return resideInAnyPackage(in).and(not(resideInAnyPackage(except))).as(words);
  }

  private static ArchCondition<JavaClass> reachOutside() {
    return new ArchCondition<>("ask the clock, start a thread or roll a die") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
          boolean reaches = access.getTarget() instanceof CodeUnitAccessTarget target && outside(target);
          events.add(new SimpleConditionEvent(type, reaches, access.getDescription()));
        }
      }
    };
  }

  private static final Set<String> CLOCKS = Set.of("System.currentTimeMillis", "System.nanoTime", "Clock.systemUTC",
      "Clock.systemDefaultZone", "Clock.system", "Math.random", "StrictMath.random", "UUID.randomUUID");
  private static final Set<String> WHO_AM_I = Set.of("currentThread", "getName", "threadId");

  private static boolean outside(CodeUnitAccessTarget target) {
    JavaClass owner = target.getOwner();
    String name = target.getName();
    boolean unseeded = owner.isAssignableTo(java.util.Random.class) && name.equals("<init>")
        && target.getRawParameterTypes().isEmpty();
    boolean clock = CLOCKS.contains(owner.getSimpleName() + "." + name)
        || owner.getPackageName().equals("java.time") && name.equals("now");
    boolean thread = owner.isAssignableTo(Thread.class) && !WHO_AM_I.contains(name);
    return unseeded || clock || thread || owner.isAssignableTo(java.security.SecureRandom.class);
  }

  private static ArchCondition<JavaMethod> mention(String packages) {
    var foreign = resideInAnyPackage(packages);
    return new ArchCondition<>("mention " + packages) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean found = foreign.test(method.getRawReturnType())
            || method.getRawParameterTypes().stream().anyMatch(foreign::test);
        events.add(new SimpleConditionEvent(method, found, method.getDescription()));
      }
    };
  }
}
