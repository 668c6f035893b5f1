/** The doors of the room: the bundled syllabus, and a check of an answer without a window. */
package org.hopscope.lessons;
