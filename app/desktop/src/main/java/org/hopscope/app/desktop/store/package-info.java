/** What the window keeps on disk, and where: the learner's folder, files, the journal. */
package org.hopscope.app.desktop.store;
