/** Two probes side by side in the window. */
package org.hopscope.app.desktop.compare;
