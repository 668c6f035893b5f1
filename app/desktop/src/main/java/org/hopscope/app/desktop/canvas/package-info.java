/**
 * The canvas: a lab as things that nest, and the hand that wires them. Small parts: {@code scene} says where things lie,
 * {@code draw} draws them, {@code tools} says what a hand means, {@code packet} shows a trace; this package joins them.
 */
package org.hopscope.app.desktop.canvas;
