package org.hopscope.model.shell;

/** A program that can be run by its name: it reads its words and says what they ask for. */
interface Program {
  Command read(Prompt prompt, Args args) throws Stop;
}
