/** The terminal pane: a transcript cut into rows, a screen that shows those in sight, and the line being typed. */
package org.hopscope.app.desktop.terminal;
