/** The inspector: tables in the kernel's words, the packet as boxes in boxes, and what can be changed on a device. */
package org.hopscope.app.desktop.inspector;
