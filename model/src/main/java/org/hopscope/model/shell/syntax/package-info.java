/**
 * The product's shell language as text and as a tree: a subset of the POSIX shell (IEEE 1003.1, Shell Command Language,
 * 2.3 to 2.10) that namespace tutorials use. Oracle scripts have no shell: see {@code shell.Words}.
 */
package org.hopscope.model.shell.syntax;
