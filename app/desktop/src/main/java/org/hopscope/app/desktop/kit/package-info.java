/** What every pane is made of: words, icons, small controls. Knows no lab. */
package org.hopscope.app.desktop.kit;
