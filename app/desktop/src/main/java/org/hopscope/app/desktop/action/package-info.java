/** Everything the window can be told to do, as a table: each action has an id, a label, a key, and a condition. */
package org.hopscope.app.desktop.action;
