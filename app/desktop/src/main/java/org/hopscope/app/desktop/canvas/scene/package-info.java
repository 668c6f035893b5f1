/**
 * What the canvas shows, as values: where each thing of a lab lies, how cables run, what is under a point. No JavaFX here.
 */
package org.hopscope.app.desktop.canvas.scene;
