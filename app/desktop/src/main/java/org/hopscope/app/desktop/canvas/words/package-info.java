/** The words of the canvas. */
package org.hopscope.app.desktop.canvas.words;
