/**
 * The fault drill: a lesson that never ends. A number draws a lab that works, one of its own or that of a lesson when it is
 * solved, breaks one thing in it, and makes a lesson of finding and mending it.
 */
package org.hopscope.lessons.drill;
