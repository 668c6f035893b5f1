/** What a learner sends, and what the program that sent it sees come back. Values only; {@code sim} decides. */
package org.hopscope.model.probe;
