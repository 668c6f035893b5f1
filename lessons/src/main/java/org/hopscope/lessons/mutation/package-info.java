/** Proves a lesson's checks: answers with one mistake in them, and whether the checks see it. */
package org.hopscope.lessons.mutation;
