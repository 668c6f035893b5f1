/** Commands as people type them: words to edits and questions, and answers in the shapes of the real tools. */
package org.hopscope.model.shell;
