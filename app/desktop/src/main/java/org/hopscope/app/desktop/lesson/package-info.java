/** The lesson pane, and the desk on which a lesson lies while the learner works. */
package org.hopscope.app.desktop.lesson;
