/**
 * What a hand does on the canvas, as a state chart: one phase of a gesture is one value, and a press, a move or a release
 * leads to the next. No JavaFX here: a phase is driven by a window and by a test alike. A drag is worked out anew from
 * its start at every move; until it is let go nothing is changed, so leaving it leaves no trace.
 */
package org.hopscope.app.desktop.canvas.tools;
