/**
 * The one door: a lab's state, the edits that change it, and the session through which every change goes.
 */
package org.hopscope.model.lab;
