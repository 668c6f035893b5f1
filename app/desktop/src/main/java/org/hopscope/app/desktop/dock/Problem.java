package org.hopscope.app.desktop.dock;

import org.hopscope.app.desktop.workbench.Selection;

/**
 * Something in a lab that is probably not meant so.
 *
 * @param about what to look at
 * @param where the place, as the window calls it
 * @param sentence what is amiss
 */
record Problem(Selection about, String where, String sentence) {
}
