/** Draws pictures in the language of the design: every stroke, radius and colour of the canvas is here. */
package org.hopscope.app.desktop.canvas.draw;
