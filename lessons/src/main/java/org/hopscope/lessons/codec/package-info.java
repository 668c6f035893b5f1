/** Lessons and progress on disk: strict readers that name file, line and reason. The only place that knows Gson. */
package org.hopscope.lessons.codec;
