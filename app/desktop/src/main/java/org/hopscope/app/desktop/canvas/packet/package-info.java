/**
 * A trace on the canvas: where each packet copy is as of a step, which way it came, what it looks at. It only tells what
 * the trace has already decided, so a jump shows the same as going there step by step.
 */
package org.hopscope.app.desktop.canvas.packet;
