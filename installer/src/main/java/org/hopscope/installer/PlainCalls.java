package org.hopscope.installer;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rewrites the call sites that an ahead-of-time cache of JDK 25 cannot hold into plain code: pattern switches
 * ({@code SwitchBootstraps.typeSwitch}) and the {@code equals} and {@code hashCode} of records ({@code ObjectMethods}).
 * Each of them would be linked anew at every start, by writing a class. What the program does stays the same.
 */
final class PlainCalls {
  private static final int OWN = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

  private final ClassFile classFile;

  /** A rewriter that finds the classes which these refer to by a loader. */
  PlainCalls(ClassLoader classes) {
    classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)
        .orElse(ClassHierarchyResolver.defaultResolver()).cached()));
  }

  /** A class with its call sites made plain; the same bytes where it has none. */
  byte[] rewrite(byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    var added = new ArrayList<Added>();
    byte[] changed = classFile.transformClass(model, (builder, element) -> method(model, builder, element, added));
    if (added.isEmpty()) {
      return bytes;
    }
    return classFile.transformClass(classFile.parse(changed), new ClassTransform() {
      @Override
      public void accept(ClassBuilder builder, ClassElement element) {
        builder.with(element);
      }

      @Override
      public void atEnd(ClassBuilder builder) {
        added.forEach(a -> builder.withMethodBody(a.name(), a.type(), OWN, a.site()::write));
      }
    });
  }

  /** A method that does what a call site did. */
  private record Added(String name, MethodTypeDesc type, Site site) {
  }

  private static void method(ClassModel owner, ClassBuilder builder, ClassElement element, List<Added> added) {
    if (element instanceof MethodModel method && method.code().isPresent()) {
      builder.transformMethod(method, MethodTransform.transformingCode(
          (code, instruction) -> instruction(owner, code, instruction, added)));
    } else {
      builder.with(element);
    }
  }

  private static void instruction(ClassModel owner, CodeBuilder code, CodeElement instruction, List<Added> added) {
    Optional<Site> site = instruction instanceof InvokeDynamicInstruction call ? Site.of(call) : Optional.empty();
    if (site.isEmpty()) {
      code.with(instruction);
      return;
    }
    MethodTypeDesc type = ((InvokeDynamicInstruction) instruction).typeSymbol();
    Added plain = new Added("plain$" + added.size(), type, site.get());
    added.add(plain);
    code.invokestatic(owner.thisClass().asSymbol(), plain.name(), type, owner.flags().has(AccessFlag.INTERFACE));
  }

  static boolean isBootstrap(InvokeDynamicInstruction call, String owner, String name) {
    DirectMethodHandleDesc method = call.bootstrapMethod();
    return method.methodName().equals(name)
        && method.owner().descriptorString().equals("Ljava/lang/runtime/" + owner + ";");
  }
}
