/** Where a new lab begins: templates, the labs opened last, the lessons; and the sheet of keys. */
package org.hopscope.app.desktop.welcome;
