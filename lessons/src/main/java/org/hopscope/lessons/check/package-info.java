/**
 * What a lesson can demand of a lab, and what is found: a small closed language of checks, judged by pure functions.
 */
package org.hopscope.lessons.check;
