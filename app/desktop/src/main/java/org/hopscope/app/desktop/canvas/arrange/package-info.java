/** Puts a whole lab in order by a layout library, when somebody asks for it. */
package org.hopscope.app.desktop.canvas.arrange;
