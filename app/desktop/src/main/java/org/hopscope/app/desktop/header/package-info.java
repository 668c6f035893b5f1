/** The top of the window: where one is, the probe bar, and what is always at hand. */
package org.hopscope.app.desktop.header;
