package org.hopscope.installer;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;

/** A call site that can be written as plain code, and that code: the arguments of the site are its parameters. */
sealed interface Site {
  ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

  /** The site of a call, if it is one of these. */
  static Optional<Site> of(InvokeDynamicInstruction call) {
    List<ConstantDesc> arguments = call.bootstrapArgs();
    if (PlainCalls.isBootstrap(call, "SwitchBootstraps", "typeSwitch")
        && arguments.stream().allMatch(label -> label instanceof ClassDesc c && !c.isPrimitive())) {
      return Optional.of(new TypeSwitch(arguments.stream().map(ClassDesc.class::cast).toList()));
    }
    if (PlainCalls.isBootstrap(call, "ObjectMethods", "bootstrap")) {
      List<DirectMethodHandleDesc> fields =
          arguments.stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
      return switch (call.name().stringValue()) {
        case "equals" -> Optional.of(new RecordEquals((ClassDesc) arguments.getFirst(), fields));
        case "hashCode" -> Optional.of(new RecordHashCode(fields));
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  /** Writes the code of a static method that takes the site's arguments. */
  void write(CodeBuilder code);

  /**
   * Which of several classes an object is of, from a label on: {@code int (Object target, int restart)}.
   *
   * @param labels the classes in order; -1 stands for null, and their number for none
   */
  record TypeSwitch(List<ClassDesc> labels) implements Site {
    @Override
    public void write(CodeBuilder code) {
      Label some = code.newLabel();
      code.aload(0).ifnonnull(some).iconst_m1().ireturn().labelBinding(some);
      for (int i = 0; i < labels.size(); i++) {
        Label next = code.newLabel();
        code.iload(1).loadConstant(i).if_icmpgt(next).aload(0).instanceOf(labels.get(i)).ifeq(next).loadConstant(i)
            .ireturn().labelBinding(next);
      }
      code.loadConstant(labels.size()).ireturn();
    }
  }

  /** {@code boolean (R one, Object other)}: of the same class, and all components the same. */
  record RecordEquals(ClassDesc owner, List<DirectMethodHandleDesc> fields) implements Site {
    @Override
    public void write(CodeBuilder code) {
      Label differs = code.newLabel();
      Label compare = code.newLabel();
      code.aload(0).aload(1).if_acmpne(compare).iconst_1().ireturn().labelBinding(compare);
      code.aload(1).instanceOf(owner).ifeq(differs);
      for (DirectMethodHandleDesc field : fields) {
        ClassDesc type = field.invocationType().returnType();
        code.aload(0).getfield(owner, field.methodName(), type);
        code.aload(1).checkcast(owner).getfield(owner, field.methodName(), type);
        unequal(code, type, differs);
      }
      code.iconst_1().ireturn().labelBinding(differs).iconst_0().ireturn();
    }

    private static void unequal(CodeBuilder code, ClassDesc type, Label differs) {
      switch (TypeKind.from(type)) {
        case REFERENCE -> code.invokestatic(OBJECTS, "equals",
            MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object))
            .ifeq(differs);
        case LONG -> code.lcmp().ifne(differs);
        case DOUBLE, FLOAT -> code.invokestatic(boxed(type), "compare",
            MethodTypeDesc.of(ConstantDescs.CD_int, type, type)).ifne(differs);
        case BOOLEAN, BYTE, CHAR, SHORT, INT -> code.if_icmpne(differs);
        case VOID -> throw new IllegalArgumentException("a component without a type");
      }
    }
  }

  /** {@code int (R one)}: as the JDK reckons it, 31 times what there is plus the component's. */
  record RecordHashCode(List<DirectMethodHandleDesc> fields) implements Site {
    @Override
    public void write(CodeBuilder code) {
      code.iconst_0();
      for (DirectMethodHandleDesc field : fields) {
        ClassDesc type = field.invocationType().returnType();
        code.bipush(31).imul().aload(0).getfield(field.owner(), field.methodName(), type);
        if (type.isPrimitive()) {
          code.invokestatic(boxed(type), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, type));
        } else {
          code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object));
        }
        code.iadd();
      }
      code.ireturn();
    }
  }

  private static ClassDesc boxed(ClassDesc primitive) {
    return switch (TypeKind.from(primitive)) {
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case BYTE -> ConstantDescs.CD_Byte;
      case CHAR -> ConstantDescs.CD_Character;
      case SHORT -> ConstantDescs.CD_Short;
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case FLOAT -> ConstantDescs.CD_Float;
      case DOUBLE -> ConstantDescs.CD_Double;
      case REFERENCE, VOID -> throw new IllegalArgumentException("no primitive: " + primitive);
    };
  }
}
