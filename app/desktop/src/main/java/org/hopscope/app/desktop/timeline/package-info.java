/** The time line of the open trace. It shows and moves the workbench's step, and decides nothing. */
package org.hopscope.app.desktop.timeline;
