/** Lessons as values, what a learner has done in one, and how far each task is. */
package org.hopscope.lessons.lesson;
