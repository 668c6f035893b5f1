/** The lower part of the window: time line, terminal, and the lists of commands, events and problems. */
package org.hopscope.app.desktop.dock;
