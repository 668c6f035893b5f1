/** Puts the panes together into one window. */
package org.hopscope.app.desktop.frame;
