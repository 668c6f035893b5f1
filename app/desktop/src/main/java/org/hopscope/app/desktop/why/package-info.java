/** "Why not?" in the window: the chain of facts, and what would help, each with a button that does it. */
package org.hopscope.app.desktop.why;
