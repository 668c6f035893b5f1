/** The sentences of lessons as a small tree of our own, read from Markdown. */
package org.hopscope.lessons.prose;
